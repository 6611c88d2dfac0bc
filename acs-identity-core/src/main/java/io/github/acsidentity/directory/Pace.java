/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import io.github.acsidentity.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Spaces out calls that would else use up the service's quota: so many in a second, of which those of one second may
 * come at once. Safe for use by concurrent threads.
 */
final class Pace {

    private final long interval;
    private final long burst;
    private final TimeSource time;
    private final ScheduledExecutorService scheduler;
    private final Runnable requireOpen;
    private long nextTurn;

    Pace(int perSecond, TimeSource time, ScheduledExecutorService scheduler, Runnable requireOpen) {
        this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.burst = interval * (perSecond - 1);
        this.time = time;
        this.scheduler = scheduler;
        this.requireOpen = requireOpen;
        this.nextTurn = time.nanos() - burst;
    }

    /**
     * Waits for the caller's turn.
     *
     * @throws IllegalStateException if the directory is closed
     */
    void await() throws InterruptedException {
        requireOpen.run();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long wait = takeTurn() - time.nanos();
        if (wait <= 0) {
            return;
        }
        CompletableFuture<Boolean> turn = new CompletableFuture<>();
        ScheduledFuture<?> alarm;
        try {
            alarm = scheduler.schedule(() -> turn.complete(true), wait, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("This user directory is closed", e);
        }
        try {
            boolean unused = turn.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A turn cannot fail", e);
        } finally {
            alarm.cancel(false);
        }
    }

    /** Lets nobody have a turn that is not taken yet before some time has passed. */
    synchronized void pause(Duration duration) {
        long until = time.nanos() + duration.toNanos();
        if (until - nextTurn > 0) {
            nextTurn = until;
        }
    }

    private synchronized long takeTurn() {
        long earliest = time.nanos() - burst;
        long turn = earliest - nextTurn > 0 ? earliest : nextTurn;
        nextTurn = turn + interval;
        return turn;
    }
}
