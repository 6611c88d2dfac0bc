/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often an attempt is repeated, and how long to wait where the service does not say: the base delay, doubled with
 * each attempt up to the maximum, half of it random.
 *
 * @param maximum the number of attempts after the first
 */
record Retries(int maximum, Duration baseDelay, Duration maximumDelay, RandomGenerator random) {

    /**
     * Returns the delay before an attempt is repeated.
     *
     * @param attempt the number of the attempt that failed, from 0 on
     */
    Duration delay(int attempt) {
        double factor = Math.scalb(1.0, Math.min(attempt, 30));
        double nanos = Math.min(baseDelay.toNanos() * factor, (double) maximumDelay.toNanos());
        return Duration.ofNanos((long) (nanos * (0.5 + 0.5 * random.nextDouble())));
    }
}
