/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** The future that a caller gets of an operation that may be shared. */
class IdentityFuturesTest {

    private final CompletableFuture<String> operation = new CompletableFuture<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    @Test
    void dispatch_completesOnTheExecutor() {
        CompletableFuture<String> visible = IdentityFutures.dispatch(operation, tasks::add);

        operation.complete("result");
        assertThat(visible).isNotDone();
        tasks.remove().run();

        assertThat(visible).isCompletedWithValue("result");
    }

    @Test
    void dispatch_ofAnOperationThatHasEnded_isDoneAtOnce() {
        operation.complete("result");

        CompletableFuture<String> visible = IdentityFutures.dispatch(operation, tasks::add);

        assertThat(visible).isCompletedWithValue("result");
        assertThat(tasks).isEmpty();
    }

    @Test
    void dispatch_whenTheExecutorRefuses_completesOnTheThreadAtHand() {
        Executor refusing = task -> {
            throw new RejectedExecutionException("planted");
        };
        CompletableFuture<String> visible = IdentityFutures.dispatch(operation, refusing);

        operation.complete("result");

        assertThat(visible).isCompletedWithValue("result");
    }

    @Test
    void dispatch_ofAFailure_takesItOutOfItsWrappers() {
        IllegalStateException failure = new IllegalStateException("planted");
        CompletableFuture<String> visible = IdentityFutures.dispatch(operation, Runnable::run);

        operation.completeExceptionally(new CompletionException(new CompletionException(failure)));

        assertThat(visible.handle((value, thrown) -> thrown)).isCompletedWithValue(failure);
    }

    @Test
    void cancel_ofTheCallersFuture_leavesTheOperationToTheOthers() {
        CompletableFuture<String> cancelled = IdentityFutures.dispatch(operation, Runnable::run);
        CompletableFuture<String> other = IdentityFutures.dispatch(operation, Runnable::run);

        cancelled.cancel(true);
        operation.complete("result");

        assertThat(cancelled).isCancelled();
        assertThat(other).isCompletedWithValue("result");
    }
}
