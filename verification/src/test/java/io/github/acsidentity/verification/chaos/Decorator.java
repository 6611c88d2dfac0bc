/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;

/** What stands between the cache and its callers; those that are wrong on purpose extend it. */
class Decorator implements IdentityManager {

    final IdentityManager cache;

    Decorator(IdentityManager cache) {
        this.cache = cache;
    }

    @Override
    public UserId createUser() {
        return cache.createUser();
    }

    @Override
    public UserWithToken createUserWithToken(TokenRequest request) {
        return cache.createUserWithToken(request);
    }

    @Override
    public AccessToken getToken(UserId user, TokenRequest request) {
        return cache.getToken(user, request);
    }

    @Override
    public AccessToken getTokenForTeamsUser(TeamsTokenRequest request) {
        return cache.getTokenForTeamsUser(request);
    }

    @Override
    public void revokeTokens(UserId user) {
        cache.revokeTokens(user);
    }

    @Override
    public void deleteUser(UserId user) {
        cache.deleteUser(user);
    }

    @Override
    public void close() {
        cache.close();
    }
}
