/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

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

/**
 * The cached operations as callers see them: a hit costs one completed future, everything else continues on the
 * executor.
 */
record CachedAsyncView(CachedOperations operations, Executor executor) implements AsyncIdentityManager {

    @Override
    public CompletableFuture<UserId> createUser() {
        return IdentityFutures.dispatch(operations.createUser(), executor);
    }

    @Override
    public CompletableFuture<UserId> createUser(UUID requestId) {
        requireNonNull(requestId, "requestId");
        return IdentityFutures.dispatch(operations.createUser(requestId), executor);
    }

    @Override
    public CompletableFuture<UserWithToken> createUserWithToken(TokenRequest request) {
        requireNonNull(request, "request");
        return IdentityFutures.dispatch(operations.createUserWithToken(request), executor);
    }

    @Override
    public CompletableFuture<AccessToken> getToken(UserId user, TokenRequest request) {
        AccessToken held = operations.find(user, request, 0);
        return held != null
                ? CompletableFuture.completedFuture(held)
                : IdentityFutures.dispatch(operations.getToken(user, request), executor);
    }

    @Override
    public CompletableFuture<AccessToken> getTokenForTeamsUser(TeamsTokenRequest request) {
        requireNonNull(request, "request");
        return IdentityFutures.dispatch(operations.getTokenForTeamsUser(request), executor);
    }

    @Override
    public CompletableFuture<Void> revokeTokens(UserId user) {
        return IdentityFutures.dispatch(operations.revokeTokens(user), executor);
    }

    @Override
    public CompletableFuture<Void> deleteUser(UserId user) {
        return IdentityFutures.dispatch(operations.deleteUser(user), executor);
    }
}
