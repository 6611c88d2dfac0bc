/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A bearer token and the instant at which it stops working.
 *
 * <p>The value is a secret: {@link #toString()} leaves it out.
 *
 * @param value the token, to be sent as it is; opaque
 * @param expiresAt the first instant at which the service no longer accepts the token
 */
public record AccessToken(String value, Instant expiresAt) {

    /**
     * Checks the value.
     *
     * @param value the token, not blank
     * @param expiresAt the expiry
     * @throws IllegalArgumentException if {@code value} is blank
     */
    public AccessToken {
        if (value.isBlank()) {
            throw new IllegalArgumentException("value must not be blank");
        }
        requireNonNull(expiresAt, "expiresAt");
    }

    /**
     * Returns whether the token has expired.
     *
     * @param now the instant to judge by
     * @return {@code true} if the token no longer works at {@code now}
     */
    public boolean isExpiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** Returns the expiry, without the secret. */
    @Override
    public String toString() {
        return "AccessToken[value=<redacted>, expiresAt=" + expiresAt + "]";
    }
}
