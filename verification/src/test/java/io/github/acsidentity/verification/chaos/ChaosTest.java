/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The short form of {@code verification/chaos}, and that it notices what is wrong. */
class ChaosTest {

    private static final long SEED = 20_260_101;
    private static final int LEAST_RENEWALS = 3;

    @Test
    void everythingGoesWrong_andAllPromisesAreKept() {
        Residue before = Residue.now();

        Chaos.Report report = new Chaos(SEED, UnaryOperator.identity()).run(Duration.ofSeconds(6));

        assertThat(report.violation()).as(report.text()).isNull();
        assertThat(List.of(
                        "gets",
                        "gets of a crowd",
                        "gets turned away for lack of budget",
                        "rushes",
                        "times of renewals",
                        "leaps of time",
                        "wall-clock steps",
                        "key rotations"))
                .allSatisfy(
                        what -> assertThat(report.counts().of(what)).as(what).isPositive());
        assertThat(report.renewals()).as(report.text()).isGreaterThanOrEqualTo(LEAST_RENEWALS);
        assertThat(before.threadsLeft(Duration.ofSeconds(30))).isEmpty();
    }

    @Test
    void tokensOfOtherUsers_areNoticed_andEndTheRun() {
        Chaos.Report report = new Chaos(SEED, BrokenManagers.MixesUsersUp::new).run(Duration.ofMinutes(10));

        assertThat(requireNonNull(report.violation()).rule())
                .isEqualTo("a token that was not issued for this user and request");
    }
}
