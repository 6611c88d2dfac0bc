/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The users of all resources, in the order in which they came into being: those that exist, and those that calls have
 * created since it was asked to forget these. Safe for use by concurrent threads.
 */
final class Census {

    private final NavigableMap<Long, User> existing = new TreeMap<>();
    private final NavigableMap<Long, User> created = new TreeMap<>();

    /** Enters a user; entering one again changes nothing. */
    synchronized void add(User user) {
        // it may have been deleted on its way here
        if (user.exists()) {
            existing.put(user.number(), user);
        }
        if (user.creation() != null) {
            created.put(user.number(), user);
        }
    }

    /** Strikes off a user who has just been deleted. */
    synchronized void remove(User user) {
        existing.remove(user.number());
    }

    synchronized Set<UserId> existing() {
        return ids(existing.values(), user -> true);
    }

    synchronized int count() {
        return existing.size();
    }

    /** Returns the existing users who came last, the newest first. */
    synchronized List<User> newest(int limit) {
        List<User> newest = new ArrayList<>();
        for (User user : existing.descendingMap().values()) {
            if (newest.size() == limit) {
                break;
            }
            newest.add(user);
        }
        return newest;
    }

    synchronized Set<UserId> created() {
        return ids(created.values(), user -> true);
    }

    synchronized void forgetCreated() {
        created.clear();
    }

    /**
     * Returns the created ones who exist, but whose caller never reads the answer, or has repeated the request for want
     * of one.
     */
    synchronized Set<UserId> orphans() {
        Map<List<@Nullable String>, User> latest = new HashMap<>();
        created.values().forEach(user -> latest.put(request(user), user));
        return ids(
                created.values(),
                user -> user.exists() && (user.isAnswerLost() || (isNamed(user) && latest.get(request(user)) != user)));
    }

    private static boolean isNamed(User user) {
        return request(user).get(1) != null;
    }

    private static List<@Nullable String> request(User user) {
        Call creation = user.creation();
        return Arrays.asList(user.id().resourceId(), creation == null ? null : creation.requestId());
    }

    private static Set<UserId> ids(Collection<User> users, Predicate<User> wanted) {
        Set<UserId> ids = new LinkedHashSet<>();
        users.stream().filter(wanted).map(User::id).forEach(ids::add);
        return ids;
    }
}
