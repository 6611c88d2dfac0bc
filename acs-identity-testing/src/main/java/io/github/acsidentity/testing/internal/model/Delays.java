/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits out the latency of answers.
 *
 * @param scheduler what waits; {@code null} for the JDK's own timer, whose continuations run on the common pool
 */
public record Delays(@Nullable ScheduledExecutorService scheduler) {

    /** Runs a task after the delay; at once, and on the caller's thread, if there is none. */
    public void after(Duration delay, Runnable task) {
        ScheduledExecutorService given = scheduler;
        if (delay.isZero()) {
            task.run();
        } else if (given == null) {
            CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(task);
        } else {
            // nobody waits for the task itself: it hands its result on
            ScheduledFuture<?> unused = given.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
