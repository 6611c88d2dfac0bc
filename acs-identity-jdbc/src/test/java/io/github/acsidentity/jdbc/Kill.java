/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

/**
 * Where a process is killed, and how many users may and do remain unknown then.
 *
 * @param operation {@code create} or {@code delete}
 * @param point where, as {@link DyingProcess} is told
 * @param counted how many users count as possibly unknown afterwards
 * @param unknown how many users there are at the service that nobody knows
 */
record Kill(String operation, String point, int counted, int unknown) {

    boolean isDeletion() {
        return operation.equals("delete");
    }

    /** Whether the request has arrived and its answer has not. */
    boolean isBetweenRequestAndAnswer() {
        return point.startsWith("within ");
    }

    KillOutcome expected() {
        return isDeletion()
                ? new KillOutcome(this, 0, 0, 1, counted, unknown)
                : new KillOutcome(this, 1, 1 + unknown, 0, counted, unknown);
    }
}
