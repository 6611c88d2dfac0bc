/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Erases the users of many external ids: first all are marked, so that nobody gets a token any more, then they are
 * deleted at a pace. Not safe for use by concurrent threads.
 */
final class Purge {

    private static final int PATIENCE = 5;

    private final UserMappingStore store;
    private final Erasure erasure;
    private final Consumer<? super PurgeProgress> progress;
    private final BulkErasure<ExternalId> deletions;
    private final List<ExternalId> marked = new ArrayList<>();
    private long absent;
    private int total;

    Purge(UserMappingStore store, Erasure erasure, Pace pace, Consumer<? super PurgeProgress> progress) {
        this.store = store;
        this.erasure = erasure;
        this.progress = progress;
        this.deletions = new BulkErasure<>(pace, this::delete, PATIENCE, this::tell);
    }

    PurgeReport run(Collection<ExternalId> ids) {
        total = ids.size();
        List<ExternalId> remaining = new ArrayList<>();
        RuntimeException failure = mark(ids, remaining);
        Iterator<ExternalId> rest = marked.iterator();
        if (failure == null) {
            deletions.run(rest);
        }
        rest.forEachRemaining(remaining::add);
        remaining.addAll(deletions.failed());
        return new PurgeReport(
                deletions.erased(),
                absent + deletions.absent(),
                remaining.stream().map(ExternalId::value).toList(),
                Optional.ofNullable(failure).or(deletions::failure));
    }

    private @Nullable RuntimeException mark(Collection<ExternalId> ids, List<ExternalId> remaining) {
        Iterator<ExternalId> left = ids.iterator();
        while (left.hasNext()) {
            ExternalId id = left.next();
            try {
                if (store.tombstone(id).isPresent()) {
                    marked.add(id);
                } else {
                    absent++;
                }
            } catch (UserMappingStoreException e) {
                remaining.add(id);
                left.forEachRemaining(remaining::add);
                return e;
            }
        }
        tell();
        return null;
    }

    /** Somebody else may have finished the erasure meanwhile, and the person may even be back. */
    private CompletableFuture<Boolean> delete(ExternalId id) {
        return store.find(id)
                .filter(UserMapping.Erasing.class::isInstance)
                .map(mapping -> erasure.finish((UserMapping.Erasing) mapping))
                .orElseGet(() -> CompletableFuture.completedFuture(false));
    }

    private void tell() {
        progress.accept(new PurgeProgress(
                deletions.erased(),
                absent + deletions.absent(),
                deletions.failed().size(),
                total));
    }
}
