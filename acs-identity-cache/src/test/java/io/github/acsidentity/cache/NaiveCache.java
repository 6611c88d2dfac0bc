/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What everybody writes first: get, call, put; and on revocation call, remove. The stress test must find it wrong. */
final class NaiveCache implements IdentityManager {

    private final IdentityManager delegate;
    private final TimeSource time;
    private final Map<UserId, AccessToken> tokens = new ConcurrentHashMap<>();

    NaiveCache(IdentityManager delegate, TimeSource time) {
        this.delegate = delegate;
        this.time = time;
    }

    @Override
    public AccessToken getToken(UserId user, TokenRequest request) {
        AccessToken held = tokens.get(user);
        if (held != null && time.millis() < held.expiresAt().toEpochMilli()) {
            return held;
        }
        AccessToken issued = delegate.getToken(user, request);
        tokens.put(user, issued);
        return issued;
    }

    @Override
    public void revokeTokens(UserId user) {
        delegate.revokeTokens(user);
        tokens.remove(user);
    }

    void invalidate(UserId user) {
        tokens.remove(user);
    }

    void invalidateAll() {
        tokens.clear();
    }

    @Override
    public UserId createUser() {
        return delegate.createUser();
    }

    @Override
    public UserWithToken createUserWithToken(TokenRequest request) {
        return delegate.createUserWithToken(request);
    }

    @Override
    public AccessToken getTokenForTeamsUser(TeamsTokenRequest request) {
        return delegate.getTokenForTeamsUser(request);
    }

    @Override
    public void deleteUser(UserId user) {
        delegate.deleteUser(user);
        tokens.remove(user);
    }

    @Override
    public void close() {
        delegate.close();
    }
}
