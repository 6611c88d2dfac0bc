/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import io.github.acsidentity.testing.internal.model.Reply;
import io.github.acsidentity.testing.internal.model.UnprovenCase;

/**
 * How the fake answers where neither documentation nor recordings of the real service say how it does.
 *
 * <p>Each case has two or three answers to choose from with
 * {@link FakeIdentityService.Builder#assume(AssumedBehaviour...)}; the first one listed is the default. A test that
 * fails with another choice relies on something that nobody has promised.
 */
public enum AssumedBehaviour {
    /** A token for a deleted user is refused with 404. */
    TOKEN_FOR_DELETED_USER_IS_NOT_FOUND(UnprovenCase.TOKEN_FOR_DELETED_USER, Reply.NOT_FOUND),
    /** A token for a deleted user is refused with 401 {@code IdentityNotOwned}. */
    TOKEN_FOR_DELETED_USER_IS_NOT_OWNED(UnprovenCase.TOKEN_FOR_DELETED_USER, Reply.NOT_OWNED),

    /** A token for an id of the resource that was never created is refused with 404. */
    TOKEN_FOR_UNKNOWN_USER_IS_NOT_FOUND(UnprovenCase.TOKEN_FOR_UNKNOWN_USER, Reply.NOT_FOUND),
    /** A token for an id of the resource that was never created is refused with 401 {@code IdentityNotOwned}. */
    TOKEN_FOR_UNKNOWN_USER_IS_NOT_OWNED(UnprovenCase.TOKEN_FOR_UNKNOWN_USER, Reply.NOT_OWNED),
    /** A token for an id of the resource that was never created is issued, and the user exists from then on. */
    TOKEN_FOR_UNKNOWN_USER_IS_ISSUED(UnprovenCase.TOKEN_FOR_UNKNOWN_USER, Reply.DONE),

    /** Revoking the tokens of a user that was deleted or never created does nothing. */
    REVOCATION_FOR_ABSENT_USER_SUCCEEDS(UnprovenCase.REVOCATION_FOR_ABSENT_USER, Reply.DONE),
    /** Revoking the tokens of a user that was deleted or never created is refused with 404. */
    REVOCATION_FOR_ABSENT_USER_IS_NOT_FOUND(UnprovenCase.REVOCATION_FOR_ABSENT_USER, Reply.NOT_FOUND),
    /** Revoking the tokens of a user that was deleted or never created is refused with 401 {@code IdentityNotOwned}. */
    REVOCATION_FOR_ABSENT_USER_IS_NOT_OWNED(UnprovenCase.REVOCATION_FOR_ABSENT_USER, Reply.NOT_OWNED),

    /** Deleting a user that was deleted or never created does nothing. */
    DELETION_OF_ABSENT_USER_SUCCEEDS(UnprovenCase.DELETION_OF_ABSENT_USER, Reply.DONE),
    /** Deleting a user that was deleted or never created is refused with 404. */
    DELETION_OF_ABSENT_USER_IS_NOT_FOUND(UnprovenCase.DELETION_OF_ABSENT_USER, Reply.NOT_FOUND),
    /** Deleting a user that was deleted or never created is refused with 401 {@code IdentityNotOwned}. */
    DELETION_OF_ABSENT_USER_IS_NOT_OWNED(UnprovenCase.DELETION_OF_ABSENT_USER, Reply.NOT_OWNED),

    /** On the wire: an id that is no user id is refused with 401 {@code IdentityNotOwned}. */
    MALFORMED_USER_ID_IS_NOT_OWNED(UnprovenCase.MALFORMED_USER_ID, Reply.NOT_OWNED),
    /** On the wire: an id that is no user id is refused with 404. */
    MALFORMED_USER_ID_IS_NOT_FOUND(UnprovenCase.MALFORMED_USER_ID, Reply.NOT_FOUND),
    /** On the wire: an id that is no user id is refused with 400. */
    MALFORMED_USER_ID_IS_INVALID(UnprovenCase.MALFORMED_USER_ID, Reply.INVALID),

