/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;

class ManualSchedulerTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final MutableClock clock = MutableClock.startingAt(START);
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final List<String> log = new ArrayList<>();

    @Test
    void schedule_beforeTheTime_doesNotRun() {
        ScheduledFuture<?> task = scheduler.schedule(() -> log.add("ran"), 10, SECONDS);

        clock.advance(Duration.ofSeconds(10).minusNanos(1));

        assertThat(log).isEmpty();
        assertThat(task.isDone()).isFalse();
        assertThat(task.getDelay(NANOSECONDS)).isEqualTo(1);
        assertThat(scheduler.pendingTasks()).isEqualTo(1);
    }

    @Test
    void advance_overSeveralTasks_runsEachAtItsTimeAndInOrder() {
        Future<?> second = scheduler.schedule(() -> note("second"), 20, SECONDS);
        Future<?> first = scheduler.schedule(() -> note("first"), 10, SECONDS);
        Future<?> third = scheduler.schedule(() -> note("third"), 20, SECONDS);

        clock.advance(Duration.ofMinutes(1));

        assertThat(log).containsExactly("first at 10", "second at 20", "third at 20");
        assertThat(List.of(first, second, third)).allMatch(Future::isDone);
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void advance_taskThatSchedulesAnother_runsThatToo() {
        Future<?> unused = scheduler.schedule(
                () -> note("retry", scheduler.schedule(() -> note("again"), 3, SECONDS)), 2, SECONDS);

        clock.advance(Duration.ofSeconds(5));

        assertThat(log).containsExactly("retry at 2", "again at 5");
        assertThat(unused).isDone();
    }

    @Test
    void advance_taskThatMovesTheClock_endsAtTheLaterTime() {
        Future<?> unused = scheduler.schedule(() -> clock.advance(Duration.ofHours(1)), 1, SECONDS);

        clock.advance(Duration.ofSeconds(10));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(3601));
        assertThat(unused).isDone();
    }

    @Test
    void scheduleAtFixedRate_runsOncePerPeriod() {
        Future<?> periodic = scheduler.scheduleAtFixedRate(() -> note("tick"), 1, 2, MINUTES);

        clock.advance(Duration.ofMinutes(6));
        periodic.cancel(false);
        clock.advance(Duration.ofMinutes(6));

        assertThat(log).containsExactly("tick at 60", "tick at 180", "tick at 300");
        assertThat(scheduler.pendingTasks()).isZero();
    }

    @Test
    void scheduleWithFixedDelay_countsFromTheEndOfTheRun() {
        Future<?> periodic = scheduler.scheduleWithFixedDelay(
                () -> {
                    note("run");
                    clock.advance(Duration.ofSeconds(10));
                },
                5,
                5,
                SECONDS);

        clock.advance(Duration.ofSeconds(15));
        clock.advance(Duration.ofSeconds(5));

        assertThat(log).containsExactly("run at 5", "run at 20");
        assertThat(periodic).isNotDone();
    }

    @Test
    void scheduleAtFixedRate_failingTask_stops() {
        Future<?> periodic = scheduler.scheduleAtFixedRate(
                () -> {
                    note("run");
                    throw new IllegalStateException("broken");
                },
                1,
                1,
                SECONDS);

        clock.advance(Duration.ofSeconds(5));

        assertThat(log).hasSize(1);
        assertThatThrownBy(periodic::get).hasRootCauseMessage("broken");
    }

    @Test
    void schedule_failingTask_disturbsNobodyElse() throws Exception {
        Future<?> failing = scheduler.schedule(
                () -> {
                    throw new IllegalStateException("broken");
                },
                1,
                SECONDS);
        Future<String> other = scheduler.schedule(() -> "fine", 1, SECONDS);

        clock.advance(Duration.ofSeconds(1));

        assertThatThrownBy(failing::get).hasRootCauseMessage("broken");
        assertThat(other.get()).isEqualTo("fine");
    }

    @Test
    void execute_runsWithTheNextMoveOrOnDemand() {
        scheduler.execute(() -> note("first"));
        assertThat(log).isEmpty();

        assertThat(scheduler.runDueTasks()).isEqualTo(1);
        scheduler.execute(() -> note("second"));
        clock.advance(Duration.ZERO);

        assertThat(log).containsExactly("first at 0", "second at 0");
    }

    @Test
    void cancel_waitingTask_neverRuns() {
        Future<?> task = scheduler.schedule(() -> note("ran"), 1, SECONDS);

        task.cancel(false);
        clock.advance(Duration.ofSeconds(2));

        assertThat(log).isEmpty();
    }

    @Test
    void stepWallClock_runsNothing() {
        Future<?> task = scheduler.schedule(() -> note("ran"), 1, SECONDS);

        clock.stepWallClock(Duration.ofDays(1));

        assertThat(scheduler.runDueTasks()).isZero();
        assertThat(task).isNotDone();
    }

    @Test
    void shutdown_refusesNewTasksAndRunsTheWaitingOnes() {
        Future<?> waiting = scheduler.schedule(() -> note("ran"), 1, SECONDS);
        Future<?> periodic = scheduler.scheduleAtFixedRate(() -> note("tick"), 1, 1, SECONDS);

        scheduler.shutdown();

        assertThat(periodic).isCancelled();
        assertThat(scheduler.isTerminated()).isFalse();
        assertThatThrownBy(() -> scheduler.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(waiting).isDone();
        assertThat(scheduler.awaitTermination(1, MINUTES)).isTrue();
    }

    @Test
    void shutdownNow_returnsWhatWasWaiting() {
        Future<?> waiting = scheduler.schedule(() -> note("ran"), 1, SECONDS);

        assertThat(scheduler.shutdownNow()).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(log).isEmpty();
        assertThat(waiting).isNotDone();
        assertThat(scheduler.isTerminated()).isTrue();
    }

    @Test
    void scheduleAtFixedRate_periodOfZero_isRefused() {
        assertThatThrownBy(() -> scheduler.scheduleAtFixedRate(() -> {}, 0, 0, SECONDS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void schedule_forALongTime_doesNotOverflow() {
        clock.advance(Duration.ofDays(365));
        Future<?> never = scheduler.schedule(() -> note("ran"), Long.MAX_VALUE, SECONDS);
        Future<?> soon = scheduler.schedule(() -> note("soon"), 1, SECONDS);

        clock.advance(Duration.ofSeconds(1));

        assertThat(soon).isDone();
        assertThat(never).isNotDone();
    }

    @Test
    void advance_twoSchedulersOnOneClock_interleave() {
        ManualScheduler other = new ManualScheduler(clock);
        Future<?> a = scheduler.schedule(() -> note("a"), 2, SECONDS);
        Future<?> b = other.schedule(() -> note("b"), 1, SECONDS);
        Future<?> c = other.schedule(() -> note("c"), 3, SECONDS);

        clock.advance(Duration.ofSeconds(3));

        assertThat(log).containsExactly("b at 1", "a at 2", "c at 3");
        assertThat(List.of(a, b, c)).allMatch(Future::isDone);
    }

    private void note(String what) {
        log.add(what + " at " + Duration.between(START, clock.instant()).toSeconds());
    }

    private void note(String what, Future<?> scheduled) {
        assertThat(scheduled).isNotDone();
        note(what);
    }
}
