/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static java.util.Objects.requireNonNull;

/**
 * A new user and its first access token.
 *
 * @param user the id of the user
 * @param token the token
 */
public record UserWithToken(UserId user, AccessToken token) {

    /**
     * Checks that nothing is missing.
     *
     * @param user the id of the user
     * @param token the token
     */
    public UserWithToken {
        requireNonNull(user, "user");
        requireNonNull(token, "token");
    }
}
