/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.testing.MutableClock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That more attempts than the quota allows are noticed. */
class WireTrafficTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final MutableClock clock = MutableClock.startingAt(START);
    private final Model model =
            new Model(Chaos.POLICY, new ShiftingTime(clock), clock::millis, new Budget(Chaos.POLICY, 0));

    @Test
    void theFullestWindow_isFound() {
        List<Instant> times = Stream.of(95, 0, 59, 60, 88, 30)
                .map(seconds -> START.plusSeconds(seconds))
                .toList();

        assertThat(WireTraffic.mostInAWindow(times)).isEqualTo(3);
        assertThat(WireTraffic.mostInAWindow(List.of())).isZero();
    }

    @Test
    void asManyAttemptsAsTheQuotaAllows_areFine_andOneMoreIsNot() {
        new WireTraffic(1000, Chaos.QUOTA).check(model);
        assertThat(model.violation()).isNull();

        new WireTraffic(1000, Chaos.QUOTA + 1).check(model);
        assertThat(requireNonNull(model.violation()).rule()).isEqualTo("more attempts than the quota allows");
    }
}
