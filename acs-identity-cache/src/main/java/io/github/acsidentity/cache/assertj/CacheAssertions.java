/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache.assertj;

import io.github.acsidentity.cache.RefreshPolicy;
import org.assertj.core.annotation.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * Entry point of the assertions, to be imported statically beside those of AssertJ.
 *
 * <pre>{@code
 * assertThat(policy).keepsAtLeast(Duration.ofMinutes(11)).sustains(200_000);
 * }</pre>
 */
@CheckReturnValue
public final class CacheAssertions {

    private CacheAssertions() {}

    /**
     * Starts assertions about a policy.
     *
     * @param policy the policy; {@code null} fails the first assertion, as in AssertJ
     * @return the assertions
     */
    public static RefreshPolicyAssert assertThat(@Nullable RefreshPolicy policy) {
        return new RefreshPolicyAssert(policy);
    }
}
