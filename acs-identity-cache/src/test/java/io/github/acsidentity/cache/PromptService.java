/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** A service that answers at once, on the caller's thread; for a single thread. */
final class PromptService implements AsyncIdentityManager {

    /** What the next calls for tokens fail with. */
    final Deque<IdentityException> failures = new ArrayDeque<>();

    private final TimeSource time;
    private int users;
    private int calls;

    PromptService(TimeSource time) {
        this.time = time;
    }

    int calls() {
        return calls;
    }

    @Override
    public CompletableFuture<UserId> createUser() {
        return CompletableFuture.completedFuture(Values.user(1_000_000 + users++));
    }

    @Override
    public CompletableFuture<UserWithToken> createUserWithToken(TokenRequest request) {
        return createUser().thenApply(user -> new UserWithToken(user, token(request)));
    }

    @Override
    public CompletableFuture<AccessToken> getToken(UserId user, TokenRequest request) {
        calls++;
        IdentityException failure = failures.poll();
        return failure == null
                ? CompletableFuture.completedFuture(token(request))
                : CompletableFuture.failedFuture(failure);
    }

    @Override
    public CompletableFuture<AccessToken> getTokenForTeamsUser(TeamsTokenRequest request) {
        return CompletableFuture.completedFuture(token(Values.CHAT));
    }

    @Override
    public CompletableFuture<Void> revokeTokens(UserId user) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> deleteUser(UserId user) {
        return CompletableFuture.completedFuture(null);
    }

    private AccessToken token(TokenRequest request) {
        Duration validity = request.validity().orElse(TokenRequest.MAXIMUM_VALIDITY);
        return new AccessToken(
                "token" + calls, Instant.ofEpochMilli(time.millis()).plus(validity));
    }
}
