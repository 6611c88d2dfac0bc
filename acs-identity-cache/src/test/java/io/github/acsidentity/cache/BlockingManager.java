/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A user's own manager, which knows nothing of futures; its tokens come when they are released. */
final class BlockingManager implements IdentityManager {

    private final AccessToken token;
    private final CompletableFuture<AccessToken> released = new CompletableFuture<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean closed;

    BlockingManager(AccessToken token) {
        this.token = token;
    }

    void release() {
        released.complete(token);
    }

    int calls() {
        return calls.get();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public AccessToken getToken(UserId user, TokenRequest request) {
        calls.incrementAndGet();
        return released.join();
    }

    @Override
    public UserId createUser() {
        return ManualService.NEW_USER;
    }

    @Override
    public UserWithToken createUserWithToken(TokenRequest request) {
        return new UserWithToken(createUser(), getToken(createUser(), request));
    }

    @Override
    public AccessToken getTokenForTeamsUser(TeamsTokenRequest request) {
        return released.join();
    }

    @Override
    public void revokeTokens(UserId user) {
        calls.incrementAndGet();
    }

    @Override
    public void deleteUser(UserId user) {
        calls.incrementAndGet();
    }

    @Override
    public void close() {
        closed = true;
    }
}
