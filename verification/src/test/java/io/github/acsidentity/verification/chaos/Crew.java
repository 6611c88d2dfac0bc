/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Threads that each repeat a step until the time is over, or a rule is broken. */
final class Crew {

    private static final long GLANCE_MILLIS = 50;

    private final Model model;
    private final long deadline;
    private final List<Thread> threads = new ArrayList<>();

    Crew(Model model, Duration duration) {
        this.model = model;
        this.deadline = System.nanoTime() + duration.toNanos();
    }

    void start(String name, Duration pause, Runnable step) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (System.nanoTime() < deadline && model.violation() == null) {
                            step.run();
                            LockSupport.parkNanos(pause.toNanos());
                        }
                    } catch (RuntimeException | Error e) {
                        model.violated("an unexpected exception", name + ": " + e);
                    }
                },
                name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /**
     * Waits for all, and registers who has not come to an end by then. Once a rule is broken there is no more to wait
     * for.
     */
    void await(Duration patience) {
        long latest = deadline + patience.toNanos();
        for (Thread thread : threads) {
            while (isAlive(thread) && model.violation() == null) {
                if (System.nanoTime() >= latest) {
                    model.violated("a caller that waits for ever", thread.getName() + stackOf(thread));
                }
            }
        }
    }

    private static boolean isAlive(Thread thread) {
        try {
            thread.join(GLANCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted during the run", e);
        }
        return thread.isAlive();
    }

    private static String stackOf(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
    }
}
