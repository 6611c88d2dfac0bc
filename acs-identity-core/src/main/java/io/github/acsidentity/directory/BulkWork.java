/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.IdentityException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does the same for many users at a pace, for a few at the same time. Stops when it is interrupted, and at a failure
 * after which the next user would fail, too. Not safe for use by concurrent threads.
 *
 * @param <T> what stands for a user
 */
final class BulkWork<T> {

    private static final int AT_ONCE = 8;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int MAXIMUM_DOUBLINGS = 6;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Pace pace;
    private final Function<T, CompletableFuture<Boolean>> step;
    private final int patience;
    private final Runnable progress;

    private final Deque<Running<T>> running = new ArrayDeque<>();
    private final Deque<T> again = new ArrayDeque<>();
    private final List<T> failed = new ArrayList<>();
    private final List<T> unfinished = new ArrayList<>();
    private long done;
    private long absent;
    private int failuresInARow;
    private int pauses;
    private @Nullable RuntimeException failure;
    private boolean stopped;

    private record Running<T>(T item, CompletableFuture<Boolean> result, int pausesBefore) {}

    /**
     * Makes work that has not begun.
     *
     * @param pace when it may make a step
     * @param step what is done for a user; {@code false} if there was none
     * @param patience how many transient failures in a row it bears
     * @param progress what to run after each user
     */
    BulkWork(Pace pace, Function<T, CompletableFuture<Boolean>> step, int patience, Runnable progress) {
        this.pace = pace;
        this.step = step;
        this.patience = patience;
        this.progress = progress;
    }

    /** Goes through the items. What it has not begun when it stops is still in the iterator. */
    void run(Iterator<T> items) {
        try {
            boolean more = hasMore(items);
            while (more || !running.isEmpty()) {
                if (more && takeTurn()) {
                    start(again.isEmpty() ? items.next() : again.remove());
                }
                while (mustCollect(more)) {
                    collect(running.element());
                }
                more = hasMore(items);
            }
        } catch (InterruptedException e) {
            stopped = true;
            Thread.currentThread().interrupt();
        }
        failed.addAll(again);
        running.forEach(interrupted -> unfinished.add(interrupted.item()));
    }

    boolean isStopped() {
        return stopped;
    }

    long done() {
        return done;
    }

    long absent() {
        return absent;
    }

    List<T> failed() {
        return Collections.unmodifiableList(failed);
    }

    /** Returns for whom it was begun and not waited for. */
    List<T> unfinished() {
        return Collections.unmodifiableList(unfinished);
    }

    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    private boolean hasMore(Iterator<T> items) {
        return !stopped && (!again.isEmpty() || items.hasNext());
    }

    private boolean takeTurn() throws InterruptedException {
        try {
            pace.await();
            return true;
        } catch (IllegalStateException e) {
            failure = failure == null ? e : failure;
            stopped = true;
            return false;
        }
    }

    private boolean mustCollect(boolean more) {
        return !running.isEmpty()
                && (!more
                        || running.size() == AT_ONCE
                        || running.element().result().isDone());
    }

    private void start(T item) {
        CompletableFuture<Boolean> started;
        try {
            started = step.apply(item);
        } catch (RuntimeException e) {
            started = CompletableFuture.failedFuture(e);
        }
        running.add(new Running<>(item, started, pauses));
    }

    private void collect(Running<T> oldest) throws InterruptedException {
        try {
            if (oldest.result().get()) {
                done++;
            } else {
                absent++;
            }
            failuresInARow = 0;
        } catch (ExecutionException e) {
            failed(oldest, unwrapped(e));
        }
        running.remove();
        progress.run();
    }

    private void failed(Running<T> ended, RuntimeException cause) {
        if (failure == null) {
            failure = cause;
        }
        if (isTransient(cause)) {
            again.add(ended.item());
            // what was under way before the last pause tells nothing about the time after it
            if (ended.pausesBefore() == pauses) {
                pauseOrStop(cause);
            }
        } else {
            failed.add(ended.item());
            stopped |= cause instanceof AccessDeniedException || !(cause instanceof IdentityException);
        }
    }

    private void pauseOrStop(RuntimeException cause) {
        if (failuresInARow == patience) {
            stopped = true;
            return;
        }
        pace.pause(pauseAfter(cause));
        failuresInARow++;
        pauses++;
    }

    private Duration pauseAfter(RuntimeException cause) {
        Duration own = FIRST_PAUSE.multipliedBy(1L << Math.min(failuresInARow, MAXIMUM_DOUBLINGS));
        Duration asked =
                cause instanceof IdentityException known ? known.retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
        Duration bounded = asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
        return bounded.compareTo(own) > 0 ? bounded : own;
    }

    private static boolean isTransient(RuntimeException cause) {
        return cause instanceof IdentityException known
                ? known.isTransient()
                : cause instanceof UserMappingStoreException store && store.isTransient();
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
            return cause;
        }
        return new IllegalStateException("A deletion ended with what is no failure of it", e.getCause());
    }
}
