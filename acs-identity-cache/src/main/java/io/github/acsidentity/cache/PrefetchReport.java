/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.UserId;
import java.util.Map;

/**
 * What {@link CachingIdentityManager#prefetch} has done, or has done so far.
 *
 * <p>A user for whom no token could be got is not tried again; {@code prefetch(report.failures().keySet(), request,
 * progress)} does so.
 *
 * @param users how many users were asked for, each counted once
 * @param alreadyHeld of how many a fresh token was held already
 * @param issued for how many a token was issued
 * @param failures of whom no token could be got, and why; at most the first 1000 of them
 * @param failed of how many no token could be got
 */
public record PrefetchReport(int users, int alreadyHeld, int issued, Map<UserId, Throwable> failures, int failed) {

    /**
     * Copies the failures.
     *
     * @param users how many users were asked for
     * @param alreadyHeld of how many a fresh token was held already
     * @param issued for how many a token was issued
     * @param failures of whom no token could be got, and why
     * @param failed of how many no token could be got
     */
    public PrefetchReport {
        failures = Map.copyOf(requireNonNull(failures, "failures"));
    }

    /**
     * Returns how many users have been dealt with.
     *
     * @return the number, at the end that of the users
     */
    public int done() {
        return alreadyHeld + issued + failed;
    }
}
