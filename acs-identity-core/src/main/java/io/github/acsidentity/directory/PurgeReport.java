/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.IdentityException;
import java.util.List;
import java.util.Optional;

/**
 * What a purge did. {@link #toString()} counts the external ids and does not name them.
 *
 * @param erased how many users it deleted
 * @param absent how many external ids had no user, or one whom somebody else deleted meanwhile
 * @param remaining the external ids that are left: to go on, purge these. Most of them are marked already
 * @param failure the first failure, which may have been overcome: an {@link IdentityException}, a
 *     {@link UserMappingStoreException}, or an {@link IllegalStateException} if the directory or its manager was closed
 */
public record PurgeReport(long erased, long absent, List<String> remaining, Optional<RuntimeException> failure) {

    /**
     * Copies the list.
     *
     * @param erased users deleted
     * @param absent external ids without a user
     * @param remaining external ids that are left
     * @param failure the first failure
     */
    public PurgeReport {
        remaining = List.copyOf(remaining);
        requireNonNull(failure, "failure");
    }

    /**
     * Returns whether nothing remains.
     *
     * @return {@code true} if all users are deleted
     */
    public boolean isComplete() {
        return remaining.isEmpty();
    }

    @Override
    public String toString() {
        return "PurgeReport[erased=" + erased + ", absent=" + absent + ", remaining=<" + remaining.size()
                + " ids>, failure=" + failure + "]";
    }
}
