/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.cache.RefreshPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That calls beyond the budget, and beyond what a pause leaves of it, are noticed, and others are not. */
class BudgetTest {

    private static final RefreshPolicy POLICY = RefreshPolicy.builder()
            .callsPerSecond(10)
            .refreshesPerSecond(5)
            .concurrentLoads(4)
            .concurrentRefreshes(2)
            .throttlePause(Duration.ofSeconds(2))
            .maximumThrottlePause(Duration.ofSeconds(60))
            .build();
    private static final int BURST = 84;

    private final Budget budget = new Budget(POLICY, 0);

    @Test
    void aBurst_isFine_andOneCallMoreIsNot() {
        assertThat(takeAt(0, BURST - POLICY.concurrentLoads())).isNull();
        assertThat(budget.least()).isZero();
        assertThat(takeAt(0, POLICY.concurrentLoads())).isNull();

        assertThat(takeAt(0, 1)).isEqualTo("more calls than the budget allows");
    }

    @Test
    void theSteadyRate_isFineForEver_andATenthMoreIsNot() {
        takeAt(0, BURST);
        for (int i = 1; i <= 1000; i++) {
            assertThat(takeAt(i * 0.1, 1)).isNull();
        }

        String broken = null;
        for (int i = 1; i <= 1000 && broken == null; i++) {
            broken = takeAt(100 + i * 0.09, 1);
        }
        assertThat(broken).isEqualTo("more calls than the budget allows");
    }

    @Test
    void aQuarterOfTheRate_isFineInAPause_andHalfIsNot() {
        pause(60);
        assertThat(takeAt(0, 5)).isNull();
        for (int i = 1; i <= 40; i++) {
            assertThat(takeAt(i * 0.4, 1)).isNull();
        }

        assertThat(takeAt(16.2, 1)).isEqualTo("more calls than the pause after a 429 allows");
    }

    @Test
    void afterAPause_theWholeBudgetIsBack() {
        pause(2);

        assertThat(takeAt(2, BURST)).isNull();
    }

    @Test
    void a429WithoutARetryAfter_pausesAsThePolicySays() {
        budget.pause(new ThrottledException("429", FailureDetails.NONE), 0, 0);

        assertThat(takeAt(1.9, 5)).isNull();
        assertThat(takeAt(1.9, 1)).isEqualTo("more calls than the pause after a 429 allows");
        assertThat(takeAt(2, 1)).isNull();
    }

    @Test
    void aPause_isNoLongerThanThePolicyAllows() {
        pause(600);

        assertThat(takeAt(60, BURST)).isNull();
    }

    @Test
    void backgroundCallsThatWereLetOutBefore_areFineInAPause_andMoreAreNot() {
        pause(60);
        assertThat(renewAt(10)).isNull();
        assertThat(budget.take(nanos(20), Call.Purpose.PREFETCH)).isNull();

        assertThat(renewAt(30)).isEqualTo("background calls in the pause after a 429");
    }

    @Test
    void renewalsAtOnce_areFineIfTheyWereLetOutBefore_andOneMoreIsNot() {
        assertThat(renewAt(0)).isNull();
        assertThat(renewAt(0)).isNull();
        assertThat(renewAt(0)).isNull();

        assertThat(renewAt(0)).isEqualTo("more background renewals than the policy allows");
    }

    @Test
    void renewalsAtTheirRate_areFineForEver_whateverElseIsCalled_andATenthMoreAreNot() {
        for (int i = 0; i < 1000; i++) {
            assertThat(renewAt(i * 0.2)).isNull();
            assertThat(budget.take(nanos(i * 0.2), Call.Purpose.PREFETCH)).isNull();
        }

        String broken = null;
        for (int i = 1; i <= 1000 && broken == null; i++) {
            broken = renewAt(200 + i * 0.18);
        }
        assertThat(broken).isEqualTo("more background renewals than the policy allows");
    }

    @Test
    void renewalsAfterALateTimer_catchUpOnATenthOfASecond_andOnNoMore() {
        Budget fast = new Budget(
                POLICY.toBuilder()
                        .callsPerSecond(100)
                        .refreshesPerSecond(20)
                        .concurrentRefreshes(1)
                        .build(),
                0);
        for (int i = 0; i < 4; i++) {
            assertThat(fast.take(nanos(10), Call.Purpose.RENEWAL)).isNull();
        }

        assertThat(fast.take(nanos(10), Call.Purpose.RENEWAL))
                .isEqualTo("more background renewals than the policy allows");
    }

    @Test
    void another429InAPause_prolongsIt() {
        pause(10);
        takeAt(1, 5);
        budget.pause(throttled(20), nanos(2), nanos(2));

        assertThat(budget.pauses()).isEqualTo(1);
        assertThat(takeAt(3, 5)).isNull();
        assertThat(takeAt(3, 1)).isEqualTo("more calls than the pause after a 429 allows");
        assertThat(takeAt(21, 5)).isNull();
        assertThat(takeAt(21, 1)).isEqualTo("more calls than the pause after a 429 allows");
    }

    private void pause(int seconds) {
        budget.pause(throttled(seconds), 0, 0);
    }

    private static ThrottledException throttled(int seconds) {
        return new ThrottledException("429", FailureDetails.NONE.withRetryAfter(Duration.ofSeconds(seconds)));
    }

    /** Makes so many calls at once; returns the first rule that was broken, or null. */
    private @Nullable String takeAt(double seconds, int calls) {
        for (int i = 0; i < calls; i++) {
            String broken = budget.take(nanos(seconds), Call.Purpose.GET);
            if (broken != null) {
                return broken;
            }
        }
        return null;
    }

    private @Nullable String renewAt(double seconds) {
        return budget.take(nanos(seconds), Call.Purpose.RENEWAL);
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }
}
