/**
 * Assertions for AssertJ about the settings of the cache, for teams that standardise them.
 *
 * <p>{@link io.github.acsidentity.cache.assertj.CacheAssertions} is the entry point. They need AssertJ 3.21 or later,
 * which does not come with this module.
 */
@NullMarked
package io.github.acsidentity.cache.assertj;

import org.jspecify.annotations.NullMarked;
