/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A blocking manager that has only what a user's own one must have; one function does all its operations. */
final class StubManager implements IdentityManager {

    /** What a call of an operation does, and what it returns. */
    interface Behaviour {
        @Nullable
        Object run(IdentityOperation operation);
    }

    private final Behaviour behaviour;

    StubManager(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    /** Returns a manager whose operations all succeed with the sample answers. */
    static StubManager answering() {
        return new StubManager(Samples::answer);
    }

    /** Returns a manager whose operations all fail. */
    static StubManager failing(RuntimeException failure) {
        return new StubManager(operation -> {
            throw failure;
        });
    }

    @Override
    public UserId createUser() {
        return (UserId) requireNonNull(behaviour.run(IdentityOperation.CREATE_USER));
    }

    @Override
    public UserWithToken createUserWithToken(TokenRequest request) {
        return (UserWithToken) requireNonNull(behaviour.run(IdentityOperation.CREATE_USER_WITH_TOKEN));
    }

    @Override
    public AccessToken getToken(UserId user, TokenRequest request) {
        return (AccessToken) requireNonNull(behaviour.run(IdentityOperation.GET_TOKEN));
    }

    @Override
    public AccessToken getTokenForTeamsUser(TeamsTokenRequest request) {
        return (AccessToken) requireNonNull(behaviour.run(IdentityOperation.GET_TOKEN_FOR_TEAMS_USER));
    }

    @Override
    public void revokeTokens(UserId user) {
        behaviour.run(IdentityOperation.REVOKE_TOKENS);
    }

    @Override
    public void deleteUser(UserId user) {
        behaviour.run(IdentityOperation.DELETE_USER);
    }

    @Override
    public void close() {}
}
