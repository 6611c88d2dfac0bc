/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where the threads of exchanges wait whose answers are late or never come. Each exchange ends on the thread that it
 * began on: the server gives back what belongs to a broken connection only there. Safe for use by concurrent threads.
 */
final class Waits {

    private static final Logger LOGGER = System.getLogger(Waits.class.getName());

    /** Longer than clients wait, but not for ever: the server does not notice that a client has left. */
    static final Duration LIMIT = Duration.ofMinutes(5);

    private final ScheduledExecutorService scheduler;
    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

    Waits(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** Waits so long; returns whether it has passed: if not, the emulator was closed. */
    boolean pass(Duration time) {
        return time.isZero() || waitUntil(new CompletableFuture<>(), time);
    }

    /** Waits until a call that hangs is released; at most as long as the limit, and until the emulator is closed. */
    void hang(CompletableFuture<@Nullable Void> release) {
        boolean unused = waitUntil(release, LIMIT);
    }

    /** Ends all waiting, now and from now on. */
    void close() {
        closed.complete(null);
    }

    private boolean waitUntil(CompletableFuture<@Nullable Void> over, Duration limit) {
        ScheduledFuture<?> end;
        try {
            end = scheduler.schedule(() -> over.complete(null), limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.DEBUG, "The scheduler of late answers has ended", e);
            return false;
        }
        CompletableFuture.anyOf(over, closed).join();
        end.cancel(false);
        return over.isDone();
    }
}
