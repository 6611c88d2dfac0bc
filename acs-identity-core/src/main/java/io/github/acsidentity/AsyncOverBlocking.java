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

/** The asynchronous view of a manager that only blocks. */
record AsyncOverBlocking(IdentityManager manager, BlockingCalls calls) implements AsyncIdentityManager {

    @Override
    public CompletableFuture<UserId> createUser() {
        return calls.run(CREATE_USER, () -> manager.createUser());
    }

    @Override
    public CompletableFuture<UserId> createUser(UUID requestId) {
        FailureDetails details = FailureDetails.of(CREATE_USER).withRequestId(requestId.toString());
        return calls.run(details, () -> manager.createUser(requestId));
    }

    @Override
    public CompletableFuture<UserWithToken> createUserWithToken(TokenRequest request) {
        requireNonNull(request, "request");
        return calls.run(CREATE_USER_WITH_TOKEN, () -> manager.createUserWithToken(request));
    }

    @Override
    public CompletableFuture<AccessToken> getToken(UserId user, TokenRequest request) {
        requireNonNull(user, "user");
        requireNonNull(request, "request");
        return calls.run(GET_TOKEN, () -> manager.getToken(user, request));
    }

    @Override
    public CompletableFuture<AccessToken> getTokenForTeamsUser(TeamsTokenRequest request) {
        requireNonNull(request, "request");
        return calls.run(GET_TOKEN_FOR_TEAMS_USER, () -> manager.getTokenForTeamsUser(request));
    }

    @Override
    public CompletableFuture<Void> revokeTokens(UserId user) {
        requireNonNull(user, "user");
        return calls.run(REVOKE_TOKENS, () -> {
            manager.revokeTokens(user);
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> deleteUser(UserId user) {
        requireNonNull(user, "user");
        return calls.run(DELETE_USER, () -> {
            manager.deleteUser(user);
            return null;
        });
    }
}
