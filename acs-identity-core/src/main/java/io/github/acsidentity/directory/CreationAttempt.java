/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * One attempt at creating a communication user, recorded before the call.
 *
 * @param requestId the id of the attempt, under which the service can find the request
 * @param startedAt when it began, by the clock of who made it
 * @param expiresAt from when on others may make an attempt of their own
 */
public record CreationAttempt(UUID requestId, Instant startedAt, Instant expiresAt) {

    /**
     * Checks the times.
     *
     * @param requestId the id of the attempt
     * @param startedAt when it began
     * @param expiresAt when it expires
     * @throws IllegalArgumentException if it expires before it began
     */
    public CreationAttempt {
        requireNonNull(requestId, "requestId");
        if (expiresAt.isBefore(startedAt)) {
            throw new IllegalArgumentException(
                    "expiresAt must not be before startedAt, but was " + expiresAt + ", and startedAt " + startedAt);
        }
    }

    /**
     * Returns whether others may take over.
     *
     * @param now the time to judge by
     * @return {@code true} from {@link #expiresAt()} on
     */
    public boolean isExpiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
