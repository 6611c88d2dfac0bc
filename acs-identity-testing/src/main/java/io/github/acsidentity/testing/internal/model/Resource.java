/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One resource: its address, its two keys and its users. Safe for use by concurrent threads. */
public final class Resource {

    private final String id;
    private final String host;
    private final Random random;
    private final Map<UserId, User> users = new ConcurrentHashMap<>();
    private final List<QuotaCounter> counters;
    private final Runnable keyRetired;
    private volatile AccessKey primary;
    private volatile AccessKey secondary;

    /**
     * Creates a resource.
     *
     * @param keyRetired run when a key is no longer valid
     */
    Resource(String id, String host, Random random, List<QuotaLimit> quotas, Runnable keyRetired) {
        this.id = id;
        this.host = host;
        this.random = random;
        this.primary = AccessKey.random(random);
        this.secondary = AccessKey.random(random);
        this.counters = quotas.stream().map(QuotaCounter::new).toList();
        this.keyRetired = keyRetired;
    }

    /** Returns the immutable id, a GUID in lower case. */
    public String id() {
        return id;
    }

    /** Returns the host name under which the resource is called. */
    public String host() {
        return host;
    }

    /** Returns whether the resource has the given host name, without a port. */
    public boolean answersAt(String hostName) {
        return host.equals(hostName.toLowerCase(Locale.ROOT));
    }

    /** Returns the primary key. */
    public AccessKey primary() {
        return primary;
    }

    /** Returns the secondary key. */
    public AccessKey secondary() {
        return secondary;
    }

    /** Returns the keys that are valid now. */
    public List<AccessKey> keys() {
        return List.of(primary, secondary);
    }

    /** Replaces the primary key. */
    public void regeneratePrimary() {
        primary = AccessKey.random(random);
        keyRetired.run();
    }

    /** Replaces the secondary key. */
    public void regenerateSecondary() {
        secondary = AccessKey.random(random);
        keyRetired.run();
    }

    /** Counts a call; returns how long to wait before the next one is allowed, zero if this one is. */
    Duration countCall(IdentityOperation operation, long ticks) {
        Duration longest = Duration.ZERO;
        for (QuotaCounter counter : counters) {
            if (counter.limit().concerns(operation)) {
                Duration pause = counter.count(ticks);
                longest = pause.compareTo(longest) > 0 ? pause : longest;
            }
        }
        return longest;
    }

    boolean holds(AccessKey key) {
        return key == primary || key == secondary;
    }

    boolean owns(UserId user) {
        return user.resourceId().toLowerCase(Locale.ROOT).equals(id);
    }

    /** Deletes all users and forgets that they were there, and how often the resource was called; returns the users. */
    List<User> reset() {
        counters.forEach(QuotaCounter::reset);
        List<User> deleted = new ArrayList<>();
        users.values().removeIf(user -> {
            user.delete();
            return deleted.add(user);
        });
        return deleted;
    }

    Optional<User> find(UserId id) {
        return Optional.ofNullable(users.get(id));
    }

    User add(UserId id, long number, @Nullable Call creation) {
        return users.computeIfAbsent(id, absent -> new User(absent, number, creation));
    }
}
