/** The wire protocol of the identity service, shared by the doors that speak HTTP. Not exported. */
@NullMarked
package io.github.acsidentity.testing.internal.wire;

import org.jspecify.annotations.NullMarked;
