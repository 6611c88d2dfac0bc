/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The calls that count against one limit at one resource. Safe for use by concurrent threads. */
final class QuotaCounter {

    private final QuotaLimit limit;
    /** The ticks of the latest calls, as many as are allowed at most. */
    private final Deque<Long> latest = new ArrayDeque<>();

    QuotaCounter(QuotaLimit limit) {
        this.limit = limit;
    }

    synchronized void reset() {
        latest.clear();
    }

    QuotaLimit limit() {
        return limit;
    }

    /** Counts a call; returns how long to wait before the next one is allowed, zero if this one is. */
    synchronized Duration count(long ticks) {
        long windowStart = ticks - limit.window().toNanos();
        boolean allowed = latest.size() < limit.calls() || latest.getFirst() - windowStart <= 0;
        if (latest.size() == limit.calls()) {
            latest.removeFirst();
        }
        latest.addLast(ticks);
        return allowed ? Duration.ZERO : Duration.ofNanos(latest.getFirst() - windowStart);
    }
}
