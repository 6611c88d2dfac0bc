/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

/** Whether calls keep to a rate with a burst, as a leaky bucket counts them. */
final class CallRate {

    private final double perNano;
    private final double burst;
    private double left;
    private double least;
    private long last;

    CallRate(double perSecond, double burst, long now) {
        this.perNano = perSecond / 1e9;
        this.burst = burst;
        this.left = burst;
        this.least = burst;
        this.last = now;
    }

    /** Counts a call; returns whether it was within the rate. */
    synchronized boolean take(long now) {
        left = Math.min(burst, left + perNano * Math.max(0, now - last)) - 1;
        last = Math.max(last, now);
        least = Math.min(least, left);
        return left >= -1e-6;
    }

    /** Returns how many more calls there might have been at once. */
    synchronized double least() {
        return least;
    }
}
