/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.acsidentity.TimeSource;
import io.github.acsidentity.cache.CallGate.Kind;
import io.github.acsidentity.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshQueueTest {

    private final GateAtVirtualTime at = new GateAtVirtualTime(RefreshPolicy.defaults());
    private final Recorder recorder = new Recorder(new CacheListener() {});
    private final OddScheduler scheduler = new OddScheduler(at.scheduler);
    private final RefreshQueue queue = new RefreshQueue(at.gate, at.time, scheduler, recorder);
    private final List<String> begun = new ArrayList<>();
    private final Set<String> unneeded = new HashSet<>();
    private String throwing = "nobody";
    private Duration latency = Duration.ZERO;

    @Test
    void turns_beginAt16PerSecond_whoseTokenIsSpentFirstFirst() {
        at.quickRefresh();
        SplittableRandom random = new SplittableRandom(1);
        random.ints(160, 0, 100_000).forEach(seconds -> add("%05d".formatted(seconds), Duration.ofHours(1 + seconds)));

        at.clock.advance(Duration.ofSeconds(11));

        assertThat(begun).hasSize(160).isSorted();
        assertThat(at.mostDeparturesIn(Duration.ofSeconds(1))).isEqualTo(16);
        assertThat(at.departures.get(160)).isEqualTo(Duration.ofSeconds(10).toNanos());
        assertThat(at.scheduler.pendingTasks()).isZero();
    }

    @Test
    void turn_thatFindsRoom_beginsAtOnce() {
        add("first", Duration.ofHours(1));

        assertThat(begun).containsExactly("first");
        assertThat(at.scheduler.pendingTasks()).isZero();
    }

    @Test
    void tryEnter_whileOthersWait_goesBehindThem() {
        assertThat(queue.tryEnter()).isTrue();
        at.gate.leave(Kind.REFRESH);
        add("waits", Duration.ofHours(1));
        at.scheduler.shutdownNow();
        at.clock.advance(Duration.ofSeconds(1));

        assertThat(queue.tryEnter()).isFalse();
        add("comes later, more urgent", Duration.ofMinutes(1));
        assertThat(begun).containsExactly("comes later, more urgent");
    }

    @Test
    void turn_whoseTokenIsSpentMeanwhile_isDroppedCountedAndCostsNoBudget() {
        at.gate.pause(Duration.ofMinutes(10));
        add("spent in 5 min", Duration.ofMinutes(5));
        add("spent in 10 min", Duration.ofMinutes(10));
        add("spent in 11 min", Duration.ofMinutes(11));

        at.clock.advance(Duration.ofMinutes(10));

        assertThat(begun).containsExactly("spent in 11 min");
        assertThat(recorder.stats(0).skippedRefreshes()).isEqualTo(2);
    }

    @Test
    void turn_thatIsNotNeededAnyMore_isDroppedWithoutMoreAdo() {
        at.quickRefresh();
        add("revoked", Duration.ofMinutes(5));
        add("needed", Duration.ofMinutes(10));
        unneeded.add("revoked");

        at.clock.advance(Duration.ofMillis(63));

        assertThat(begun).containsExactly("needed");
        assertThat(recorder.stats(0).skippedRefreshes()).isZero();
    }

    @Test
    void turn_whileCallersWaitAtTheGate_comesAfterThem() {
        for (int i = 0; i < 17; i++) {
            at.load("load", true);
        }
        add("refresh", Duration.ofHours(1));
        at.clock.advance(Duration.ofSeconds(2));
        assertThat(begun).isEmpty();

        at.end();
        at.end();

        assertThat(begun).containsExactly("refresh");
    }

    @Test
    void turn_whileAsManyRefreshesAreUnderWayAsMayBe_comesWhenOneEnds() {
        for (int i = 0; i < 8; i++) {
            assertThat(queue.tryEnter()).isTrue();
            at.clock.advance(Duration.ofSeconds(1));
        }
        add("ninth", Duration.ofHours(1));
        at.clock.advance(Duration.ofMinutes(1));
        assertThat(begun).isEmpty();

        at.gate.leave(Kind.REFRESH);

        assertThat(begun).containsExactly("ninth");
    }

    @ParameterizedTest
    @CsvSource({"50, 16", "510, 15", "600, 13", "1000, 8", "5000, 1"})
    void turns_whileCallsTakeLong_goAsFastAsBudgetAndSlotsAllow(int millis, int perSecond) {
        latency = Duration.ofMillis(millis);
        for (int i = 0; i < 1_000; i++) {
            add("refresh", Duration.ofHours(1));
        }

        at.clock.advance(Duration.ofSeconds(20));

        assertThat(begun.size() / 20).isEqualTo(perSecond);
    }

    @Test
    void oneTimer_isEnoughForAll() {
        at.quickRefresh();
        for (int i = 0; i < 10; i++) {
            add("refresh", Duration.ofHours(1));
        }

        assertThat(at.scheduler.pendingTasks()).isOne();
    }

    @Test
    void schedulerThatFailsOnce_isNoFailureOfTheVisitor_andTheNextVisitGoesOn() {
        at.quickRefresh();
        scheduler.failsOnce = new OutOfMemoryError("unable to create native thread");
        add("first", Duration.ofHours(1));
        at.clock.advance(Duration.ofSeconds(1));
        assertThat(begun).isEmpty();

        add("second", Duration.ofHours(2));
        at.clock.advance(Duration.ofSeconds(1));

        assertThat(begun).containsExactly("first", "second");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void clockThatFailsOnce_doesNotEndTheLine(int reading) {
        AtomicInteger readings = new AtomicInteger();
        CacheTime time = new CacheTime(new TimeSource() {
            @Override
            public long millis() {
                return at.clock.millis();
            }

            @Override
            public long nanos() {
                if (readings.getAndIncrement() == reading) {
                    throw new IllegalStateException("planted");
                }
                return at.clock.nanos();
            }
        });
        RefreshQueue other = new RefreshQueue(at.gate, time, scheduler, recorder);
        List<Throwable> failures = new ArrayList<>();
        for (String name : List.of("first", "second", "third")) {
            failures.add(catchThrowable(() -> add(other, name, Duration.ofHours(1))));
        }
        at.clock.advance(Duration.ofSeconds(1));

        add(other, "fourth", Duration.ofHours(1));
        add(other, "fifth", Duration.ofHours(1));
        at.clock.advance(Duration.ofSeconds(1));

        assertThat(readings).hasValueGreaterThan(reading);
        assertThat(begun).containsExactlyInAnyOrder("first", "second", "third", "fourth", "fifth");
        assertThat(failures).filteredOn(Objects::nonNull).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void turnThatThrows_isNoFailureOfTheOthers() {
        at.quickRefresh();
        throwing = "first";
        add("first", Duration.ofHours(1));
        add("second", Duration.ofHours(2));

        at.clock.advance(Duration.ofSeconds(1));
        throwing = "third";
        add("third", Duration.ofHours(1));

        assertThat(begun).containsExactly("second");
    }

    @Test
    void timerThatIsLate_losesNothingOfTheRate() {
        scheduler.late = Duration.ofMillis(20);
        for (int i = 0; i < 200; i++) {
            add("refresh", Duration.ofHours(1));
        }

        at.clock.advance(Duration.ofSeconds(10));

        assertThat(begun).hasSizeBetween(159, 161);
    }

    @Test
    void timerThatIsLateByMinutes_makesNoBurst() {
        scheduler.late = Duration.ofMinutes(1);
        for (int i = 0; i < 20; i++) {
            add("refresh", Duration.ofHours(1));
        }

        at.clock.advance(Duration.ofSeconds(61));

        assertThat(begun)
                .as("one at once, one and what 100 ms are worth a minute later")
                .hasSizeBetween(3, 4);
    }

    @Test
    void endsOfCallsThatTakeNoTime_letOutALongLineInOneCallStack() {
        at.gate.pause(Duration.ofMinutes(1));
        for (int i = 0; i < 100_000; i++) {
            add("unneeded", Duration.ofHours(1));
        }
        add("needed", Duration.ofHours(2));
        unneeded.add("unneeded");

        at.clock.advance(Duration.ofMinutes(1));
        assertThat(begun).as("not all are removed at once").isEmpty();
        at.clock.advance(Duration.ofSeconds(2));
        assertThat(begun).containsExactly("needed");
    }

    @Test
    void close_forgetsAll() {
        at.quickRefresh();
        add("refresh", Duration.ofHours(1));

        queue.close();
        at.clock.advance(Duration.ofSeconds(1));

        assertThat(begun).isEmpty();
        assertThat(at.scheduler.pendingTasks()).isZero();
    }

    private void add(String name, Duration life) {
        add(queue, name, life);
    }

    private void add(RefreshQueue line, String name, Duration life) {
        long spentAt = at.time.millis() + life.toMillis();
        line.add(new RefreshQueue.Turn() {
            @Override
            public long spentAt() {
                return spentAt;
            }

            @Override
            public boolean isNeeded() {
                return !unneeded.contains(name);
            }

            @Override
            public void begin() {
                boolean throwsNow = name.equals(throwing);
                if (!throwsNow) {
                    begun.add(name);
                    at.departures.add(at.time.nanos());
                }
                Future<?> unused = at.scheduler.schedule(
                        () -> at.gate.leave(Kind.REFRESH), latency.toMillis(), TimeUnit.MILLISECONDS);
                at.scheduler.runDueTasks();
                if (throwsNow) {
                    throw new IllegalStateException("planted");
                }
            }
        });
    }

    /** A scheduler that fails, or that is late. */
    private static final class OddScheduler extends ScheduledThreadPoolExecutor {

        final ManualScheduler scheduler;
        Duration late = Duration.ZERO;

        @Nullable
        Error failsOnce;

        OddScheduler(ManualScheduler scheduler) {
            super(0);
            this.scheduler = scheduler;
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            Error failure = failsOnce;
            failsOnce = null;
            if (failure != null) {
                throw failure;
            }
            return scheduler.schedule(task, unit.toNanos(delay) + late.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
