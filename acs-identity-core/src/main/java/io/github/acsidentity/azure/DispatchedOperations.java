/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations as callers see them: each future is the caller's own, and its dependents run on an executor that no
 * operation needs.
 */
record DispatchedOperations(Supplier<? extends AsyncIdentityManager> operations, Executor continuations)
        implements AsyncIdentityManager {

    @Override
    public CompletableFuture<UserId> createUser() {
        return dispatch(operations.get().createUser());
    }

    @Override
    public CompletableFuture<UserWithToken> createUserWithToken(TokenRequest request) {
        requireNonNull(request, "request");
        return dispatch(operations.get().createUserWithToken(request));
    }

    @Override
    public CompletableFuture<AccessToken> getToken(UserId user, TokenRequest request) {
        requireNonNull(user, "user");
        requireNonNull(request, "request");
        return dispatch(operations.get().getToken(user, request));
    }

    @Override
    public CompletableFuture<AccessToken> getTokenForTeamsUser(TeamsTokenRequest request) {
        requireNonNull(request, "request");
        return dispatch(operations.get().getTokenForTeamsUser(request));
    }

    @Override
    public CompletableFuture<Void> revokeTokens(UserId user) {
        requireNonNull(user, "user");
        return dispatch(operations.get().revokeTokens(user));
    }

    @Override
    public CompletableFuture<Void> deleteUser(UserId user) {
        requireNonNull(user, "user");
        return dispatch(operations.get().deleteUser(user));
    }

    private <T extends @Nullable Object> CompletableFuture<T> dispatch(CompletableFuture<T> operation) {
        CompletableFuture<T> visible = new CompletableFuture<>();
        boolean endedAtOnce = operation.isDone();
        CompletableFuture<T> unused = operation.whenComplete((value, failure) -> {
            Runnable completion = () -> complete(visible, value, failure);
            if (endedAtOnce) {
                completion.run();
                return;
            }
            try {
                continuations.execute(completion);
            } catch (RejectedExecutionException e) {
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
            Throwable cause = failure.getCause();
            visible.completeExceptionally(failure instanceof CompletionException && cause != null ? cause : failure);
        }
    }
}