    /** A scope that is not documented is refused with 400. */
    UNKNOWN_SCOPE_IS_INVALID(UnprovenCase.UNKNOWN_SCOPE, Reply.INVALID),
    /** A scope that is not documented goes into the token. */
    UNKNOWN_SCOPE_IS_GRANTED(UnprovenCase.UNKNOWN_SCOPE, Reply.DONE),

    /** On the wire: creating a user with an empty list of scopes creates a user without a token. */
    CREATION_WITH_EMPTY_SCOPES_SUCCEEDS(UnprovenCase.NO_SCOPES_ON_CREATE, Reply.DONE),
    /** On the wire: creating a user with an empty list of scopes is refused with 400. */
    CREATION_WITH_EMPTY_SCOPES_IS_INVALID(UnprovenCase.NO_SCOPES_ON_CREATE, Reply.INVALID),

    /** On the wire: the scopes for joining are granted in api-versions before 2023-10-01, too. */
    JOIN_SCOPE_IN_OLD_VERSION_IS_GRANTED(UnprovenCase.JOIN_SCOPE_IN_OLD_VERSION, Reply.DONE),
    /** On the wire: the scopes for joining are refused with 400 in api-versions before 2023-10-01. */
    JOIN_SCOPE_IN_OLD_VERSION_IS_INVALID(UnprovenCase.JOIN_SCOPE_IN_OLD_VERSION, Reply.INVALID),

    /** On the wire: a validity asked for in api-versions before 2022-10-01 is ignored. */
    VALIDITY_IN_OLD_VERSION_IS_IGNORED(UnprovenCase.VALIDITY_IN_OLD_VERSION, Reply.DONE),
    /** On the wire: a validity asked for in api-versions before 2022-10-01 is refused with 400. */
    VALIDITY_IN_OLD_VERSION_IS_INVALID(UnprovenCase.VALIDITY_IN_OLD_VERSION, Reply.INVALID),

    /** On the wire: a JSON field that the operation does not have is ignored. */
    UNKNOWN_FIELD_IS_IGNORED(UnprovenCase.UNKNOWN_FIELD, Reply.DONE),
    /** On the wire: a JSON field that the operation does not have is refused with 400. */
    UNKNOWN_FIELD_IS_INVALID(UnprovenCase.UNKNOWN_FIELD, Reply.INVALID),

    /** On the wire: a body that is not JSON is refused with 400. */
    MALFORMED_JSON_IS_INVALID(UnprovenCase.MALFORMED_JSON, Reply.INVALID),
    /** On the wire: a body that is not JSON is refused with 422. */
    MALFORMED_JSON_IS_UNPROCESSABLE(UnprovenCase.MALFORMED_JSON, Reply.UNPROCESSABLE),

    /** A call beyond a quota is refused with 429 and a {@code Retry-After} header. */
    QUOTA_EXCEEDED_NAMES_A_PAUSE(UnprovenCase.QUOTA_EXCEEDED, Reply.PAUSE),
    /** A call beyond a quota is refused with 429 and no word about when to come back. */
    QUOTA_EXCEEDED_NAMES_NO_PAUSE(UnprovenCase.QUOTA_EXCEEDED, Reply.DONE),

    /**
     * On the wire: an operation of the service that the fake lacks (Teams extension, Entra, previews) is answered 501.
     */
    UNMODELLED_OPERATION_IS_NOT_IMPLEMENTED(UnprovenCase.UNMODELLED_OPERATION, Reply.NOT_IMPLEMENTED),
    /** On the wire: an operation of the service that the fake lacks is answered 404. */
    UNMODELLED_OPERATION_IS_NOT_FOUND(UnprovenCase.UNMODELLED_OPERATION, Reply.NOT_FOUND);

    private final UnprovenCase unproven;
    private final Reply reply;

    AssumedBehaviour(UnprovenCase unproven, Reply reply) {
        this.unproven = unproven;
        this.reply = reply;
    }

    /**
     * Returns whether the fake behaves like this unless told otherwise.
     *
     * @return {@code true} if it is the default of its case
     */
    public boolean isDefault() {
        return unproven.byDefault() == reply;
    }

    UnprovenCase unproven() {
        return unproven;
    }

    Reply reply() {
        return reply;
    }
}
