/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.IdentityException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes once through what is left to delete, a page at a time. Not safe for use by concurrent threads. */
final class Recovery {

    private static final int PAGE = 100;

    private final Erasure erasure;
    private final UserMappingStore store;
    private long erased;
    private long deleted;
    private long failed;
    private boolean stopped;
    private @Nullable IdentityException firstFailure;

    Recovery(Erasure erasure, UserMappingStore store) {
        this.erasure = erasure;
        this.store = store;
    }

    void run() {
        List<UserMapping.Erasing> tombstones = store.erasing(null, PAGE);
        while (!tombstones.isEmpty() && !stopped) {
            for (UserMapping.Erasing tombstone : tombstones) {
                erased += done(() -> erasure.await(tombstone));
            }
            tombstones = store.erasing(tombstones.get(tombstones.size() - 1), PAGE);
        }
        List<DiscardedUser> users = store.discarded(null, PAGE);
        while (!users.isEmpty() && !stopped) {
            for (DiscardedUser user : users) {
                deleted += done(() -> erasure.await(user));
            }
            users = store.discarded(users.get(users.size() - 1), PAGE);
        }
    }

    RecoveryReport report(DirectoryStats left) {
        return new RecoveryReport(erased, deleted, failed, Optional.ofNullable(firstFailure), left);
    }

    private int done(Runnable step) {
        if (stopped) {
            return 0;
        }
        try {
            step.run();
            return 1;
        } catch (IdentityException e) {
            failed++;
            // the next user would fare no better
            stopped = e.isTransient() || e instanceof AccessDeniedException;
            if (firstFailure == null) {
                firstFailure = e;
            }
            return 0;
        }
    }
}
