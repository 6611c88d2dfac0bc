/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MutableClockTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00.123456789Z");

    private final MutableClock clock = MutableClock.startingAt(START);

    @Test
    void startingAt_untilMoved_standsStill() {
        long ticks = clock.nanos();

        assertThat(clock.instant()).isEqualTo(START);
        assertThat(clock.millis()).isEqualTo(START.toEpochMilli());
        assertThat(clock.nanos()).isEqualTo(ticks);
    }

    @Test
    void advance_movesWallClockAndTicks() {
        long ticks = clock.nanos();

        clock.advance(Duration.ofHours(25));

        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(25)));
        assertThat(clock.millis()).isEqualTo(START.plus(Duration.ofHours(25)).toEpochMilli());
        assertThat(clock.nanos() - ticks).isEqualTo(Duration.ofHours(25).toNanos());
    }

    @Test
    void advanceTo_laterTime_movesWallClockAndTicks() {
        long ticks = clock.nanos();

        clock.advanceTo(START.plusSeconds(90));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(90));
        assertThat(clock.nanos() - ticks).isEqualTo(90_000_000_000L);
    }

    @Test
    void advance_backwards_isRefused() {
        assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clock.advanceTo(START.minusNanos(1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(clock.instant()).isEqualTo(START);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 3600})
    void stepWallClock_leavesTicksAlone(long seconds) {
        long ticks = clock.nanos();

        clock.stepWallClock(Duration.ofSeconds(seconds));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(seconds));
        assertThat(clock.nanos()).isEqualTo(ticks);
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, 0, 86_400})
    void set_anyTime_leavesTicksAndTasksAlone(long seconds) {
        long ticks = clock.nanos();
        ManualScheduler scheduler = new ManualScheduler(clock);
        Future<?> task = scheduler.schedule(() -> {}, 1, TimeUnit.NANOSECONDS);

        clock.set(START.plusSeconds(seconds));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(seconds));
        assertThat(clock.nanos()).isEqualTo(ticks);
        assertThat(task).isNotDone();
        clock.advanceTo(START.plusSeconds(seconds).plusNanos(1));
        assertThat(task).isDone();
    }

    @Test
    void set_outOfRange_isRefused() {
        assertThatThrownBy(() -> clock.set(Instant.MAX)).isInstanceOf(IllegalArgumentException.class);
        assertThat(clock.instant()).isEqualTo(START);
    }

    @Test
    void startingAt_beforeTheEpoch_readsTheSameInMillisAndInstant() {
        MutableClock early = MutableClock.startingAt(Instant.parse("1969-12-31T23:59:59.999999999Z"));

        assertThat(early.millis()).isEqualTo(early.instant().toEpochMilli()).isEqualTo(-1);
    }

    @Test
    void startingAt_outOfRange_isRefused() {
        assertThatThrownBy(() -> MutableClock.startingAt(Instant.MAX)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void following_base_runsAlongAndCanBeMoved() {
        MutableClock base = MutableClock.startingAt(START);
        MutableClock follower = MutableClock.following(base);

        base.advance(Duration.ofSeconds(10));
        follower.advance(Duration.ofSeconds(5));

        assertThat(follower.millis()).isEqualTo(base.millis() + 5_000);
        assertThat(follower.nanos()).isEqualTo(base.nanos() + 5_000_000_000L);
        assertThat(base.instant()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void withZone_isAViewOfTheSameClock() {
        ZoneId zone = ZoneId.of("Asia/Tokyo");
        var view = clock.withZone(zone);

        clock.advance(Duration.ofMinutes(1));

        assertThat(ZonedDateTime.now(view)).isEqualTo(START.plusSeconds(60).atZone(zone));
        assertThat(clock.getZone().getId()).isEqualTo("Z");
    }

    @Test
    void advance_inSeveralThreads_addsUp() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int j = 0; j < 1000; j++) {
                    clock.advance(Duration.ofMillis(1));
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(4));
    }
}
