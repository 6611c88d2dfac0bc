/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.IdentityOperation;
import java.time.Duration;
import java.util.Set;

/**
 * How many calls are allowed within a time.
 *
 * @param calls how many
 * @param window the time
 * @param operations what counts, together; none means all
 */
public record QuotaLimit(int calls, Duration window, Set<IdentityOperation> operations) {

    boolean concerns(IdentityOperation operation) {
        return operations.isEmpty() || operations.contains(operation);
    }
}
