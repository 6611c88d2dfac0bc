/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A clock that tests move by hand: wall clock and ticks, together or apart.
 *
 * <p>{@link #startingAt(Instant)} makes one that stands still between the moves, {@link #following(TimeSource)} one
 * that also runs along with another. It is a {@link TimeSource} for this library and a {@link Clock} (in UTC) for
 * everything else.
 *
 * <p>Safe for use by concurrent threads; moves are done one after the other. A {@link ManualScheduler} on this clock
 * runs its tasks on the thread that moves the clock: each at the moment at which it is due, so that it sees that time
 * here. Reading {@link #millis()} and {@link #nanos()} allocates nothing.
 */
public final class MutableClock extends Clock implements TimeSource {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final TimeSource base;
    private final ReentrantLock moves = new ReentrantLock();
    private final List<ManualScheduler> schedulers = new CopyOnWriteArrayList<>();

    /** What is added to the base; written under the lock only. */
    private volatile long wallOffset;

    private volatile long tickOffset;

    private MutableClock(TimeSource base) {
        this.base = requireNonNull(base, "base");
    }

    /**
     * Returns a clock that stands still until it is moved.
     *
     * @param start the first wall-clock time, between the years 1678 and 2261
     * @return the clock
     * @throws IllegalArgumentException if {@code start} is out of range
     */
    public static MutableClock startingAt(Instant start) {
        MutableClock clock = new MutableClock(Still.TIME);
        clock.wallOffset = nanosSinceEpoch(start);
        return clock;
    }

    /**
     * Returns a clock that runs along with another source, and can be moved besides. Tasks of a {@link ManualScheduler}
     * run only when it is moved.
     *
     * @param base what it runs along with, such as {@link TimeSource#system()}
     * @return the clock
     */
    public static MutableClock following(TimeSource base) {
        return new MutableClock(base);
    }

    /**
     * Moves the clock forward: wall clock and ticks.
     *
     * @param duration how far, not negative
     * @throws IllegalArgumentException if {@code duration} is negative; see {@link #stepWallClock(Duration)}
     */
    public void advance(Duration duration) {
        long nanos = nanos(duration);
        if (nanos < 0) {
            throw new IllegalArgumentException("duration must not be negative, but was " + duration);
        }
        moves.lock();
        try {
            long target = Math.addExact(tickOffset, nanos);
            for (long due = nextDue(target); due != Long.MAX_VALUE; due = nextDue(target)) {
                advanceTicksTo(due);
                schedulers.forEach(ManualScheduler::runOneDueTask);
            }
            // a task may have moved the clock further
            advanceTicksTo(Math.max(target, tickOffset));
        } finally {
            moves.unlock();
        }
    }

    /**
     * Moves the clock forward to a wall-clock time: wall clock and ticks.
     *
     * @param time the new wall-clock time, not before the present one
     * @throws IllegalArgumentException if {@code time} is before the present one; see {@link #stepWallClock(Duration)}
     */
    public void advanceTo(Instant time) {
        advance(Duration.between(instant(), time));
    }

    /**
     * Sets the wall clock to a time, forward or back, as an operator or a time service does; ticks go on undisturbed,
     * and no task runs. To let time pass, use {@link #advanceTo(Instant)}.
     *
     * @param time the new wall-clock time
     * @throws IllegalArgumentException if {@code time} is more than 292 years away
     */
    public void set(Instant time) {
        moves.lock();
        try {
            stepWallClock(Duration.between(instant(), time));
        } finally {
            moves.unlock();
        }
    }

    /**
     * Sets the wall clock forward or back, as an operator or a time service does; ticks go on undisturbed.
     *
     * @param step how far; negative to set it back
     */
    public void stepWallClock(Duration step) {
        long nanos = nanos(step);
        moves.lock();
        try {
            wallOffset = Math.addExact(wallOffset, nanos);
        } finally {
            moves.unlock();
        }
    }

    @Override
    public long millis() {
        return base.millis() + Math.floorDiv(wallOffset, NANOS_PER_MILLI);
    }

    @Override
    public long nanos() {
        return base.nanos() + tickOffset;
    }

    @Override
    public Instant instant() {
        long offset = wallOffset;
        return Instant.ofEpochMilli(base.millis()).plusNanos(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new InZone(this, zone);
    }

    /** Returns the wall-clock time. */
    @Override
    public String toString() {
        return "MutableClock[" + instant() + "]";
    }

    void register(ManualScheduler scheduler) {
        schedulers.add(scheduler);
    }

    /** Returns when the next task is due, as a tick offset not before the present one, if not after {@code latest}. */
    private long nextDue(long latest) {
        long now = base.nanos();
        long next = Long.MAX_VALUE;
        for (ManualScheduler scheduler : schedulers) {
            if (scheduler.hasTasks()) {
                next = Math.min(next, Math.max(tickOffset, scheduler.nextDueTicks() - now));
            }
        }
        return next <= latest ? next : Long.MAX_VALUE;
    }

    private void advanceTicksTo(long offset) {
        wallOffset = Math.addExact(wallOffset, offset - tickOffset);
        tickOffset = offset;
    }

    private static long nanosSinceEpoch(Instant instant) {
        return nanos(Duration.between(Instant.EPOCH, instant));
    }

    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("The clock reaches 292 years at most, but the move was " + duration, e);
        }
    }

    private enum Still implements TimeSource {
        TIME;

        @Override
        public long millis() {
            return 0;
        }

        @Override
        public long nanos() {
            return 0;
        }
    }

    private static final class InZone extends Clock {

        private final MutableClock clock;
        private final ZoneId zone;

        InZone(MutableClock clock, ZoneId zone) {
            this.clock = clock;
            this.zone = requireNonNull(zone, "zone");
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new InZone(clock, other);
        }

        @Override
        public long millis() {
            return clock.millis();
        }

        @Override
        public Instant instant() {
            return clock.instant();
        }
    }
}
