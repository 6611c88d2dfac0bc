/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules of {@link IdentityManager} and {@link AsyncIdentityManager} for futures, for authors of managers and
 * decorators.
 */
public final class IdentityFutures {

    private IdentityFutures() {}

    /**
     * Begins an operation and waits for its end.
     *
     * @param <T> what the operation returns
     * @param details what is known of the operation, for the failure of the waiting itself
     * @param operation begins the operation; not called if the calling thread is interrupted already
     * @return the result, not {@code null}
     * @throws OperationInterruptedException if the calling thread is interrupted; its interrupt flag is set again, and
     *     the operation goes on
     * @throws IdentityException if the operation fails with it; any other unchecked exception is thrown as it is too,
     *     and a checked one as the cause of a {@link ServiceUnavailableException}
     */
    public static <T> T await(FailureDetails details, Supplier<CompletableFuture<T>> operation) {
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterruptedException("Interrupted before the operation was started", details);
        }
        try {
            return requireNonNull(operation.get().get(), "the result of the operation");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "Interrupted while waiting for the identity service; the operation may still be carried out",
                    details.withOutcomeUnknown(true));
        } catch (ExecutionException e) {
            throw unchecked(e, details);
        }
    }

    /**
     * Returns a future of one caller's own, which fails without a wrapper and whose dependent stages run on an
     * executor.
     *
     * @param <T> what the operation returns
     * @param operation the operation, perhaps shared with others; what happens to the future returned does not touch it
     * @param executor completes the future, unless {@code operation} has ended already or the executor refuses: then
     *     the thread at hand does
     * @return the caller's future
     */
    public static <T extends @Nullable Object> CompletableFuture<T> dispatch(
            CompletableFuture<T> operation, Executor executor) {
        CompletableFuture<T> visible = new CompletableFuture<>();
        boolean endedAtOnce = operation.isDone();
        CompletableFuture<T> unused = operation.whenComplete((value, failure) -> {
            Runnable completion = () -> complete(visible, value, failure);
            if (endedAtOnce) {
                completion.run();
                return;
            }
            try {
                executor.execute(completion);
            } catch (RuntimeException | Error refused) {
                completion.run();
            }
        });
        return visible;
    }

    private static <T extends @Nullable Object> void complete(
            CompletableFuture<T> visible, T value, @Nullable Throwable failure) {
        if (failure == null) {
            visible.complete(value);
        } else {
            visible.completeExceptionally(unwrapped(failure));
        }
    }

    private static RuntimeException unchecked(Throwable wrapper, FailureDetails details) {
        Throwable failure = unwrapped(wrapper);
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked
                ? unchecked
                : new ServiceUnavailableException(
                        "The identity operation failed with a checked exception",
                        details.withOutcomeUnknown(true),
                        failure);
    }

    private static Throwable unwrapped(Throwable wrapper) {
        Throwable failure = wrapper;
        while ((failure instanceof ExecutionException || failure instanceof CompletionException)
                && failure.getCause() != null) {
            failure = failure.getCause();
        }
        return failure;
    }
}
