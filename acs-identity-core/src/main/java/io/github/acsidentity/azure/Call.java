/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.UserId;
import org.jspecify.annotations.Nullable;

/**
 * One operation on its way through the SDK's pipeline, over all its attempts.
 *
 * <p>It travels in the Reactor context, so that the policies know what they are carrying. Attempts follow each other;
 * the fields are volatile because each may run on another thread.
 */
final class Call {

    private final IdentityOperation operation;
    private final @Nullable UserId user;
    private final boolean joinScopes;
    private final long deadline;
    private volatile @Nullable String requestId;
    private volatile boolean authenticated;
    private volatile boolean answered;
    private volatile boolean perhapsDone;

    /**
     * Creates a call.
     *
     * @param joinScopes whether a scope is asked for that api-versions before 2023-10-01 do not know
     * @param deadline the ticks at which the operation is given up
     */
    Call(IdentityOperation operation, @Nullable UserId user, boolean joinScopes, long deadline) {
        this.operation = operation;
        this.user = user;
        this.joinScopes = joinScopes;
        this.deadline = deadline;
    }

    IdentityOperation operation() {
        return operation;
    }

    boolean joinScopes() {
        return joinScopes;
    }

    /** Returns the nanoseconds left until the deadline; negative if it has passed. */
    long nanosLeft(long now) {
        return deadline - now;
    }

    boolean createsUser() {
        return operation == IdentityOperation.CREATE_USER || operation == IdentityOperation.CREATE_USER_WITH_TOKEN;
    }

    int expectedStatus() {
        return switch (operation) {
            case CREATE_USER, CREATE_USER_WITH_TOKEN -> 201;
            case GET_TOKEN, GET_TOKEN_FOR_TEAMS_USER -> 200;
            case REVOKE_TOKENS, DELETE_USER -> 204;
        };
    }

    void attemptStarted(@Nullable String id) {
        requestId = id;
        authenticated = false;
        answered = false;
    }

    /** The request has its signature or bearer token and is about to be sent. */
    void requestAuthenticated() {
        authenticated = true;
    }

    boolean isAuthenticated() {
        return authenticated;
    }

    /** The expected status has arrived, with its whole body. */
    void answerArrived() {
        answered = true;
    }

    boolean isAnswered() {
        return answered;
    }

    /** From here on nobody can say any more that the service has done nothing. */
    void mayHaveBeenDone() {
        perhapsDone = true;
    }

    FailureDetails details() {
        FailureDetails details = FailureDetails.of(operation).withOutcomeUnknown(perhapsDone);
        UserId subject = user;
        if (subject != null) {
            details = details.withUser(subject);
        }
        String id = requestId;
        return id == null ? details : details.withRequestId(id);
    }

    /** Returns what is done, as the beginning of a message. */
    @Override
    public String toString() {
        String what = switch (operation) {
            case CREATE_USER -> "Creating a user";
            case CREATE_USER_WITH_TOKEN -> "Creating a user with a token";
            case GET_TOKEN -> "Issuing a token";
            case GET_TOKEN_FOR_TEAMS_USER -> "Exchanging the token of a Teams user";
            case REVOKE_TOKENS -> "Revoking tokens";
            case DELETE_USER -> "Deleting a user";
        };
        return user == null ? what : what + " (" + user + ")";
    }
}
