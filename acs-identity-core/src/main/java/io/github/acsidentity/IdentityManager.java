/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.UUID;

/**
 * Creates communication users and issues the access tokens that let them chat and call.
 *
 * <p>Implementations are safe for use by concurrent threads. Every method blocks until the service has answered and
 * reports a failure as an {@link IdentityException}; no method returns {@code null}. If the calling thread is
 * interrupted while it waits, its interrupt flag is set again and {@link OperationInterruptedException} is thrown.
 * After {@link #close()} every operation throws {@link IllegalStateException}.
 *
 * <p>To write one's own, the blocking methods are enough: {@link #async()} adapts them. Where the calls are
 * asynchronous by nature, implement {@link AsyncIdentityManager} and adapt it with {@link #from(AsyncIdentityManager)}.
 * Operations that come with later releases are default methods that throw {@link UnsupportedOperationException}, or do
 * without what is new.
 */
public interface IdentityManager extends AutoCloseable {

    /**
     * Creates a communication user.
     *
     * <p>The service has no idempotency key. If {@link IdentityException#outcomeUnknown()} is true of a failure, a user
     * may exist whose id nobody knows; it holds no token.
     *
     * @return the id of the new user
     * @throws IdentityException if the service refused or could not be reached
     */
    UserId createUser();

    /**
     * Creates a communication user under a request id of the caller's choice, under which the service can find the
     * request later, whether its answer arrived or not: all attempts send it as {@code x-ms-client-request-id}, and a
     * failure names it in {@link IdentityException#requestId()}.
     *
     * <p>The id is no idempotency key: a second call under the same id creates a second user. The default
     * implementation is {@link #createUser()}, under an id of the implementation's own.
     *
     * @param requestId the id, another one for each call
     * @return the id of the new user
     * @throws IdentityException as {@link #createUser()}
     */
    default UserId createUser(UUID requestId) {
        requireNonNull(requestId, "requestId");
        return createUser();
    }

    /**
     * Creates a communication user and issues its first access token, in one round trip.
     *
     * @param request the scopes and the validity asked for
     * @return the new user and its token
     * @throws IdentityException if the service refused or could not be reached
     */
    UserWithToken createUserWithToken(TokenRequest request);

    /**
     * Returns an access token.
     *
     * <p>Whether the token is new or reused is up to the implementation; it has not expired when it is returned.
     *
     * @param user the user that the token is for
     * @param request the scopes and the validity asked for
     * @return a token that grants the scopes asked for
     * @throws UserNotFoundException if the user does not exist, was deleted, or belongs to another resource
     * @throws IdentityException if the service refused or could not be reached
     */
    AccessToken getToken(UserId user, TokenRequest request);

    /**
     * Returns the token that {@link #getToken(UserId, TokenRequest)} would return without a call to the service, if
     * there is one. Never waits.
     *
     * <p>A manager that renews its tokens begins to do so as if {@code getToken} had been called. The default
     * implementation returns nothing: it is for managers that hold no tokens.
     *
     * @param user the user that the token is for
     * @param request the scopes and the validity asked for
     * @return a token that grants the scopes asked for and has not expired; empty if a call would be needed
     * @throws IllegalStateException if this manager holds tokens and has been closed
     */
    default Optional<AccessToken> heldToken(UserId user, TokenRequest request) {
        requireNonNull(user, "user");
        requireNonNull(request, "request");
        return Optional.empty();
    }

    /**
     * Exchanges the Microsoft Entra token of a Teams user for an access token with which that person calls as Teams
     * user.
     *
     * @param request the Entra token, and the application and user that it was issued for
     * @return a token that lives about as long as the Entra token
     * @throws TeamsTokenRejectedException if the service does not accept the Entra token
     * @throws IdentityException if the service refused or could not be reached
     */
    AccessToken getTokenForTeamsUser(TeamsTokenRequest request);

    /**
     * Revokes all access tokens that were issued for a user so far; tokens issued later are valid.
     *
     * <p>Chat and calling services may accept a revoked token for some minutes more (<a
     * href="https://learn.microsoft.com/azure/communication-services/concepts/identity-model">up to 15 according to the
     * service's documentation</a>).
     *
     * @param user the user whose tokens shall stop working
     * @throws UserNotFoundException if the user does not exist, was deleted, or belongs to another resource
     * @throws IdentityException if the service refused or could not be reached
     */
    void revokeTokens(UserId user);

    /**
     * Deletes a user, revokes its tokens and removes the data that the service holds of it.
     *
     * @param user the user to delete
     * @throws UserNotFoundException if the service says that the user does not exist or belongs to another resource;
     *     whether it does so for a user that was deleted before is up to the service
     * @throws IdentityException if the service refused or could not be reached
     */
    void deleteUser(UserId user);

    /**
     * Returns a view of this manager whose operations do not block the caller.
     *
     * <p>The view shares everything with this manager and ends with it. The default implementation runs the blocking
     * methods on a bounded pool of daemon threads that all managers share; a call that finds its queue full fails with
     * a {@link ThrottledException} that {@linkplain ThrottledException#isLocal() is local}. Implementations that do not
     * need threads override it.
     *
     * @return the view
     */
    default AsyncIdentityManager async() {
        return new AsyncOverBlocking(this, BlockingCalls.shared());
    }

    /**
     * Releases what this manager holds; idempotent, and without waiting for calls under way, which may fail.
     *
     * <p>What was handed in by the caller (an HTTP client, an executor, a scheduler) is not closed.
     */
    @Override
    void close();

    /**
     * Returns a blocking manager over an asynchronous one.
     *
     * <p>Its methods wait for the futures of {@code manager}; its {@link #async()} is {@code manager} itself, behind a
     * check that it has not been closed. An interrupted call stops waiting and leaves the operation running.
     *
     * @param manager what performs the operations; if it is {@link AutoCloseable}, it is closed together with the
     *     manager returned
     * @return the blocking manager
     */
    static IdentityManager from(AsyncIdentityManager manager) {
        return new BlockingOverAsync(manager);
    }
}
