/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a manager that was given none: named daemons, bounded in number, and not started before they are
 * needed.
 */
final class OwnThreads {

    private static final String NAME = "acs-identity-cache";

    /** Beside those that make calls, for continuations that wait for another token. */
    private static final int MAXIMUM_COMPENSATION = 64;

    private static final long KEEP_ALIVE_SECONDS = 60;

    private OwnThreads() {}

    /** Returns a scheduler with one thread. */
    static ScheduledExecutorService scheduler() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, NAME + "-timer");
            thread.setDaemon(true);
            return thread;
        });
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    /**
     * Returns an executor with so many threads that all calls may block. If a continuation waits for a future, another
     * thread takes its place.
     */
    static ExecutorService executor(int calls) {
        return new ForkJoinPool(
                calls,
                OwnThreads::worker,
                null,
                true,
                calls,
                calls + MAXIMUM_COMPENSATION,
                1,
                saturated -> true,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS);
    }

    private static ForkJoinWorkerThread worker(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName(NAME + "-" + thread.getPoolIndex());
        return thread;
    }
}
