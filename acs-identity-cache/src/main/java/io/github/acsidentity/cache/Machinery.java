/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.TimeSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** What all token caches of one manager share. */
record Machinery(
        RefreshPolicy policy,
        CacheTime time,
        RandomGenerator random,
        ScheduledExecutorService scheduler,
        Executor executor,
        CallGate gate,
        RefreshQueue refreshes,
        Deadlines deadlines,
        Recorder recorder) {

    static Machinery of(
            RefreshPolicy policy,
            TimeSource timeSource,
            RandomGenerator random,
            ScheduledExecutorService scheduler,
            Executor executor,
            CacheListener listener) {
        CacheTime time = new CacheTime(timeSource);
        CallGate gate = new CallGate(policy, time, scheduler);
        Recorder recorder = new Recorder(listener);
        RefreshQueue refreshes = new RefreshQueue(gate, time, scheduler, recorder);
        Deadlines deadlines = new Deadlines(policy, random);
        return new Machinery(policy, time, random, scheduler, executor, gate, refreshes, deadlines, recorder);
    }

    /** Runs an action later. */
    Future<?> after(long nanos, Runnable action) {
        try {
            return scheduler.schedule(action, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw closedException(e);
        }
    }

    /** Runs an action off the timer's thread, on the thread at hand if the executor refuses. */
    void execute(Runnable action) {
        try {
            executor.execute(action);
        } catch (RejectedExecutionException refused) {
            action.run();
        }
    }

    /** Runs the housekeeping of a cache on the timer's thread, on the thread at hand if the scheduler refuses. */
    void keepHouse(Runnable task) {
        try {
            scheduler.execute(task);
        } catch (RejectedExecutionException closed) {
            task.run();
        }
    }

    static IllegalStateException closedException(RejectedExecutionException refusal) {
        return new IllegalStateException("This identity manager, or the scheduler given to it, is closed", refusal);
    }
}
