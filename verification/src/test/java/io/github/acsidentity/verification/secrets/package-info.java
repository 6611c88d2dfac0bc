/** No secret is told, however much is logged. */
@NullMarked
package io.github.acsidentity.verification.secrets;

import org.jspecify.annotations.NullMarked;
