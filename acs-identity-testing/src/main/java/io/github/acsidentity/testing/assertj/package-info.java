/**
 * Assertions for AssertJ about what the fake service saw and about access tokens.
 *
 * <p>{@link io.github.acsidentity.testing.assertj.AcsAssertions} is the entry point. They need AssertJ 3.21 or later,
 * which does not come with this module.
 */
@NullMarked
package io.github.acsidentity.testing.assertj;

import org.jspecify.annotations.NullMarked;
