/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** What a run leaves behind: threads, and memory that is in use. */
record Residue(Set<Thread> threads, long usedBytes) {

    private static final long PAUSE_NANOS = 100_000_000;

    /** Allowed for what the JVM, the SDK and the JDK keep. */
    private static final long MOST_BYTES_LEFT = 8 << 20;

    static Residue now() {
        return new Residue(threadsOfTheRun(), usedAfterCollection());
    }

    /** Waits until no threads are left that were not there before, and returns the names of those that stay. */
    Set<String> threadsLeft(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        Set<String> left = more();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            System.gc();
            LockSupport.parkNanos(PAUSE_NANOS);
            left = more();
        }
        return left;
    }

    /** Returns by how much more memory is in use than before. */
    long moreBytes() {
        return usedAfterCollection() - usedBytes;
    }

    /** Returns what is wrong with what has stayed behind, if anything is. */
    static Optional<Violation> judge(Set<String> threadsLeft, long moreBytes) {
        if (!threadsLeft.isEmpty()) {
            return Optional.of(new Violation("threads are left behind", threadsLeft.toString()));
        }
        return moreBytes > MOST_BYTES_LEFT
                ? Optional.of(new Violation("memory is left in use", moreBytes + " bytes"))
                : Optional.empty();
    }

    private Set<String> more() {
        return threadsOfTheRun().stream()
                .filter(thread -> !threads.contains(thread))
                .map(Thread::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The SDK and the JDK keep pools for the whole JVM, whose threads come and go. */
    private static Set<Thread> threadsOfTheRun() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(
                        thread -> !thread.getName()
                                .matches(
                                        "azure-sdk-global-thread-.*|parallel-.*|boundedElastic-.*|ForkJoinPool.commonPool-.*"
                                                + "|Common-Cleaner|Keep-Alive.*|.*CompilerThread.*|Attach Listener|.*Reference Handler"
                                                + "|Finalizer|Signal Dispatcher|surefire-.*|CompletableFutureDelayScheduler.*|idle-timeout-task"))
                .collect(Collectors.toSet());
    }

    private static long usedAfterCollection() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            LockSupport.parkNanos(PAUSE_NANOS);
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
