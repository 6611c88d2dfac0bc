/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserMapping;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A read of a mapping store under way, which others may wait for. */
final class MappingRead {

    private final ExternalId id;
    private final long startedAt;
    private final CompletableFuture<Optional<UserMapping>> answer = new CompletableFuture<>();
    private volatile boolean fenced;

    /** Begins with the time before the store is asked: what it answers may be as old as that. */
    MappingRead(ExternalId id, long startedAt) {
        this.id = id;
        this.startedAt = startedAt;
    }

    ExternalId id() {
        return id;
    }

    long startedAt() {
        return startedAt;
    }

    CompletableFuture<Optional<UserMapping>> answer() {
        return answer;
    }

    /** Keeps the answer from being remembered. */
    void fence() {
        fenced = true;
    }

    boolean isFenced() {
        return fenced;
    }
}
