/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sample values, and calls of any operation with them, for tests that hold for all operations. */
public final class Samples {

    public static final UserId USER =
            new UserId("8:acs:0b1c2d3e-1111-4222-8333-444455556666_0000001f-2a3b-4c5d-6e7f-8a9b0c0d0e0f");

    public static final AccessToken TOKEN =
            new AccessToken("sample-secret-token", Instant.parse("2026-03-03T09:05:07.123Z"));

    public static final TokenRequest REQUEST = TokenRequest.of(TokenScope.VOIP);

    public static final TeamsTokenRequest TEAMS_REQUEST = new TeamsTokenRequest(
            "sample-entra-token", "11111111-2222-4333-8444-555566667777", "99999999-8888-4777-8666-555544443333");

    private Samples() {}

    /** Calls the operation and returns its result, {@code null} for the ones that have none. */
    public static @Nullable Object call(IdentityManager manager, IdentityOperation operation) {
        return switch (operation) {
            case CREATE_USER -> manager.createUser();
            case CREATE_USER_WITH_TOKEN -> manager.createUserWithToken(REQUEST);
            case GET_TOKEN -> manager.getToken(USER, REQUEST);
            case GET_TOKEN_FOR_TEAMS_USER -> manager.getTokenForTeamsUser(TEAMS_REQUEST);
            case REVOKE_TOKENS -> {
                manager.revokeTokens(USER);
                yield null;
            }
            case DELETE_USER -> {
                manager.deleteUser(USER);
                yield null;
            }
        };
    }

    /** Starts the operation and returns its future. */
    public static CompletableFuture<?> start(AsyncIdentityManager manager, IdentityOperation operation) {
        return switch (operation) {
            case CREATE_USER -> manager.createUser();
            case CREATE_USER_WITH_TOKEN -> manager.createUserWithToken(REQUEST);
            case GET_TOKEN -> manager.getToken(USER, REQUEST);
            case GET_TOKEN_FOR_TEAMS_USER -> manager.getTokenForTeamsUser(TEAMS_REQUEST);
            case REVOKE_TOKENS -> manager.revokeTokens(USER);
            case DELETE_USER -> manager.deleteUser(USER);
        };
    }

    /** Returns what a manager that only knows the sample values answers, {@code null} for a void operation. */
    public static @Nullable Object answer(IdentityOperation operation) {
        return switch (operation) {
            case CREATE_USER -> USER;
            case CREATE_USER_WITH_TOKEN -> new UserWithToken(USER, TOKEN);
            case GET_TOKEN, GET_TOKEN_FOR_TEAMS_USER -> TOKEN;
            case REVOKE_TOKENS, DELETE_USER -> null;
        };
    }
}
