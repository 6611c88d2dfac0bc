/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** An asynchronous manager whose operations are all done by one function; counts how often it is closed. */
final class StubAsyncManager implements AsyncIdentityManager, AutoCloseable {

    private final Function<IdentityOperation, CompletableFuture<?>> behaviour;
    private int closed;

    StubAsyncManager(Function<IdentityOperation, CompletableFuture<?>> behaviour) {
        this.behaviour = behaviour;
    }

    /** Returns a manager whose operations all succeed with the sample answers. */
    static StubAsyncManager answering() {
        return new StubAsyncManager(operation -> CompletableFuture.completedFuture(Samples.answer(operation)));
    }

    /** Returns a manager whose operations all return futures that have failed. */
    static StubAsyncManager failing(Throwable failure) {
        return new StubAsyncManager(operation -> CompletableFuture.failedFuture(failure));
    }

    int timesClosed() {
        return closed;
    }

    @Override
    public CompletableFuture<UserId> createUser() {
        return start(IdentityOperation.CREATE_USER);
    }

    @Override
    public CompletableFuture<UserWithToken> createUserWithToken(TokenRequest request) {
        return start(IdentityOperation.CREATE_USER_WITH_TOKEN);
    }

    @Override
    public CompletableFuture<AccessToken> getToken(UserId user, TokenRequest request) {
        return start(IdentityOperation.GET_TOKEN);
    }

    @Override
    public CompletableFuture<AccessToken> getTokenForTeamsUser(TeamsTokenRequest request) {
        return start(IdentityOperation.GET_TOKEN_FOR_TEAMS_USER);
    }

    @Override
    public CompletableFuture<Void> revokeTokens(UserId user) {
        return start(IdentityOperation.REVOKE_TOKENS);
    }

    @Override
    public CompletableFuture<Void> deleteUser(UserId user) {
        return start(IdentityOperation.DELETE_USER);
    }

    @Override
    public void close() {
        closed++;
    }

    @SuppressWarnings("unchecked")
    private <T> CompletableFuture<T> start(IdentityOperation operation) {
        return (CompletableFuture<T>) behaviour.apply(operation);
    }
}
