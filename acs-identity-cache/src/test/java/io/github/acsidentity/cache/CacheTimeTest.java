/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.TimeSource;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheTimeTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final MutableClock clock = MutableClock.startingAt(START);
    private final CacheTime time = new CacheTime(clock);

    @Test
    void millis_followTheWallClock() {
        assertThat(time.millis()).isEqualTo(START.toEpochMilli());

        clock.advance(Duration.ofMillis(1));
        assertThat(time.millis()).isEqualTo(START.toEpochMilli() + 1);

        clock.advance(Duration.ofDays(30));
        assertThat(time.millis())
                .isEqualTo(START.toEpochMilli() + 1 + Duration.ofDays(30).toMillis());
    }

    @Test
    void nanos_areTheTicksSinceTheStart() {
        assertThat(time.nanos()).isZero();

        clock.advance(Duration.ofNanos(1_500_001));
        clock.stepWallClock(Duration.ofDays(1));

        assertThat(time.nanos()).isEqualTo(1_500_001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "PT1H", "PT72H"})
    void millis_whenTheWallClockIsSetBack_goOnWithTheTicks(Duration step) {
        clock.advance(Duration.ofSeconds(10));
        long before = time.millis();

        clock.stepWallClock(step.negated());

        assertThat(time.millis()).isEqualTo(before);
        for (int seconds = 1; seconds <= 10; seconds++) {
            clock.advance(Duration.ofSeconds(1));
            assertThat(time.millis()).isEqualTo(before + seconds * 1000L);
        }
    }

    @Test
    void millis_whenTheWallClockIsSetForward_noticeItWithinASecondOfTicks() {
        clock.advance(Duration.ofSeconds(5));
        long before = time.millis();

        clock.stepWallClock(Duration.ofHours(1));

        clock.advance(Duration.ofMillis(999));
        assertThat(time.millis()).isEqualTo(before + 999);
        clock.advance(Duration.ofMillis(1));
        assertThat(time.millis()).isEqualTo(before + 1000 + Duration.ofHours(1).toMillis());
    }

    @Test
    void millis_afterStepsForwardAndBack_keepTheLatestTimeSeen() {
        long hour = Duration.ofHours(1).toMillis();
        clock.stepWallClock(Duration.ofHours(2));
        clock.advance(Duration.ofSeconds(1));
        assertThat(time.millis()).isEqualTo(START.toEpochMilli() + 2 * hour + 1000);

        clock.stepWallClock(Duration.ofHours(-2));
        clock.advance(Duration.ofHours(1));
        assertThat(time.millis()).isEqualTo(START.toEpochMilli() + 3 * hour + 1000);

        clock.stepWallClock(Duration.ofHours(3));
        clock.advance(Duration.ofSeconds(1));
        assertThat(time.millis()).isEqualTo(START.toEpochMilli() + 4 * hour + 2000);
    }

    @Test
    void millis_whenTicksStoodStillInASuspendedMachine_noticeItWithinASecondOfTicks() {
        SteppedTime machine = new SteppedTime();
        CacheTime seen = new CacheTime(machine);

        machine.wall.addAndGet(Duration.ofHours(8).toMillis());
        assertThat(seen.millis()).isZero();

        machine.ticks.addAndGet(999_999_999);
        assertThat(seen.millis()).isEqualTo(999);
        machine.ticks.addAndGet(1);
        assertThat(seen.millis()).isEqualTo(Duration.ofHours(8).toMillis());
    }

    @Test
    void millis_whenTheTicksOverflow_goOn() {
        SteppedTime machine = new SteppedTime();
        machine.ticks.set(Long.MAX_VALUE - 500_000);
        CacheTime seen = new CacheTime(machine);

        machine.ticks.addAndGet(3_000_000);

        assertThat(seen.millis()).isEqualTo(3);
        assertThat(seen.nanos()).isEqualTo(3_000_000);
    }

    @Test
    void millis_readByManyThreadsWhileTheWallClockJumps_neverRunBackwards() throws Exception {
        SteppedTime machine = new SteppedTime();
        CacheTime seen = new CacheTime(machine);
        AtomicLong latest = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Long>> readers = new ArrayList<>();
            for (int reader = 0; reader < 3; reader++) {
                readers.add(threads.submit(() -> stepsBack(seen, latest)));
            }
            Future<?> jumps = threads.submit(() -> {
                for (int i = 0; i < 100_000; i++) {
                    machine.wall.addAndGet(i % 3 == 0 ? 3_600_000 : -1_700_000);
                    machine.ticks.addAndGet(400_000_000);
                }
            });
            jumps.get();
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(latest.get()).isGreaterThanOrEqualTo(machine.ticks.get() / 2_000_000);
    }

    /** Garbage collection, or another process, may hold a thread up between the reading of two clocks. */
    @Test
    void millis_whenAThreadIsHeldUpBetweenTheClocks_doNotRunAheadForEver() {
        SteppedTime machine = new SteppedTime();
        TimeSource heldUp = new TimeSource() {
            @Override
            public long millis() {
                machine.pass(Duration.ofMillis(500));
                return machine.millis();
            }

            @Override
            public long nanos() {
                return machine.nanos();
            }
        };
        CacheTime seen = new CacheTime(heldUp);

        assertThat(seen.millis()).isLessThanOrEqualTo(machine.millis());
        for (int i = 0; i < 3; i++) {
            machine.pass(Duration.ofSeconds(2));
            assertThat(seen.millis()).as("when it looks at the wall clock").isLessThanOrEqualTo(machine.millis());
            assertThat(seen.millis()).as("afterwards").isLessThanOrEqualTo(machine.millis());
        }
    }

    @Test
    void moment_tellsBothClocksAfterTheWallClockWasSetBack() {
        clock.advance(Duration.ofSeconds(10));
        clock.stepWallClock(Duration.ofHours(-3));

        CacheTime.Moment moment = time.moment();

        assertThat(moment.millis()).isEqualTo(START.toEpochMilli() + 10_000);
        assertThat(moment.wallMillis()).isEqualTo(START.toEpochMilli() + 10_000 - 3 * 3_600_000);
    }

    private static long stepsBack(CacheTime seen, AtomicLong latest) {
        long stepsBack = 0;
        for (int i = 0; i < 200_000; i++) {
            long before = latest.get();
            long now = seen.millis();
            stepsBack += now < before ? 1 : 0;
            latest.accumulateAndGet(now, Math::max);
        }
        return stepsBack;
    }

    private static final class SteppedTime implements TimeSource {

        private final AtomicLong wall = new AtomicLong();
        private final AtomicLong ticks = new AtomicLong();

        void pass(Duration duration) {
            wall.addAndGet(duration.toMillis());
            ticks.addAndGet(duration.toNanos());
        }

        @Override
        public long millis() {
            return wall.get();
        }

        @Override
        public long nanos() {
            return ticks.get();
        }
    }
}
