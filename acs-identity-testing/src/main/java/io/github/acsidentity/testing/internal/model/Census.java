/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.UserId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts the users of all resources, in the order in which they were created.
 *
 * @param resources the resources, however many there are at the time
 */
record Census(List<Resource> resources) {

    Set<UserId> existing() {
        return ids(all().filter(User::exists));
    }

    /** Returns the users that were created by calls, those who came up to a number left out. */
    Set<UserId> created(long after) {
        return ids(createdByCalls(after));
    }

    /**
     * Returns the existing ones whose creation was repeated under the same request id, and therefore succeeded twice.
     */
    Set<UserId> orphans(long after) {
        List<User> named =
                createdByCalls(after).filter(user -> user.requestId() != null).toList();
        Map<List<@Nullable String>, User> latest = new HashMap<>();
        named.forEach(user -> latest.put(creation(user), user));
        return ids(named.stream().filter(user -> user.exists() && latest.get(creation(user)) != user));
    }

    private static List<@Nullable String> creation(User user) {
        return Arrays.asList(user.id().resourceId(), user.requestId());
    }

    private Stream<User> createdByCalls(long after) {
        return all().filter(user -> user.wasCreated() && user.number() > after);
    }

    private Stream<User> all() {
        return resources.stream()
                .flatMap(resource -> resource.users().stream())
                .sorted(Comparator.comparingLong(User::number));
    }

    private static Set<UserId> ids(Stream<User> users) {
        return users.map(User::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
