/**
 * Assertions for AssertJ about the settings of the cache, for teams that standardise them.
 *
 * <p>{@link io.github.acsidentity.cache.assertj.CacheAssertions} is the entry point.
 */
@NullMarked
package io.github.acsidentity.cache.assertj;

import org.jspecify.annotations.NullMarked;
