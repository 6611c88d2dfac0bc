/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.IdentityOperation;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The log of calls at one moment.
 *
 * @param latest the latest calls, as many as are kept
 * @param counts how many calls of an operation there were, the ones that are no longer kept included
 * @param mostUnderWay how many calls of an operation were under way at a time, at most
 */
public record CallSnapshot(
        List<CallRecord> latest, Map<IdentityOperation, Long> counts, Map<IdentityOperation, Integer> mostUnderWay) {

    /** Returns how many calls of an operation there were. */
    public long count(IdentityOperation operation) {
        return counts.getOrDefault(operation, 0L);
    }

    /** Returns how many calls of several operations there were. */
    public long count(Collection<IdentityOperation> operations) {
        return operations.stream().mapToLong(this::count).sum();
    }

    /** Returns how many calls of an operation were under way at a time, at most. */
    public int mostUnderWay(IdentityOperation operation) {
        return mostUnderWay.getOrDefault(operation, 0);
    }
}
