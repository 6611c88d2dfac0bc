/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache.assertj;

import static io.github.acsidentity.cache.assertj.CacheAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.cache.RefreshPolicy;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RefreshPolicyAssertTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void keepsAtLeast_judgesByTheMinimumRemaining() {
        assertThat(RefreshPolicy.vending()).keepsAtLeast(Duration.ofMinutes(2)).keepsAtLeast(Duration.ofMinutes(11));
        assertThatThrownBy(() -> assertThat(RefreshPolicy.serverSide()).keepsAtLeast(Duration.ofMinutes(11)))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "Expected a policy that hands out tokens with at least PT11M left, but it does so down to PT2M");
    }

    @Test
    void nothing_asActual_failsAsAnAssertion() {
        RefreshPolicyAssert nothing = assertThat((RefreshPolicy) null);

        for (ThrowingCallable assertion : new ThrowingCallable[] {
            () -> nothing.keepsAtLeast(HOUR), () -> nothing.sustains(1), () -> nothing.sustains(1, HOUR)
        }) {
            assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContaining("not to be null");
        }
    }

    @Test
    void sustains_judgesByTheLifetimeOfThePolicy() {
        RefreshPolicy policy = RefreshPolicy.vending();
        long sustained = policy.sustainableUsers(Duration.ofHours(24));

        assertThat(policy).sustains(1_000_000).sustains(sustained);
        assertThatThrownBy(() -> assertThat(policy).as("our policy").sustains(2_000_000))
                .isInstanceOf(AssertionError.class)
                .hasMessage("[our policy] Expected a policy that sustains 2,000,000 users with tokens of PT24H,"
                        + " but it sustains 1,036,800 with 16.0 refreshes per second");
        assertThatThrownBy(() -> assertThat(policy).sustains(sustained + 1)).isInstanceOf(AssertionError.class);
    }

    @Test
    void sustains_withALifetime_judgesByThat() {
        RefreshPolicy policy = RefreshPolicy.vending();

        assertThat(policy).sustains(policy.sustainableUsers(HOUR), HOUR);
        assertThatThrownBy(() -> assertThat(policy).sustains(1_000_000, HOUR))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("tokens of PT1H");
    }
}
