/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.contract;

import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.CreationAttempt;
import io.github.acsidentity.directory.DiscardedUser;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserMapping;
import io.github.acsidentity.directory.UserMappingStore;
import java.util.Optional;
import java.util.Set;

/** Somebody who creates and erases one user, step by step, and may stop after each. */
final class Caller {

    private final UserMappingStore store;
    private final Set<UserId> service;
    private final ExternalId id;
    private final CreationAttempt attempt;
    private final int number;
    private final UserId user;

    /**
     * Creates a caller.
     *
     * @param service the users that exist at the service
     * @param startsAt when the attempt begins, in milliseconds
     * @param number that of the user whom the service creates if this caller asks it to
     */
    Caller(UserMappingStore store, Set<UserId> service, ExternalId id, long startsAt, int number) {
        this.store = store;
        this.service = service;
        this.id = id;
        this.attempt = Mappings.attempt(startsAt);
        this.number = number;
        this.user = Mappings.user(number);
    }

    UserMapping reserve() {
        return store.reserve(id, attempt);
    }

    void createAtService() {
        service.add(user);
    }

    boolean bind() {
        return store.bind(id, attempt, user);
    }

    void release(boolean outcomeUnknown) {
        store.release(id, attempt, outcomeUnknown);
    }

    void discard() {
        store.discard(id, new DiscardedUser(attempt, user));
    }

    void settle() {
        store.settle(attempt.requestId());
    }

    UserMapping adopt() {
        return store.adopt(id, user);
    }

    Optional<UserMapping.Erasing> tombstone() {
        return store.tombstone(id);
    }

    void deleteAtService() {
        service.remove(user);
    }

    void forget() {
        store.forget(new UserMapping.Erasing(id, user));
    }

    /** Another caller takes the reservation over when it has expired, and is done before this one goes on. */
    void isOvertaken() {
        new Caller(store, service, id, Mappings.LIFE.toMillis(), 10 + number).resolve();
    }

    /** Takes all steps, and those that somebody else has left out. */
    UserMapping resolve() {
        tombstoneOf(store.find(id)).ifPresent(this::finish);
        UserMapping there = reserve();
        if (!there.equals(new UserMapping.Reserved(id, attempt))) {
            return there;
        }
        createAtService();
        if (!bind()) {
            throw new AssertionError("not bound by the only one who is there");
        }
        return new UserMapping.Bound(id, user);
    }

    /** Erases whoever the id has. */
    void erase() {
        tombstone().ifPresent(this::finish);
    }

    private void finish(UserMapping.Erasing mark) {
        service.remove(mark.user());
        store.forget(mark);
    }

    private static Optional<UserMapping.Erasing> tombstoneOf(Optional<UserMapping> mapping) {
        return mapping.filter(UserMapping.Erasing.class::isInstance).map(UserMapping.Erasing.class::cast);
    }
}
