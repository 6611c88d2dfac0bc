/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static io.github.acsidentity.IdentityOperation.CREATE_USER;
import static io.github.acsidentity.IdentityOperation.CREATE_USER_WITH_TOKEN;
import static io.github.acsidentity.IdentityOperation.DELETE_USER;
import static io.github.acsidentity.IdentityOperation.GET_TOKEN;
import static io.github.acsidentity.IdentityOperation.GET_TOKEN_FOR_TEAMS_USER;
import static io.github.acsidentity.IdentityOperation.REVOKE_TOKENS;
import static java.util.Objects.requireNonNull;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A blocking manager that waits for the futures of an asynchronous one. */
final class BlockingOverAsync implements IdentityManager {

    private final AsyncIdentityManager manager;
    private final AtomicBoolean closed = new AtomicBoolean();

    BlockingOverAsync(AsyncIdentityManager manager) {
        this.manager = requireNonNull(manager, "manager");
    }

    @Override
    public UserId createUser() {
        return await(FailureDetails.of(CREATE_USER), async -> async.createUser());
    }

    @Override
    public UserId createUser(UUID requestId) {
        FailureDetails details = FailureDetails.of(CREATE_USER).withRequestId(requestId.toString());
        return await(details, async -> async.createUser(requestId));
    }

    @Override
    public UserWithToken createUserWithToken(TokenRequest request) {
        return await(FailureDetails.of(CREATE_USER_WITH_TOKEN), async -> async.createUserWithToken(request));
    }

    @Override
    public AccessToken getToken(UserId user, TokenRequest request) {
        return await(FailureDetails.of(GET_TOKEN).withUser(user), async -> async.getToken(user, request));
    }

    @Override
    public AccessToken getTokenForTeamsUser(TeamsTokenRequest request) {
        return await(FailureDetails.of(GET_TOKEN_FOR_TEAMS_USER), async -> async.getTokenForTeamsUser(request));
    }

    @Override
    public void revokeTokens(UserId user) {
        awaitVoid(FailureDetails.of(REVOKE_TOKENS).withUser(user), async -> async.revokeTokens(user));
    }

    @Override
    public void deleteUser(UserId user) {
        awaitVoid(FailureDetails.of(DELETE_USER).withUser(user), async -> async.deleteUser(user));
    }

    @Override
    public AsyncIdentityManager async() {
        if (closed.get()) {
            throw new IllegalStateException("This identity manager is closed");
        }
        return manager;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true) || !(manager instanceof AutoCloseable closeable)) {
            return;
        }
        try {
            closeable.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("The asynchronous identity manager could not be closed", e);
        }
    }

    private <T> T await(FailureDetails details, Function<AsyncIdentityManager, CompletableFuture<T>> operation) {
        AsyncIdentityManager async = async();
        return IdentityFutures.await(details, () -> operation.apply(async));
    }

    private void awaitVoid(FailureDetails details, Function<AsyncIdentityManager, CompletableFuture<Void>> operation) {
        await(details, async -> operation.apply(async).thenApply(nothing -> Boolean.TRUE));
    }
}
