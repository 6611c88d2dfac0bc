/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.IdentityException;
import java.util.Optional;

/**
 * What a recovery did, and what is left.
 *
 * @param erased how many erasures it finished
 * @param deleted how many users it deleted that were nobody's
 * @param failed how many users it could not delete
 * @param failure why the first of these was not deleted, empty if there is none
 * @param left what the store holds now
 */
public record RecoveryReport(
        long erased, long deleted, long failed, Optional<IdentityException> failure, DirectoryStats left) {

    /**
     * Checks for nulls.
     *
     * @param erased erasures finished
     * @param deleted users deleted
     * @param failed users not deleted
     * @param failure the first failure
     * @param left what is left
     */
    public RecoveryReport {
        requireNonNull(failure, "failure");
        requireNonNull(left, "left");
    }
}
