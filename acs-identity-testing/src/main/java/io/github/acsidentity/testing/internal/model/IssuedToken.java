/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import org.jspecify.annotations.Nullable;

/**
 * What the model knows of a token that it issued.
 *
 * @param caller on whose behalf it was issued
 * @param user the user, or {@code null} for a Teams user, whom the model does not keep
 * @param number the place of the token in the order of issue
 * @param expiresAtMillis the first millisecond at which it no longer works
 */
record IssuedToken(Caller caller, @Nullable User user, long number, long expiresAtMillis) {

    boolean isAcceptedAt(long millis) {
        return millis < expiresAtMillis
                && (caller.key() == null || caller.resource().holds(caller.key()))
                && (user == null || user.accepts(number));
    }
}
