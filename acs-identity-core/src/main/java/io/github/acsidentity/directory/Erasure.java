/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityFutures;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Deletes users at the service and then forgets them. Safe for use by concurrent threads. */
final class Erasure {

    private final AsyncIdentityManager service;
    private final UserMappingStore store;
    private final Executor executor;

    Erasure(AsyncIdentityManager service, UserMappingStore store, Executor executor) {
        this.service = service;
        this.store = store;
        this.executor = executor;
    }

    /** Deletes the user of a tombstone, and waits for it. */
    void await(UserMapping.Erasing tombstone) {
        boolean unused = IdentityFutures.await(
                FailureDetails.of(IdentityOperation.DELETE_USER).withUser(tombstone.user()), () -> finish(tombstone));
    }

    /** Deletes the user of a tombstone; what fails leaves it. */
    CompletableFuture<Boolean> finish(UserMapping.Erasing tombstone) {
        return delete(tombstone.user(), () -> store.forget(tombstone));
    }

    /** Deletes a user that is nobody's, unless somebody has it after all; what fails leaves its record. */
    CompletableFuture<Boolean> finish(DiscardedUser discarded) {
        UUID attempt = discarded.attempt().requestId();
        if (store.externalId(discarded.user()).isPresent()) {
            store.settle(attempt);
            return CompletableFuture.completedFuture(false);
        }
        return delete(discarded.user(), () -> store.settle(attempt));
    }

    /** A user that the service does not know is deleted; one that it says is another resource's may well be there. */
    private CompletableFuture<Boolean> delete(UserId user, Runnable whenGone) {
        CompletableFuture<Void> deletion;
        try {
            deletion = service.deleteUser(user);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        return deletion.handleAsync(
                (done, failure) -> {
                    if (failure != null && !saysGone(failure)) {
                        throw failure instanceof CompletionException wrapped
                                ? wrapped
                                : new CompletionException(failure);
                    }
                    whenGone.run();
                    return true;
                },
                executor);
    }

    private static boolean saysGone(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof UserNotFoundException notFound && !notFound.isForeignResource();
    }
}
