/** The fake service behind the transport of the Azure SDK: the real client, without a socket. */
@NullMarked
package io.github.acsidentity.testing.azure;

import org.jspecify.annotations.NullMarked;
