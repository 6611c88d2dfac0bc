/**
 * The token cache: reuse, refresh ahead, and revocation that holds.
 *
 * <p>{@link io.github.acsidentity.cache.CachingIdentityManager} is the entry point;
 * {@link io.github.acsidentity.cache.RefreshPolicy} says when tokens are renewed.
 *
 * <p>Beside it, {@link io.github.acsidentity.cache.CachingUserMappingStore} spares a
 * {@link io.github.acsidentity.directory.UserDirectory} most reads of its store.
 */
@NullMarked
package io.github.acsidentity.cache;

import org.jspecify.annotations.NullMarked;
