/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the model knows of a token that it issued.
 *
 * @param caller on whose behalf it was issued
 * @param user the user, or {@code null} for a Teams user, whom the model does not keep
 * @param number the place of the token in the order of issue
 * @param scopes what it allows, unmodifiable
 * @param issuedAtMillis when it was issued
 * @param expiresAtMillis the first millisecond at which it no longer works
 */
public record IssuedToken(
        Caller caller,
        @Nullable User user,
        long number,
        Set<TokenScope> scopes,
        long issuedAtMillis,
        long expiresAtMillis) {

    /** Returns whose it is, if the model keeps that user. */
    public Optional<UserId> userId() {
        return Optional.ofNullable(user).map(User::id);
    }

    boolean isKeyValid() {
        return caller.key() == null || caller.resource().holds(caller.key());
    }

    boolean isUnrevoked() {
        return user == null || user.accepts(number);
    }
}
