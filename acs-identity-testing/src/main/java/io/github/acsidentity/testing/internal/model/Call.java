/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.UserId;
import org.jspecify.annotations.Nullable;

/**
 * One call under way; its door fills in what becomes known on the way. Confined to one thread but for what became of
 * its answer.
 */
public final class Call {

    private final IdentityOperation operation;
    private final @Nullable String requestId;
    private @Nullable UserId user;
    private @Nullable Resource resource;
    private volatile boolean answerLost;

    /** Starts a call. */
    public Call(IdentityOperation operation, @Nullable String requestId) {
        this.operation = operation;
        this.requestId = requestId;
    }

    /** Returns the operation. */
    public IdentityOperation operation() {
        return operation;
    }

    @Nullable
    String requestId() {
        return requestId;
    }

    /** Notes which user the call is about. */
    public void concerns(UserId user) {
        this.user = user;
    }

    /** Notes which resource was called. */
    public void reached(Resource resource) {
        this.resource = resource;
    }

    /** Notes that the caller will never read the answer. */
    void loseAnswer() {
        answerLost = true;
    }

    boolean isAnswerLost() {
        return answerLost;
    }

    CallRecord record(long millis, int status, @Nullable String errorCode, boolean answered) {
        return new CallRecord(
                operation,
                user,
                resource == null ? null : resource.id(),
                millis,
                requestId,
                status,
                errorCode,
                answered);
    }
}
