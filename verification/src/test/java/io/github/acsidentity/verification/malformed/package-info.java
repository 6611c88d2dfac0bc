/** Malformed input at every door: what is given by configuration, over the wire, and by the service. */
@NullMarked
package io.github.acsidentity.verification.malformed;

import org.jspecify.annotations.NullMarked;
