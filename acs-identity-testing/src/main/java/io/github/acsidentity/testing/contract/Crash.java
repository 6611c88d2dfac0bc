/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.DirectoryStats;
import io.github.acsidentity.directory.DiscardedUser;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserMapping;
import io.github.acsidentity.directory.UserMappingStore;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Two processes that die at the same step, one with Alice and one with Bob, and what others do after that: with Alice
 * they go on at once, with Bob after a recovery.
 */
final class Crash {

    private static final Instant LATER = Mappings.NOW.plus(Mappings.LIFE);
    private static final int PAGE = 10;
    private static final int SURVIVORS = 20;

    private final UserMappingStore store;
    private final Set<UserId> service = ConcurrentHashMap.newKeySet();

    Crash(UserMappingStore store) {
        this.store = store;
    }

    /** Lets each of the two take some steps, on a thread of its own that ends with the last of them. */
    Crash after(Consumer<Caller> steps) {
        Mappings.inParallel(1, thread -> steps.accept(caller(Mappings.ALICE, 1, 0)));
        Mappings.inParallel(1, thread -> steps.accept(caller(Mappings.BOB, 2, 0)));
        return this;
    }

    /** Lets each of the two take some steps when it has been overtaken and has a user in spite of that. */
    Crash afterBeingOvertaken(Consumer<Caller> steps) {
        return after(caller -> {
            caller.reserve();
            caller.isOvertaken();
            caller.createAtService();
            assertThat(caller.bind()).as("bind by who was overtaken").isFalse();
            steps.accept(caller);
        });
    }

    /** Lets each of the two take some steps when it has a user who is bound. */
    Crash afterBinding(Consumer<Caller> steps) {
        return after(caller -> {
            caller.resolve();
            steps.accept(caller);
        });
    }

    /** Others go on, and both ids have the users that the dead have got bound for them. */
    void leavesTheUsers() {
        leaves(0, 0);
        assertThat(store.find(Mappings.ALICE)).contains(new UserMapping.Bound(Mappings.ALICE, Mappings.user(1)));
        assertThat(store.find(Mappings.BOB)).contains(new UserMapping.Bound(Mappings.BOB, Mappings.user(2)));
    }

    /** Others go on, and neither user nor doubt is left of the dead. */
    void leavesNothing() {
        leaves(0, 0);
    }

    /**
     * Others go on: both ids have one user each.
     *
     * @param orphans how many users are left at the service that nobody knows
     * @param unknown how many there may be by the store's count
     */
    void leaves(int orphans, int unknown) {
        assertEverybodyIsAccountedFor();
        caller(Mappings.ALICE, SURVIVORS, Mappings.LIFE.toMillis()).resolve();
        assertEverybodyIsAccountedFor();
        recover();
        caller(Mappings.BOB, SURVIVORS + 1, Mappings.LIFE.toMillis()).resolve();
        assertEverybodyIsAccountedFor();

        Set<UserId> bound = new HashSet<>();
        for (ExternalId id : List.of(Mappings.ALICE, Mappings.BOB)) {
            assertThat(store.find(id)).as("the id has a user again").containsInstanceOf(UserMapping.Bound.class);
            store.find(id).map(UserMapping.Bound.class::cast).ifPresent(mapping -> {
                assertThat(store.externalId(mapping.user())).contains(id);
                bound.add(mapping.user());
            });
        }
        assertThat(service).as("users at the service").containsAll(bound).hasSize(2 + orphans);
        assertThat(store.stats(LATER)).isEqualTo(new DirectoryStats(2, 0, 0, 0, unknown));
        assertThat(store.unknown(PAGE)).hasSize(unknown);
        recover();
        assertThat(store.stats(LATER)).as("after another recovery").isEqualTo(new DirectoryStats(2, 0, 0, 0, unknown));
    }

    /** Both ids can be erased, whatever has happened, and then nothing is known of them. */
    void bothCanBeErased() {
        for (ExternalId id : List.of(Mappings.ALICE, Mappings.BOB)) {
            caller(id, SURVIVORS, Mappings.LIFE.toMillis()).erase();
            assertThat(store.find(id)).isEmpty();
        }
    }

    /** What a directory does to finish what others left. */
    private void recover() {
        store.expireReservations(LATER);
        for (UserMapping.Erasing mark : store.erasing(null, PAGE)) {
            service.remove(mark.user());
            store.forget(mark);
        }
        for (DiscardedUser discarded : store.discarded(null, PAGE)) {
            service.remove(discarded.user());
            store.settle(discarded.attempt().requestId());
        }
    }

    private void assertEverybodyIsAccountedFor() {
        Set<UserId> known = new HashSet<>();
        store.erasing(null, PAGE).forEach(mark -> known.add(mark.user()));
        store.discarded(null, PAGE).forEach(discarded -> known.add(discarded.user()));
        long lost = service.stream()
                .filter(user -> !known.contains(user) && store.externalId(user).isEmpty())
                .count();
        assertThat(lost)
                .as("users at the service that the store does not know")
                .isLessThanOrEqualTo(store.stats(LATER).possiblyUnknown());
    }

    private Caller caller(ExternalId id, int number, long startsAt) {
        return new Caller(store, service, id, startsAt, number);
    }
}
