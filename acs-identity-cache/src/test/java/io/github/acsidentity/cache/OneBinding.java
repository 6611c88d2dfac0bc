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
import io.github.acsidentity.directory.UserMapping;
import io.github.acsidentity.directory.UserMappingStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A store of one binding that can be erased, so small that a model checker can look at it. */
final class OneBinding implements UserMappingStore {

    private static final UserId USER = Values.user(1);

    private final ExternalId id;
    private volatile boolean erased;

    OneBinding(ExternalId id) {
        this.id = id;
    }

    @Override
    public Optional<UserMapping> find(ExternalId id) {
        return Optional.of(erased ? new UserMapping.Erasing(id, USER) : new UserMapping.Bound(id, USER));
    }

    @Override
    public Optional<UserMapping.Erasing> tombstone(ExternalId id) {
        erased = true;
        return Optional.of(new UserMapping.Erasing(id, USER));
    }

    @Override
    public Optional<ExternalId> externalId(UserId user) {
        return Optional.of(id);
    }

    @Override
    public UserMapping reserve(ExternalId id, CreationAttempt attempt) {
        throw unsupported();
    }

    @Override
    public boolean bind(ExternalId id, CreationAttempt attempt, UserId user) {
        throw unsupported();
    }

    @Override
    public void release(ExternalId id, CreationAttempt attempt, boolean outcomeUnknown) {
        throw unsupported();
    }

    @Override
    public void discard(ExternalId id, DiscardedUser discarded) {
        throw unsupported();
    }

    @Override
    public void settle(UUID requestId) {
        throw unsupported();
    }

    @Override
    public UserMapping adopt(ExternalId id, UserId user) {
        throw unsupported();
    }

    @Override
    public void forget(UserMapping.Erasing tombstone) {
        throw unsupported();
    }

    @Override
    public int expireReservations(Instant now) {
        throw unsupported();
    }

    @Override
    public List<UserMapping.Erasing> erasing(UserMapping.@Nullable Erasing after, int limit) {
        throw unsupported();
    }

    @Override
    public List<DiscardedUser> discarded(@Nullable DiscardedUser after, int limit) {
        throw unsupported();
    }

    @Override
    public List<CreationAttempt> unknown(int limit) {
        throw unsupported();
    }

    @Override
    public DirectoryStats stats(Instant now) {
        throw unsupported();
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("not modelled");
    }
}
