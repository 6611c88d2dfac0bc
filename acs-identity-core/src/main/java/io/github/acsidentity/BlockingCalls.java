/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Runs blocking calls on a bounded pool, and completes their futures elsewhere.
 *
 * <p>A dependent stage of such a future may call the blocking API again; on a thread of the pool that could wait for a
 * free thread of the same pool, forever.
 */
final class BlockingCalls {

    private static final int MAXIMUM_THREADS = 16;
    private static final int MAXIMUM_WAITING = 10_000;

    private final Executor pool;
    private final Executor continuations;

    BlockingCalls(Executor pool, Executor continuations) {
        this.pool = pool;
        this.continuations = continuations;
    }

    /** Returns the instance whose pool all managers share; its daemon threads end after some idle seconds. */
    static BlockingCalls shared() {
        return Shared.INSTANCE;
    }

    <T> CompletableFuture<T> run(IdentityOperation operation, Supplier<T> call) {
        return run(FailureDetails.of(operation), call);
    }

    <T> CompletableFuture<T> run(FailureDetails details, Supplier<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            pool.execute(() -> runAndComplete(call, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new ThrottledException(
                    "Too many calls are waiting for a thread: the pool of blocking calls is full", details));
        }
        return result;
    }

    private <T> void runAndComplete(Supplier<T> call, CompletableFuture<T> result) {
        Runnable completion;
        try {
            T value = call.get();
            completion = () -> result.complete(value);
        } catch (Throwable failure) {
            completion = () -> result.completeExceptionally(failure);
        }
        continuations.execute(completion);
    }

    private static final class Shared {

        static final BlockingCalls INSTANCE =
                new BlockingCalls(daemonPool(), new CompletableFuture<Void>().defaultExecutor());

        private static Executor daemonPool() {
            AtomicInteger count = new AtomicInteger();
            ThreadPoolExecutor pool = new ThreadPoolExecutor(
                    MAXIMUM_THREADS,
                    MAXIMUM_THREADS,
                    10,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(MAXIMUM_WAITING),
                    task -> {
                        Thread thread = new Thread(task, "acs-identity-blocking-" + count.incrementAndGet());
                        thread.setDaemon(true);
                        return thread;
                    });
            pool.allowCoreThreadTimeOut(true);
            return pool;
        }
    }
}
