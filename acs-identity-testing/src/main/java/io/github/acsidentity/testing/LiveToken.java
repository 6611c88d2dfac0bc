/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.internal.model.IssuedToken;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** An access token that chat and calling would accept, as the fake service knows it; without its secret. */
public final class LiveToken {

    private final IssuedToken token;

    LiveToken(IssuedToken token) {
        this.token = token;
    }

    /**
     * Returns whose token it is.
     *
     * @return the user; nothing for a Teams user, whom the service does not keep
     */
    public Optional<UserId> user() {
        return token.userId();
    }

    /**
     * Returns which resource issued it.
     *
     * @return the {@linkplain FakeResource#id() id of the resource}
     */
    public String resourceId() {
        return token.caller().resource().id();
    }

    /**
     * Returns what it allows.
     *
     * @return the scopes, in the order in which they were asked for; unmodifiable
     */
    public Set<TokenScope> scopes() {
        return token.scopes();
    }

    /**
     * Returns when it was issued.
     *
     * @return the time on the clock of the service
     */
    public Instant issuedAt() {
        return Instant.ofEpochMilli(token.issuedAtMillis());
    }

    /**
     * Returns when it expires.
     *
     * @return the first instant at which it no longer works
     */
    public Instant expiresAt() {
        return Instant.ofEpochMilli(token.expiresAtMillis());
    }

    /** Returns what is known of the token. */
    @Override
    public String toString() {
        return "LiveToken[user=" + user().map(UserId::rawId).orElse(null) + ", scopes="
                + scopes().stream().map(TokenScope::value).toList() + ", issuedAt=" + issuedAt() + ", expiresAt="
                + expiresAt() + "]";
    }
}
