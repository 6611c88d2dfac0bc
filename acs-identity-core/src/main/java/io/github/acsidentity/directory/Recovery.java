/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import io.github.acsidentity.IdentityException;
import java.util.Optional;

/** Goes once through what is left to delete. Not safe for use by concurrent threads. */
final class Recovery {

    private static final int PAGE = 100;

    private final UserMappingStore store;
    private final BulkWork<UserMapping.Erasing> tombstones;
    private final BulkWork<DiscardedUser> discarded;

    Recovery(Erasure erasure, UserMappingStore store, Pace pace) {
        this.store = store;
        tombstones = new BulkWork<>(pace, erasure::finish, 0, () -> {});
        discarded = new BulkWork<>(pace, erasure::finish, 0, () -> {});
    }

    void run() {
        tombstones.run(new Pages<>(after -> store.erasing(after, PAGE)));
        if (!tombstones.isStopped()) {
            discarded.run(new Pages<>(after -> store.discarded(after, PAGE)));
        }
    }

    RecoveryReport report(DirectoryStats left) {
        Optional<RuntimeException> failure = tombstones.failure().or(discarded::failure);
        failure.filter(cause -> !(cause instanceof IdentityException)).ifPresent(cause -> {
            throw cause;
        });
        return new RecoveryReport(
                tombstones.done(),
                discarded.done(),
                tombstones.failed().size() + discarded.failed().size(),
                failure.map(IdentityException.class::cast),
                left);
    }
}
