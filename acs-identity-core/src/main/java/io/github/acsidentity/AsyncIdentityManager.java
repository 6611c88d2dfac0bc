/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static java.util.Objects.requireNonNull;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The operations of {@link IdentityManager} without blocking the caller.
 *
 * <p>Implementations are safe for use by concurrent threads and keep these rules:
 *
 * <ul>
 *   <li>An argument error, and the use after the manager was closed, are thrown by the call itself. Everything else is
 *       reported by the future: it fails with an {@link IdentityException} that is not wrapped (stages derived from the
 *       future see it inside a {@link java.util.concurrent.CompletionException}, as is usual).
 *   <li>Every call returns a future of its own. Cancelling or completing it detaches that caller only: an operation
 *       that others wait for, or that creates a user, runs to its end.
 *   <li>Dependent stages run on no thread that the manager needs to make progress, so they may call the blocking API.
 * </ul>
 *
 * @see IdentityManager#async()
 */
public interface AsyncIdentityManager {

    /**
     * Creates a communication user.
     *
     * @return a future of the id of the new user
     * @see IdentityManager#createUser()
     */
    CompletableFuture<UserId> createUser();

    /**
     * Creates a communication user under a request id of the caller's choice. The default implementation is
     * {@link #createUser()}, under an id of the implementation's own.
     *
     * @param requestId the id, another one for each call
     * @return a future of the id of the new user
     * @see IdentityManager#createUser(UUID)
     */
    default CompletableFuture<UserId> createUser(UUID requestId) {
        requireNonNull(requestId, "requestId");
        return createUser();
    }

    /**
     * Creates a communication user and issues its first access token, in one round trip.
     *
     * @param request the scopes and the validity asked for
     * @return a future of the new user and its token
     * @see IdentityManager#createUserWithToken(TokenRequest)
     */
    CompletableFuture<UserWithToken> createUserWithToken(TokenRequest request);

    /**
     * Returns an access token, new or reused.
     *
     * @param user the user that the token is for
     * @param request the scopes and the validity asked for
     * @return a future of a token that grants the scopes asked for
     * @see IdentityManager#getToken(UserId, TokenRequest)
     */
    CompletableFuture<AccessToken> getToken(UserId user, TokenRequest request);

    /**
     * Exchanges the Microsoft Entra token of a Teams user for an access token.
     *
     * @param request the Entra token, and the application and user that it was issued for
     * @return a future of the access token
     * @see IdentityManager#getTokenForTeamsUser(TeamsTokenRequest)
     */
    CompletableFuture<AccessToken> getTokenForTeamsUser(TeamsTokenRequest request);

    /**
     * Revokes all access tokens that were issued for a user so far.
     *
     * @param user the user whose tokens shall stop working
     * @return a future that completes when the service has done so
     * @see IdentityManager#revokeTokens(UserId)
     */
    CompletableFuture<Void> revokeTokens(UserId user);

    /**
     * Deletes a user.
     *
     * @param user the user to delete
     * @return a future that completes when the service has done so
     * @see IdentityManager#deleteUser(UserId)
     */
    CompletableFuture<Void> deleteUser(UserId user);
}
