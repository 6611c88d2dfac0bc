/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

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

/** What makes sense within a transaction of the caller. */
final class JoinedUserMappingStore implements UserMappingStore {

    private final Operations operations;

    JoinedUserMappingStore(Operations operations) {
        this.operations = operations;
    }

    @Override
    public Optional<UserMapping> find(ExternalId id) {
        return operations.find(id);
    }

    @Override
    public Optional<ExternalId> externalId(UserId user) {
        return JdbcUserMappingStore.boundId(operations.findUser(user));
    }

    @Override
    public UserMapping adopt(ExternalId id, UserId user) {
        return operations.adopt(id, user);
    }

    @Override
    public Optional<UserMapping.Erasing> tombstone(ExternalId id) {
        return operations.tombstone(id);
    }

    @Override
    public UserMapping reserve(ExternalId id, CreationAttempt attempt) {
        throw unsupported("reserve");
    }

    @Override
    public boolean bind(ExternalId id, CreationAttempt attempt, UserId user) {
        throw unsupported("bind");
    }

    @Override
    public void release(ExternalId id, CreationAttempt attempt, boolean outcomeUnknown) {
        throw unsupported("release");
    }

    @Override
    public void discard(ExternalId id, DiscardedUser discarded) {
        throw unsupported("discard");
    }

    @Override
    public void settle(UUID requestId) {
        throw unsupported("settle");
    }

    @Override
    public void forget(UserMapping.Erasing tombstone) {
        throw unsupported("forget");
    }

    @Override
    public int expireReservations(Instant now) {
        throw unsupported("expireReservations");
    }

    @Override
    public List<UserMapping.Erasing> erasing(UserMapping.@Nullable Erasing after, int limit) {
        throw unsupported("erasing");
    }

    @Override
    public List<DiscardedUser> discarded(@Nullable DiscardedUser after, int limit) {
        throw unsupported("discarded");
    }

    @Override
    public List<CreationAttempt> unknown(int limit) {
        throw unsupported("unknown");
    }

    @Override
    public DirectoryStats stats(Instant now) {
        throw unsupported("stats");
    }

    private static UnsupportedOperationException unsupported(String method) {
        return new UnsupportedOperationException(method + " belongs to calls of the service, which no transaction can"
                + " take back: everybody must see what it does at once. Call it on the store itself");
    }
}
