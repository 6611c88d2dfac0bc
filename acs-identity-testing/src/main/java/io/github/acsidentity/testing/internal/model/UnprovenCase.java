/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

/** The cases in which nobody has seen the service, and what the model does unless told otherwise. */
public enum UnprovenCase {
    TOKEN_FOR_DELETED_USER(Reply.NOT_FOUND),
    TOKEN_FOR_UNKNOWN_USER(Reply.NOT_FOUND),
    REVOCATION_FOR_ABSENT_USER(Reply.DONE),
    DELETION_OF_ABSENT_USER(Reply.DONE),
    MALFORMED_USER_ID(Reply.NOT_OWNED),
    UNKNOWN_SCOPE(Reply.INVALID),
    NO_SCOPES_ON_CREATE(Reply.DONE),
    JOIN_SCOPE_IN_OLD_VERSION(Reply.DONE),
    VALIDITY_IN_OLD_VERSION(Reply.DONE),
    UNKNOWN_FIELD(Reply.DONE),
    MALFORMED_JSON(Reply.INVALID),
    QUOTA_EXCEEDED(Reply.PAUSE),
    UNMODELLED_OPERATION(Reply.NOT_IMPLEMENTED);

    private final Reply byDefault;

    UnprovenCase(Reply byDefault) {
        this.byDefault = byDefault;
    }

    /** Returns what the model does unless told otherwise. */
    public Reply byDefault() {
        return byDefault;
    }
}
