/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import io.github.acsidentity.TimeSource;
import io.github.acsidentity.testing.MutableClock;

/** The time of a machine whose wall clock is set again and again, while its ticks run on with the service's clock. */
final class ShiftingTime implements TimeSource {

    private final MutableClock clock;
    private static final ThreadLocal<Long> LAST_READ = ThreadLocal.withInitial(() -> 0L);
    private volatile long wallOffset;

    ShiftingTime(MutableClock clock) {
        this.clock = clock;
    }

    @Override
    public long millis() {
        long now = clock.millis();
        LAST_READ.set(now);
        return now + wallOffset;
    }

    @Override
    public long nanos() {
        return clock.nanos();
    }

    void setWallOffset(long millis) {
        wallOffset = millis;
    }

    /** Returns the true time at which this thread has last looked at the wall clock. */
    long lastRead() {
        return LAST_READ.get();
    }
}
