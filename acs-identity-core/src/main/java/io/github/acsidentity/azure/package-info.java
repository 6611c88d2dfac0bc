/**
 * The identity API on the official SDK of Azure Communication Services.
 *
 * <p>{@link io.github.acsidentity.azure.AcsIdentityManager} is the entry point. This is the only package of the library
 * that refers to {@code com.azure}.
 */
@NullMarked
package io.github.acsidentity.azure;

import org.jspecify.annotations.NullMarked;
