/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

/**
 * How far a purge has come.
 *
 * @param erased how many users it has deleted
 * @param absent how many external ids had no user, or one whom somebody else deleted meanwhile
 * @param failed how many users it could not delete
 * @param total how many external ids there are
 */
public record PurgeProgress(long erased, long absent, long failed, long total) {

    /**
     * Returns how many external ids are dealt with.
     *
     * @return the number, {@link #total()} at the end
     */
    public long done() {
        return erased + absent + failed;
    }
}
