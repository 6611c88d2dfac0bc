/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * The resource that all users of a directory belong to: the one that was set, or else that of the first user who was
 * created. Safe for use by concurrent threads.
 */
final class Resource {

    private static final FailureDetails CREATION = FailureDetails.of(IdentityOperation.CREATE_USER);
    private static final String HINT = ": is the connection string of another resource in use?";

    private volatile @Nullable String id;
    private volatile @Nullable UserId foreign;

    Resource(@Nullable String id) {
        this.id = id;
    }

    /**
     * Learns the resource from a user who was just created; throws if it is another than the expected one.
     *
     * @throws AccessDeniedException if the user is another resource's; from then on no other is to be created
     */
    void requireExpected(UserId user) {
        if (id == null) {
            synchronized (this) {
                if (id == null) {
                    id = user.resourceId();
                }
            }
        }
        if (isForeign(user)) {
            foreign = user;
        }
        requireOwnConnection();
    }

    /** Throws if the service is known to create users of another resource. */
    void requireOwnConnection() {
        UserId created = foreign;
        if (created != null) {
            throw new AccessDeniedException(
                    "The service created a user of resource " + created.resourceId()
                            + ", who is not kept, because the directory is of resource " + id + HINT,
                    CREATION.withUser(created));
        }
    }

    boolean isForeign(UserId user) {
        String mine = id;
        return mine != null && !mine.equalsIgnoreCase(user.resourceId());
    }

    UserId requireMine(UserId user) {
        if (isForeign(user)) {
            throw new UserNotFoundException(
                    "The user is of resource " + user.resourceId() + ", and the directory of resource " + id + HINT,
                    FailureDetails.of(IdentityOperation.GET_TOKEN)
                            .withUser(user)
                            .withErrorCode("IdentityNotOwned"));
        }
        return user;
    }

    void requireAdoptable(UserId user) {
        if (isForeign(user)) {
            throw new IllegalArgumentException("The user " + user + " must be of the directory's resource " + id);
        }
    }
}
