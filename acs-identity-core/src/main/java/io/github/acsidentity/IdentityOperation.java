/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

/** The operations of an {@link IdentityManager}, as failures and statistics name them. */
public enum IdentityOperation {
    /** {@link IdentityManager#createUser()}. */
    CREATE_USER,
    /** {@link IdentityManager#createUserWithToken(TokenRequest)}. */
    CREATE_USER_WITH_TOKEN,
    /** {@link IdentityManager#getToken(UserId, TokenRequest)}. */
    GET_TOKEN,
    /** {@link IdentityManager#getTokenForTeamsUser(TeamsTokenRequest)}. */
    GET_TOKEN_FOR_TEAMS_USER,
    /** {@link IdentityManager#revokeTokens(UserId)}. */
    REVOKE_TOKENS,
    /** {@link IdentityManager#deleteUser(UserId)}. */
    DELETE_USER
}
