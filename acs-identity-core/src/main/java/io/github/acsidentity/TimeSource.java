/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

/**
 * Where the time comes from: a wall clock, and ticks that measure how much time has passed.
 *
 * <p>Access tokens expire by the wall clock, which may be set back and forth; time-outs and pauses are measured in
 * ticks, which never run backwards. Tests inject a source that they move by hand. Implementations are safe for use by
 * concurrent threads.
 */
public interface TimeSource {

    /**
     * Returns the wall-clock time.
     *
     * @return milliseconds since 1970-01-01T00:00:00Z
     */
    long millis();

    /**
     * Returns the ticks: a count of nanoseconds from an arbitrary origin. Only differences between two readings of the
     * same source mean anything, and those stay right when the count overflows.
     *
     * @return the ticks, never less than a reading that happened before
     */
    long nanos();

    /**
     * Returns the time of the system: {@link System#currentTimeMillis()} and {@link System#nanoTime()}.
     *
     * @return the source, always the same
     */
    static TimeSource system() {
        return SystemTimeSource.INSTANCE;
    }
}
