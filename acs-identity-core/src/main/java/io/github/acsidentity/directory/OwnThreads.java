/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a directory that was given none: named daemons, bounded, started when they are needed. */
final class OwnThreads {

    private static final Logger LOGGER = System.getLogger(OwnThreads.class.getName());
    private static final String NAME = "acs-identity-directory-";
    private static final int MAXIMUM_THREADS = 16;
    private static final int MAXIMUM_WAITING = 10_000;
    private static final int IDLE_SECONDS = 10;

    private OwnThreads() {}

    static ScheduledExecutorService scheduler() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, daemons("timer-"));
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    static ExecutorService executor() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MAXIMUM_THREADS,
                MAXIMUM_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAXIMUM_WAITING),
                daemons(""));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Runs a task here if {@code executor} refuses it: what was begun is to be brought to its end. The tasks throw
     * nothing.
     */
    static Executor orHere(Executor executor) {
        return task -> {
            try {
                executor.execute(task);
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.DEBUG, "The executor takes no task, which is run by the thread at hand", e);
                task.run();
            }
        };
    }

    private static ThreadFactory daemons(String kind) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, NAME + kind + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
