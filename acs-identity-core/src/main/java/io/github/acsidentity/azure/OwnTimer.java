/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The timer of one manager, with one thread, which deadlines of calls do not wake.
 *
 * <p>A task that becomes the first of the queue wakes the thread, to sleep for less. Each call has a deadline that is
 * taken back soon, so the queue is mostly empty, and the deadline the first. That takes longer than all else that is
 * done here for a call. So while there are calls, the first in the queue is a task that does nothing.
 */
final class OwnTimer extends ScheduledThreadPoolExecutor {

    private static final long GUARD_NANOS = 1_000_000_000;

    private final AtomicBoolean guarded = new AtomicBoolean();

    OwnTimer() {
        super(1, task -> {
            Thread thread = new Thread(task, "acs-identity-timer");
            thread.setDaemon(true);
            return thread;
        });
        setRemoveOnCancelPolicy(true);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        if (unit.toNanos(delay) > GUARD_NANOS && !guarded.get() && guarded.compareAndSet(false, true)) {
            ScheduledFuture<?> unused = super.schedule(() -> guarded.set(false), GUARD_NANOS, TimeUnit.NANOSECONDS);
        }
        return super.schedule(task, delay, unit);
    }
}
