/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.CreationAttempt;
import io.github.acsidentity.directory.DirectoryStats;
import io.github.acsidentity.directory.DiscardedUser;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.InMemoryUserMappingStore;
import io.github.acsidentity.directory.UserMapping;
import io.github.acsidentity.directory.UserMappingStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A store in memory that counts its reads, with steps before and after reads and erasures. */
final class SteppedMappingStore implements UserMappingStore {

    private final UserMappingStore mappings = new InMemoryUserMappingStore();
    private final AtomicInteger finds = new AtomicInteger();
    private volatile Runnable beforeFind = () -> {};
    private volatile Runnable afterFind = () -> {};
    private volatile Runnable beforeTombstone = () -> {};
    private volatile Runnable afterTombstone = () -> {};

    int finds() {
        return finds.get();
    }

    void beforeFind(Runnable step) {
        beforeFind = step;
    }

    /** Sets what happens when a read has its answer, and before anybody gets it. */
    void afterFind(Runnable step) {
        afterFind = step;
    }

    void beforeTombstone(Runnable step) {
        beforeTombstone = step;
    }

    void afterTombstone(Runnable step) {
        afterTombstone = step;
    }

    @Override
    public Optional<UserMapping> find(ExternalId id) {
        finds.incrementAndGet();
        beforeFind.run();
        Optional<UserMapping> mapping = mappings.find(id);
        afterFind.run();
        return mapping;
    }

    @Override
    public Optional<UserMapping> recall(ExternalId id) {
        throw new AssertionError("The ages of nested caches add up");
    }

    @Override
    public Optional<UserMapping.Erasing> tombstone(ExternalId id) {
        beforeTombstone.run();
        Optional<UserMapping.Erasing> erasing = mappings.tombstone(id);
        afterTombstone.run();
        return erasing;
    }

    @Override
    public Optional<ExternalId> externalId(UserId user) {
        return mappings.externalId(user);
    }

    @Override
    public UserMapping reserve(ExternalId id, CreationAttempt attempt) {
        return mappings.reserve(id, attempt);
    }

    @Override
    public boolean bind(ExternalId id, CreationAttempt attempt, UserId user) {
        return mappings.bind(id, attempt, user);
    }

    @Override
    public void release(ExternalId id, CreationAttempt attempt, boolean outcomeUnknown) {
        mappings.release(id, attempt, outcomeUnknown);
    }

    @Override
    public void discard(ExternalId id, DiscardedUser discarded) {
        mappings.discard(id, discarded);
    }

    @Override
    public void settle(UUID requestId) {
        mappings.settle(requestId);
    }

    @Override
    public UserMapping adopt(ExternalId id, UserId user) {
        return mappings.adopt(id, user);
    }

    @Override
    public void forget(UserMapping.Erasing tombstone) {
        mappings.forget(tombstone);
    }

    @Override
    public int expireReservations(Instant now) {
        return mappings.expireReservations(now);
    }

    @Override
    public List<UserMapping.Erasing> erasing(UserMapping.@Nullable Erasing after, int limit) {
        return mappings.erasing(after, limit);
    }

    @Override
    public List<DiscardedUser> discarded(@Nullable DiscardedUser after, int limit) {
        return mappings.discarded(after, limit);
    }

    @Override
    public List<CreationAttempt> unknown(int limit) {
        return mappings.unknown(limit);
    }

    @Override
    public DirectoryStats stats(Instant now) {
        return mappings.stats(now);
    }
}
