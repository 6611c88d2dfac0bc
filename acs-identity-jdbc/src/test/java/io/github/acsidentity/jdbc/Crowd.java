/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Many threads that do something at the same time. */
final class Crowd {

    private Crowd() {}

    /** Runs a task, which is given the number of its thread, in each of them, and returns the seconds it took. */
    static double run(int threads, IntConsumer task) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CyclicBarrier start = new CyclicBarrier(threads + 1);
        try {
            CompletableFuture<?>[] running = IntStream.range(0, threads)
                    .mapToObj(thread -> CompletableFuture.runAsync(
                            () -> {
                                meet(start);
                                task.accept(thread);
                            },
                            pool))
                    .toArray(CompletableFuture[]::new);
            meet(start);
            long began = System.nanoTime();
            CompletableFuture.allOf(running).orTimeout(280, TimeUnit.SECONDS).join();
            return (System.nanoTime() - began) / 1e9;
        } finally {
            pool.shutdownNow();
        }
    }

    private static void meet(CyclicBarrier start) {
        try {
            start.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("The threads did not meet", e);
        }
    }
}
