/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.IdentityFutures;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
    public CompletableFuture<UserId> createUser(UUID requestId) {
        requireNonNull(requestId, "requestId");
        return dispatch(operations.get().createUser(requestId));
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
        return IdentityFutures.dispatch(operation, continuations);
    }
}
