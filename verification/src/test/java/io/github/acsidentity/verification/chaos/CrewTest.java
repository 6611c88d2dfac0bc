/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** That a thread which does not come back, or dies, is noticed. */
class CrewTest {

    private static final Duration PAUSE = Duration.ofMillis(1);

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final Model model =
            new Model(Chaos.POLICY, new ShiftingTime(clock), clock::millis, new Budget(Chaos.POLICY, 0));

    @Test
    void stepsThatEnd_areFine() {
        AtomicInteger steps = new AtomicInteger();
        Crew crew = new Crew(model, Duration.ofMillis(100));

        crew.start("works", PAUSE, steps::incrementAndGet);
        crew.await(Duration.ofSeconds(10));

        assertThat(model.violation()).isNull();
        assertThat(steps).hasPositiveValue();
    }

    @Test
    void aStepThatNeverEnds_isAViolation_withItsStack() {
        CountDownLatch never = new CountDownLatch(1);
        Crew crew = new Crew(model, Duration.ofMillis(100));

        crew.start("stuck", PAUSE, () -> await(never));
        crew.await(Duration.ofMillis(100));
        never.countDown();

        Violation violation = requireNonNull(model.violation());
        assertThat(violation.rule()).isEqualTo("a caller that waits for ever");
        assertThat(violation.details()).startsWith("stuck").contains("CountDownLatch.await");
    }

    @Test
    void aStepThatThrows_isAViolation() {
        Crew crew = new Crew(model, Duration.ofSeconds(60));

        crew.start("throws", PAUSE, () -> {
            throw new IllegalStateException("odd");
        });
        crew.await(Duration.ofSeconds(10));

        assertThat(requireNonNull(model.violation()).rule()).isEqualTo("an unexpected exception");
    }

    @Test
    void onceARuleIsBroken_allStop() {
        Crew crew = new Crew(model, Duration.ofSeconds(60));
        crew.start("works", PAUSE, () -> model.violated("a rule", "broken"));

        crew.await(Duration.ofSeconds(60));

        assertThat(requireNonNull(model.violation()).rule()).isEqualTo("a rule");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
