/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.TimeSource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The time as the cache sees it, in milliseconds since the epoch: the wall clock, but never running backwards, and
 * never slower than the ticks.
 *
 * <p>A wall clock that is set back must not revive a token, so the difference between wall clock and ticks only ever
 * grows. A clock that is set forward, or a machine that slept (its ticks may stand still meanwhile), is noticed within
 * a second of ticks. In between, the time costs one reading of the ticks.
 */
final class CacheTime {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long COMPARE_AFTER_NANOS = 1_000_000_000;
    private static final VarHandle COMPARED_AT;
    private static final VarHandle OFFSET;

    static {
        try {
            COMPARED_AT = MethodHandles.lookup().findVarHandle(CacheTime.class, "comparedAt", long.class);
            OFFSET = MethodHandles.lookup().findVarHandle(CacheTime.class, "offset", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final TimeSource source;
    private final long origin;
    private volatile long comparedAt;
    private volatile long offset;

    CacheTime(TimeSource source) {
        this.source = source;
        this.offset = source.millis();
        this.origin = source.nanos();
    }

    /** Returns the time. */
    long millis() {
        long elapsed = nanos();
        long compared = comparedAt;
        if (elapsed - compared >= COMPARE_AFTER_NANOS && COMPARED_AT.compareAndSet(this, compared, elapsed)) {
            catchUpWith(source.millis());
        }
        return elapsed / NANOS_PER_MILLI + offset;
    }

    /** Returns this moment by the cache's time and by the wall clock. */
    Moment moment() {
        long wall = source.millis();
        catchUpWith(wall);
        return new Moment(nanos() / NANOS_PER_MILLI + offset, wall);
    }

    /** Returns the ticks since this object was made, for measuring how long something takes. */
    long nanos() {
        return source.nanos() - origin;
    }

    /**
     * Makes up for what the wall clock is ahead. The ticks are read after it: a thread that is held up in between must
     * not make the time run ahead for ever.
     */
    private void catchUpWith(long wall) {
        long difference = wall - nanos() / NANOS_PER_MILLI;
        long seen = offset;
        while (difference > seen && !OFFSET.compareAndSet(this, seen, difference)) {
            seen = offset;
        }
    }

    /**
     * A moment by two clocks.
     *
     * @param millis the cache's time, which deadlines are measured by
     * @param wallMillis the wall clock, which an expiry that the service names is compared with: it may have been ahead
     *     for a moment, and the cache's time stays so
     */
    record Moment(long millis, long wallMillis) {}
}
