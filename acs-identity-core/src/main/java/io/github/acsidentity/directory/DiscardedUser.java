/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.UserId;

/**
 * A communication user that was created and is nobody's: it is to be deleted.
 *
 * @param attempt the attempt that created it
 * @param user the user
 */
public record DiscardedUser(CreationAttempt attempt, UserId user) {

    /**
     * Checks for nulls.
     *
     * @param attempt the attempt
     * @param user the user
     */
    public DiscardedUser {
        requireNonNull(attempt, "attempt");
        requireNonNull(user, "user");
    }
}
