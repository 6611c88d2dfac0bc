/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Erases the users of many external ids: first all are marked, so that nobody gets a token any more, then they are
 * deleted at a pace. Not safe for use by concurrent threads.
 */
final class Purge {

    private static final int PATIENCE = 5;

    private final UserMappingStore store;
    private final Erasure erasure;
    private final Resolver resolver;
    private final Consumer<? super PurgeProgress> progress;
    private final BulkWork<ExternalId> marks;
    private final BulkWork<ExternalId> deletions;
    private final List<ExternalId> marked = new ArrayList<>();
    private int total;

    Purge(
            UserMappingStore store,
            Erasure erasure,
            Resolver resolver,
            Pace paceOfMarks,
            Pace pace,
            Consumer<? super PurgeProgress> progress) {
        this.store = store;
        this.erasure = erasure;
        this.resolver = resolver;
        this.progress = progress;
        this.marks = new BulkWork<>(paceOfMarks, this::mark, PATIENCE, () -> {});
        this.deletions = new BulkWork<>(pace, this::delete, PATIENCE, this::tell);
    }

    PurgeReport run(Collection<ExternalId> ids) {
        total = ids.size();
        Iterator<ExternalId> toMark = ids.iterator();
        marks.run(toMark);
        Iterator<ExternalId> toDelete = marked.iterator();
        if (!marks.isStopped()) {
            tell();
            deletions.run(toDelete);
        }
        List<String> remaining = new ArrayList<>();
        Consumer<ExternalId> remains = id -> remaining.add(id.value());
        toDelete.forEachRemaining(remains);
        toMark.forEachRemaining(remains);
        Stream.of(marks.failed(), deletions.unfinished(), deletions.failed()).forEach(some -> some.forEach(remains));
        return new PurgeReport(
                deletions.done(), absent(), remaining, marks.failure().or(deletions::failure));
    }

    private CompletableFuture<Boolean> mark(ExternalId id) {
        boolean present = store.tombstone(id).isPresent();
        resolver.detach(id);
        if (present) {
            marked.add(id);
        }
        return CompletableFuture.completedFuture(present);
    }

    /** Somebody else may have finished the erasure meanwhile, and the person may even be back. */
    private CompletableFuture<Boolean> delete(ExternalId id) {
        return store.find(id)
                .filter(UserMapping.Erasing.class::isInstance)
                .map(mapping -> erasure.finish((UserMapping.Erasing) mapping))
                .orElseGet(() -> CompletableFuture.completedFuture(false));
    }

    private void tell() {
        progress.accept(
                new PurgeProgress(deletions.done(), absent(), deletions.failed().size(), total));
    }

    private long absent() {
        return marks.absent() + deletions.absent();
    }
}
