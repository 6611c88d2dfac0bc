/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.UserId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A {@link UserMappingStore} in memory, for tests and for trying things out: when the process ends, nobody knows any
 * more which user is whose.
 *
 * <p>Instances are safe for use by concurrent threads.
 */
public final class InMemoryUserMappingStore implements UserMappingStore {

    private static final Comparator<ExternalId> BY_TEXT =
            Comparator.comparing(ExternalId::namespace).thenComparing(ExternalId::value);

    private final Map<ExternalId, UserMapping> mappings = new HashMap<>();
    /** Of the users that are bound, or are to be deleted with their mappings. */
    private final Map<UserId, ExternalId> owners = new HashMap<>();

    private final NavigableMap<ExternalId, UserMapping.Erasing> tombstones = new TreeMap<>(BY_TEXT);
    private final Map<UUID, CreationAttempt> unknown = new HashMap<>();
    private final NavigableMap<UUID, DiscardedUser> discarded = new TreeMap<>();

    /** Creates an empty store. */
    public InMemoryUserMappingStore() {}

    @Override
    public synchronized Optional<UserMapping> find(ExternalId id) {
        return Optional.ofNullable(mappings.get(requireNonNull(id, "id")));
    }

    @Override
    public synchronized Optional<ExternalId> externalId(UserId user) {
        return Optional.ofNullable(owners.get(requireNonNull(user, "user")))
                .filter(id -> mappings.get(id) instanceof UserMapping.Bound);
    }

    @Override
    public synchronized UserMapping reserve(ExternalId id, CreationAttempt attempt) {
        UserMapping held = mappings.get(id);
        if (held instanceof UserMapping.Reserved reserved && isExpired(reserved, attempt.startedAt())) {
            recordUnknown(reserved.attempt());
        } else if (held != null) {
            return held;
        }
        UserMapping.Reserved reserved = new UserMapping.Reserved(id, attempt);
        mappings.put(id, reserved);
        return reserved;
    }

    @Override
    public synchronized boolean bind(ExternalId id, CreationAttempt attempt, UserId user) {
        UserMapping.Bound bound = new UserMapping.Bound(id, user);
        if (bound.equals(mappings.get(id))) {
            return true;
        }
        if (!isReserved(id, attempt)) {
            return false;
        }
        if (owners.containsKey(user)) {
            throw new UserMappingStoreException("The user belongs to another external id", false, null);
        }
        mappings.put(id, bound);
        owners.put(user, id);
        return true;
    }

    @Override
    public synchronized void release(ExternalId id, CreationAttempt attempt, boolean outcomeUnknown) {
        if (isReserved(id, attempt)) {
            mappings.remove(id);
        }
        if (outcomeUnknown) {
            recordUnknown(attempt);
        } else {
            unknown.remove(attempt.requestId());
        }
    }

    @Override
    public synchronized void discard(ExternalId id, DiscardedUser discarded) {
        release(id, discarded.attempt(), false);
        this.discarded.put(discarded.attempt().requestId(), discarded);
    }

    @Override
    public synchronized void settle(UUID requestId) {
        discarded.remove(requireNonNull(requestId, "requestId"));
    }

    @Override
    public synchronized UserMapping adopt(ExternalId id, UserId user) {
        UserMapping.Bound bound = new UserMapping.Bound(id, user);
        UserMapping held = mappings.get(id);
        if (held != null && !(held instanceof UserMapping.Reserved)) {
            return held;
        }
        ExternalId owner = owners.get(user);
        if (owner != null) {
            return requireNonNull(mappings.get(owner));
        }
        if (held instanceof UserMapping.Reserved reserved) {
            recordUnknown(reserved.attempt());
        }
        mappings.put(id, bound);
        owners.put(user, id);
        return bound;
    }

    @Override
    public synchronized Optional<UserMapping.Erasing> tombstone(ExternalId id) {
        UserMapping held = mappings.get(requireNonNull(id, "id"));
        if (held instanceof UserMapping.Bound bound) {
            UserMapping.Erasing erasing = new UserMapping.Erasing(id, bound.user());
            mappings.put(id, erasing);
            tombstones.put(id, erasing);
        } else if (held instanceof UserMapping.Reserved reserved) {
            mappings.remove(id);
            recordUnknown(reserved.attempt());
        }
        return Optional.ofNullable(tombstones.get(id));
    }

    @Override
    public synchronized void forget(UserMapping.Erasing tombstone) {
        if (mappings.remove(tombstone.externalId(), tombstone)) {
            tombstones.remove(tombstone.externalId());
            owners.remove(tombstone.user());
        }
    }

    @Override
    public synchronized int expireReservations(Instant now) {
        List<UserMapping.Reserved> expired = mappings.values().stream()
                .filter(UserMapping.Reserved.class::isInstance)
                .map(UserMapping.Reserved.class::cast)
                .filter(reserved -> isExpired(reserved, now))
                .toList();
        expired.forEach(reserved -> release(reserved.externalId(), reserved.attempt(), true));
        return expired.size();
    }

    @Override
    public synchronized List<UserMapping.Erasing> erasing(UserMapping.@Nullable Erasing after, int limit) {
        requirePositive(limit);
        return (after == null ? tombstones : tombstones.tailMap(after.externalId(), false))
                .values().stream().limit(limit).toList();
    }

    @Override
    public synchronized List<DiscardedUser> discarded(@Nullable DiscardedUser after, int limit) {
        requirePositive(limit);
        return (after == null ? discarded : discarded.tailMap(after.attempt().requestId(), false))
                .values().stream().limit(limit).toList();
    }

    @Override
    public synchronized List<CreationAttempt> unknown(int limit) {
        requirePositive(limit);
        return unknown.values().stream()
                .sorted(Comparator.comparing(CreationAttempt::startedAt).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized DirectoryStats stats(Instant now) {
        long expired = 0;
        long reserved = 0;
        for (UserMapping mapping : mappings.values()) {
            if (mapping instanceof UserMapping.Reserved held) {
                if (isExpired(held, now)) {
                    expired++;
                } else {
                    reserved++;
                }
            }
        }
        long bound = mappings.size() - tombstones.size() - reserved - expired;
        return new DirectoryStats(bound, reserved, tombstones.size(), discarded.size(), unknown.size() + expired);
    }

    private boolean isReserved(ExternalId id, CreationAttempt attempt) {
        return mappings.get(id) instanceof UserMapping.Reserved reserved
                && reserved.attempt().requestId().equals(attempt.requestId());
    }

    private static boolean isExpired(UserMapping.Reserved reserved, Instant now) {
        return reserved.attempt().isExpiredAt(now);
    }

    private void recordUnknown(CreationAttempt attempt) {
        unknown.put(attempt.requestId(), attempt);
    }

    private static void requirePositive(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, but was " + limit);
        }
    }
}
