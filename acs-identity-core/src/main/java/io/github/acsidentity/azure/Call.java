/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static io.github.acsidentity.IdentityOperation.CREATE_USER;
import static io.github.acsidentity.IdentityOperation.CREATE_USER_WITH_TOKEN;

import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One operation on its way through the SDK's pipeline, over all its attempts.
 *
 * <p>It travels in the Reactor context, so that the policies know what they are carrying. Attempts follow each other,
 * each perhaps on another thread; the deadline may strike at any moment. How far an attempt has come is therefore one
 * atomic value, and a call that has been given up is not sent any more.
 */
final class Call {

    /** How far the present attempt has come. */
    enum Progress {
        /** It waits for its credential. */
        WAITING,
        /** It has its signature or bearer token. */
        AUTHENTICATED,
        /** The transport has it: the service may do the work. */
        SENT,
        /** Some answer has arrived. */
        ANSWERED,
        /** The expected answer has arrived, with its whole body. */
        RECEIVED,
        /** The deadline has struck. */
        GIVEN_UP
    }

    private final Target target;
    private final IdentityOperation operation;
    private final @Nullable UserId user;
    private final boolean joinScopes;
    private final long deadline;
    private final List<String> secrets;
    private volatile @Nullable String requiredRequestId;
    private volatile @Nullable String requestId;
    private volatile boolean perhapsDone;
    private Progress progress = Progress.WAITING;

    /**
     * Creates a call.
     *
     * @param joinScopes whether a scope is asked for that api-versions before 2023-10-01 do not know
     * @param secrets the secrets of this call alone
     * @param deadline the ticks at which the operation is given up
     */
    Call(
            Target target,
            IdentityOperation operation,
            @Nullable UserId user,
            boolean joinScopes,
            List<String> secrets,
            long deadline) {
        this.target = target;
        this.operation = operation;
        this.user = user;
        this.joinScopes = joinScopes;
        this.secrets = new CopyOnWriteArrayList<>(secrets);
        this.deadline = deadline;
    }

    Target target() {
        return target;
    }

    IdentityOperation operation() {
        return operation;
    }

    boolean joinScopes() {
        return joinScopes;
    }

    /** Sets the request id that all attempts send, before the first one; otherwise the SDK draws one. */
    void requireRequestId(String id) {
        requiredRequestId = id;
        requestId = id;
    }

    @Nullable
    String requiredRequestId() {
        return requiredRequestId;
    }

    /** Returns the nanoseconds left until the deadline; negative if it has passed. */
    long nanosLeft(long now) {
        return deadline - now;
    }

    boolean createsUser() {
        return operation == CREATE_USER || operation == CREATE_USER_WITH_TOKEN;
    }

    int expectedStatus() {
        return switch (operation) {
            case CREATE_USER, CREATE_USER_WITH_TOKEN -> 201;
            case GET_TOKEN, GET_TOKEN_FOR_TEAMS_USER -> 200;
            case REVOKE_TOKENS, DELETE_USER -> 204;
        };
    }

    /** Returns the texts that no message may hold. */
    List<String> secrets() {
        List<String> all = new ArrayList<>(target.secrets().get());
        all.addAll(secrets);
        return all;
    }

    void addSecret(String secret) {
        secrets.add(secret);
    }

    synchronized Progress progress() {
        return progress;
    }

    void attemptStarted(@Nullable String id) {
        requestId = id;
        advance(Progress.WAITING);
    }

    void authenticated() {
        advance(Progress.AUTHENTICATED);
    }

    /**
     * Hands the attempt over to the transport.
     *
     * @return whether that is allowed: the call has not been given up, and no policy sends the creation of a user twice
     */
    synchronized boolean send() {
        Progress before = progress;
        advance(Progress.SENT);
        return before == Progress.AUTHENTICATED || (before != Progress.GIVEN_UP && !createsUser());
    }

    void answerArrived() {
        advance(Progress.ANSWERED);
    }

    void wholeAnswerArrived() {
        advance(Progress.RECEIVED);
    }

    synchronized void giveUp() {
        if (progress.compareTo(Progress.SENT) >= 0) {
            mayHaveBeenDone();
        }
        progress = Progress.GIVEN_UP;
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

    private synchronized void advance(Progress next) {
        if (progress != Progress.GIVEN_UP) {
            progress = next;
        }
    }
}
