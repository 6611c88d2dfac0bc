/**
 * The identity API: what an application compiles against.
 *
 * <p>{@link io.github.acsidentity.IdentityManager} is the entry point,
 * {@link io.github.acsidentity.AsyncIdentityManager} its counterpart without blocking. No type in this package refers
 * to the Azure SDK; the implementation that does lives in {@link io.github.acsidentity.azure}.
 *
 * <p>Here and in the other packages of this library, a {@code null} argument that is not declared {@code @Nullable}
 * makes a method throw {@link NullPointerException}, and values are immutable and safe for use by concurrent threads.
 */
@NullMarked
package io.github.acsidentity;

import org.jspecify.annotations.NullMarked;
