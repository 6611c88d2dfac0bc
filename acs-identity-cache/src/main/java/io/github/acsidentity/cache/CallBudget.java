/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

/**
 * A rate: so many calls per second in the long run, and a burst of so many at once after a rest. Not safe for use by
 * concurrent threads.
 */
final class CallBudget {

    private final double nanosPerCall;
    private final double burstNanos;
    private double spentUntil;

    /**
     * Creates a budget that has rested.
     *
     * @param now the time in nanoseconds
     */
    CallBudget(double callsPerSecond, double burst, long now) {
        nanosPerCall = 1e9 / callsPerSecond;
        burstNanos = nanosPerCall * Math.max(burst - 1, 0);
        spentUntil = (double) now;
    }

    /** Returns how long to wait until a call may be made; 0 if it may be made now. */
    long nanosUntilNext(long now) {
        return nanosUntilNext(now, 0);
    }

    /** Returns how long to wait until a call may be made after, or beside, so many others. */
    long nanosUntilNext(long now, double others) {
        return (long) Math.max(0, Math.ceil(spentUntil + nanosPerCall * others - burstNanos - (double) now));
    }

    /** Counts a call; a weight of 4 uses up as much as four. */
    void take(long now, int weight) {
        spentUntil = Math.max(spentUntil, (double) now) + nanosPerCall * weight;
    }

    /** Takes a call back that was counted just now and has not been made. */
    void giveBack() {
        spentUntil -= nanosPerCall;
    }

    /** Forgets what a rest has saved: from now on, the calls are made at the rate alone. */
    void forfeitBurst(long now) {
        spentUntil = Math.max(spentUntil, (double) now + burstNanos);
    }
}
