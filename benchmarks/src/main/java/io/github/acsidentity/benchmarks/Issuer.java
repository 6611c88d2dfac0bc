/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A service that answers at once. It creates given users, in their order. */
final class Issuer implements AsyncIdentityManager {

    private final Users users;
    private int created;

    Issuer(Users users) {
        this.users = users;
    }

    @Override
    public CompletableFuture<UserId> createUser() {
        return CompletableFuture.completedFuture(users.ids()[created++]);
    }

    @Override
    public CompletableFuture<UserId> createUser(UUID requestId) {
        return createUser();
    }

    @Override
    public CompletableFuture<UserWithToken> createUserWithToken(TokenRequest request) {
        return createUser().thenApply(user -> new UserWithToken(user, users.issue()));
    }

    @Override
    public CompletableFuture<AccessToken> getToken(UserId user, TokenRequest request) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("a miss"));
    }

    @Override
    public CompletableFuture<AccessToken> getTokenForTeamsUser(TeamsTokenRequest request) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public CompletableFuture<Void> revokeTokens(UserId user) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public CompletableFuture<Void> deleteUser(UserId user) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }
}
