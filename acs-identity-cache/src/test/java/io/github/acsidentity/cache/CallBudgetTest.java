/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallBudgetTest {

    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @CsvSource({"25, 200", "16, 1", "1, 8", "0.01, 1", "10000, 80000", "6.25, 50"})
    void budget_thatHasRested_allowsTheBurstAndThenTheRate(double rate, int burst) {
        CallBudget budget = new CallBudget(rate, burst, 5 * SECOND);
        for (int i = 0; i < burst; i++) {
            assertThat(budget.nanosUntilNext(5 * SECOND)).isZero();
            budget.take(5 * SECOND, 1);
        }

        long perCall = (long) (SECOND / rate);
        assertThat(budget.nanosUntilNext(5 * SECOND)).isBetween(perCall, perCall + 1);
        assertThat(budget.nanosUntilNext(5 * SECOND + perCall)).isLessThanOrEqualTo(1);
    }

    @Test
    void budget_savesNoMoreThanTheBurst() {
        CallBudget budget = new CallBudget(10, 3, 0);
        budget.take(0, 1);
        long muchLater = 3600 * SECOND;
        for (int i = 0; i < 3; i++) {
            assertThat(budget.nanosUntilNext(muchLater)).isZero();
            budget.take(muchLater, 1);
        }

        assertThat(budget.nanosUntilNext(muchLater)).isEqualTo(SECOND / 10);
    }

    @Test
    void take_withAWeight_usesUpAsMuch() {
        CallBudget budget = new CallBudget(10, 1, 0);

        budget.take(0, 4);

        assertThat(budget.nanosUntilNext(0)).isEqualTo(4 * SECOND / 10);
    }

    @Test
    void giveBack_takesTheCallBack() {
        CallBudget budget = new CallBudget(10, 1, 0);
        budget.take(0, 1);

        budget.giveBack();

        assertThat(budget.nanosUntilNext(0)).isZero();
    }

    @Test
    void nanosUntilNext_afterOthers_isWhenTheyHaveGone() {
        CallBudget budget = new CallBudget(10, 5, 0);

        assertThat(budget.nanosUntilNext(0, 4)).isZero();
        assertThat(budget.nanosUntilNext(0, 5)).isEqualTo(SECOND / 10);
        budget.take(0, 1);
        assertThat(budget.nanosUntilNext(0, 4)).isEqualTo(SECOND / 10);
        assertThat(budget.nanosUntilNext(0, 3)).isZero();
    }

    @Test
    void forfeitBurst_leavesTheRateAlone() {
        CallBudget budget = new CallBudget(10, 5, 0);

        budget.forfeitBurst(SECOND);

        assertThat(budget.nanosUntilNext(SECOND)).isZero();
        budget.take(SECOND, 1);
        assertThat(budget.nanosUntilNext(SECOND)).isEqualTo(SECOND / 10);
        budget.forfeitBurst(SECOND);
        assertThat(budget.nanosUntilNext(SECOND)).as("nothing more to lose").isEqualTo(SECOND / 10);
    }
}
