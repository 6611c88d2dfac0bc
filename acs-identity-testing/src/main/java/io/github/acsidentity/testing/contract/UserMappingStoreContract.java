/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.CreationAttempt;
import io.github.acsidentity.directory.DirectoryStats;
import io.github.acsidentity.directory.DiscardedUser;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserMapping;
import io.github.acsidentity.directory.UserMappingStore;
import io.github.acsidentity.directory.UserMappingStoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link UserMappingStore} does. The class that implements it provides a store that is empty when a test
 * begins.
 *
 * <p>{@link UserMappingStoreCrashContract}, which belongs to it, is about processes that die.
 */
@SuppressWarnings("exports") // of optional modules, which whoever implements a contract has
public interface UserMappingStoreContract extends UserMappingStoreCrashContract {

    /**
     * Returns the store under test, the same one each time it is called within a test.
     *
     * @return the store
     */
    @Override
    UserMappingStore store();

    /** What was never heard of is unknown. */
    @Test
    default void find_unknownId_isEmpty() {
        assertThat(store().find(Mappings.ALICE)).isEmpty();
        assertThat(store().externalId(Mappings.user(1))).isEmpty();
        assertThat(store().tombstone(Mappings.ALICE)).isEmpty();
        assertThat(store().stats(Mappings.NOW)).isEqualTo(new DirectoryStats(0, 0, 0, 0, 0));
    }

    /** An id is reserved, then bound. */
    @Test
    default void bind_afterReservation_bindsInBothDirections() {
        CreationAttempt attempt = Mappings.attempt(0);

        assertThat(store().reserve(Mappings.ALICE, attempt))
                .isEqualTo(new UserMapping.Reserved(Mappings.ALICE, attempt));
        assertThat(store().find(Mappings.ALICE)).contains(new UserMapping.Reserved(Mappings.ALICE, attempt));
        assertThat(store().bind(Mappings.ALICE, attempt, Mappings.user(1))).isTrue();

        assertThat(store().find(Mappings.ALICE)).contains(new UserMapping.Bound(Mappings.ALICE, Mappings.user(1)));
        assertThat(store().externalId(Mappings.user(1))).contains(Mappings.ALICE);
        assertThat(store().stats(Mappings.NOW)).isEqualTo(new DirectoryStats(1, 0, 0, 0, 0));
    }

    /** A binding can be repeated, as after a lost answer of the database. */
    @Test
    default void bind_again_isTrue() {
        CreationAttempt attempt = Mappings.attempt(0);
        store().reserve(Mappings.ALICE, attempt);
        store().bind(Mappings.ALICE, attempt, Mappings.user(1));

        assertThat(store().bind(Mappings.ALICE, attempt, Mappings.user(1))).isTrue();
        assertThat(store().bind(Mappings.ALICE, attempt, Mappings.user(2))).isFalse();
    }

    /** Without a reservation nothing is bound. */
    @Test
    default void bind_withoutReservation_isFalse() {
        assertThat(store().bind(Mappings.ALICE, Mappings.attempt(0), Mappings.user(1)))
                .isFalse();
        assertThat(store().find(Mappings.ALICE)).isEmpty();
    }

    /** A user belongs to one external id. */
    @Test
    default void bind_userOfAnother_isRefused() {
        store().adopt(Mappings.BOB, Mappings.user(1));
        CreationAttempt attempt = Mappings.attempt(0);
        store().reserve(Mappings.ALICE, attempt);

        Throwable failure = catchThrowable(() -> store().bind(Mappings.ALICE, attempt, Mappings.user(1)));

        assertThat(failure).isInstanceOf(UserMappingStoreException.class);
        assertThat(store().externalId(Mappings.user(1))).contains(Mappings.BOB);
        assertThat(store().find(Mappings.ALICE)).contains(new UserMapping.Reserved(Mappings.ALICE, attempt));
    }

    /** A reservation keeps others out until it expires. */
    @Test
    default void reserve_whileReserved_returnsWhatIsThere() {
        CreationAttempt first = Mappings.attempt(0);
        store().reserve(Mappings.ALICE, first);

        UserMapping there = store().reserve(Mappings.ALICE, Mappings.attempt(Mappings.LIFE.toMillis() - 1));

        assertThat(there).isEqualTo(new UserMapping.Reserved(Mappings.ALICE, first));
    }

    /** What has expired is taken over, and its outcome is recorded as unknown. */
    @Test
    default void reserve_afterExpiry_takesOver() {
        CreationAttempt first = Mappings.attempt(0);
        CreationAttempt second = Mappings.attempt(Mappings.LIFE.toMillis());
        store().reserve(Mappings.ALICE, first);

        UserMapping there = store().reserve(Mappings.ALICE, second);

        assertThat(there).isEqualTo(new UserMapping.Reserved(Mappings.ALICE, second));
        assertThat(store().bind(Mappings.ALICE, first, Mappings.user(1))).isFalse();
        assertThat(store().bind(Mappings.ALICE, second, Mappings.user(2))).isTrue();
        assertThat(store().unknown(10)).containsExactly(first);
        assertThat(store().stats(Mappings.NOW).possiblyUnknown()).isEqualTo(1);
    }

    /** Who was overtaken and has a user after all gives it up: then nothing is unknown. */
    @Test
    default void discard_afterTakeOver_replacesTheUnknownOutcome() {
        CreationAttempt first = Mappings.attempt(0);
        CreationAttempt second = Mappings.attempt(Mappings.LIFE.toMillis());
        DiscardedUser discarded = new DiscardedUser(first, Mappings.user(1));
        store().reserve(Mappings.ALICE, first);
        store().reserve(Mappings.ALICE, second);

        store().discard(Mappings.ALICE, discarded);
        store().discard(Mappings.ALICE, discarded);

        assertThat(store().find(Mappings.ALICE)).contains(new UserMapping.Reserved(Mappings.ALICE, second));
        assertThat(store().stats(Mappings.NOW.plus(Mappings.LIFE))).isEqualTo(new DirectoryStats(0, 1, 0, 1, 0));
        assertThat(store().discarded(null, 10)).containsExactly(discarded);
        store().settle(first.requestId());
        assertThat(store().discarded(null, 10)).isEmpty();
    }

    /** Who gives up a user while the reservation is still held gives that up too. */
    @Test
    default void discard_whileReserved_endsTheReservation() {
        CreationAttempt attempt = Mappings.attempt(0);
        store().reserve(Mappings.ALICE, attempt);

        store().discard(Mappings.ALICE, new DiscardedUser(attempt, Mappings.user(1)));

        assertThat(store().find(Mappings.ALICE)).isEmpty();
        assertThat(store().stats(Mappings.NOW)).isEqualTo(new DirectoryStats(0, 0, 0, 1, 0));
    }

    /** An attempt that certainly brought nothing leaves nothing. */
    @Test
    default void release_withoutAUser_leavesNothing() {
        CreationAttempt first = Mappings.attempt(0);
        CreationAttempt second = Mappings.attempt(Mappings.LIFE.toMillis());
        store().reserve(Mappings.ALICE, first);
        store().reserve(Mappings.ALICE, second);

        store().release(Mappings.ALICE, first, false);
        assertThat(store().find(Mappings.ALICE)).contains(new UserMapping.Reserved(Mappings.ALICE, second));
        store().release(Mappings.ALICE, second, false);

        assertThat(store().find(Mappings.ALICE)).isEmpty();
        assertThat(store().stats(Mappings.NOW)).isEqualTo(new DirectoryStats(0, 0, 0, 0, 0));
    }

    /** An attempt of unknown outcome is counted once, however often it is reported. */
    @Test
    default void release_ofUnknownOutcome_isRecordedOnce() {
        CreationAttempt attempt = Mappings.attempt(0);
        store().reserve(Mappings.ALICE, attempt);

        store().release(Mappings.ALICE, attempt, true);
        store().release(Mappings.ALICE, attempt, true);

        assertThat(store().find(Mappings.ALICE)).isEmpty();
        assertThat(store().unknown(10)).containsExactly(attempt);
        assertThat(store().stats(Mappings.NOW)).isEqualTo(new DirectoryStats(0, 0, 0, 0, 1));
    }

    /** A reservation that nobody ends is counted as unknown from its expiry on, and can be ended. */
    @Test
    default void expireReservations_endsThoseThatHaveExpired() {
        CreationAttempt first = Mappings.attempt(0);
        CreationAttempt second = Mappings.attempt(1);
        Instant then = first.expiresAt();
        store().reserve(Mappings.ALICE, first);
        store().reserve(Mappings.BOB, second);
        assertThat(store().stats(then)).isEqualTo(new DirectoryStats(0, 1, 0, 0, 1));

        assertThat(store().expireReservations(then)).isEqualTo(1);
        assertThat(store().expireReservations(then)).isZero();

        assertThat(store().find(Mappings.ALICE)).isEmpty();
        assertThat(store().find(Mappings.BOB)).isPresent();
        assertThat(store().stats(then)).isEqualTo(new DirectoryStats(0, 1, 0, 0, 1));
    }

    /** The latest of the attempts of unknown outcome come first. */
    @Test
    default void unknown_returnsTheNewestFirst() {
        for (int i = 0; i < 3; i++) {
            store().release(Mappings.ALICE, Mappings.attempt(i), true);
        }

        assertThat(store().unknown(2))
                .extracting(CreationAttempt::startedAt)
                .containsExactly(Mappings.NOW.plusMillis(2), Mappings.NOW.plusMillis(1));
    }

    /** A user that exists already is bound, and stays so. */
    @Test
    default void adopt_newUser_bindsIt() {
        UserMapping bound = new UserMapping.Bound(Mappings.ALICE, Mappings.user(1));

        assertThat(store().adopt(Mappings.ALICE, Mappings.user(1))).isEqualTo(bound);
        assertThat(store().adopt(Mappings.ALICE, Mappings.user(1))).isEqualTo(bound);
        assertThat(store().adopt(Mappings.ALICE, Mappings.user(2))).isEqualTo(bound);
        assertThat(store().adopt(Mappings.BOB, Mappings.user(1))).isEqualTo(bound);

        assertThat(store().find(Mappings.BOB)).isEmpty();
        assertThat(store().externalId(Mappings.user(2))).isEmpty();
    }

    /** Adoption overrules a creation under way. */
    @Test
    default void adopt_whileReserved_overrules() {
        CreationAttempt attempt = Mappings.attempt(0);
        store().reserve(Mappings.ALICE, attempt);

        assertThat(store().adopt(Mappings.ALICE, Mappings.user(1)))
                .isEqualTo(new UserMapping.Bound(Mappings.ALICE, Mappings.user(1)));

        assertThat(store().bind(Mappings.ALICE, attempt, Mappings.user(2))).isFalse();
        assertThat(store().unknown(10)).containsExactly(attempt);
    }

    /** An erasure is marked, and ends with the mapping gone. */
    @Test
    default void tombstone_boundId_isThereUntilForgotten() {
        store().adopt(Mappings.ALICE, Mappings.user(1));
        UserMapping.Erasing mark = new UserMapping.Erasing(Mappings.ALICE, Mappings.user(1));

        assertThat(store().tombstone(Mappings.ALICE)).contains(mark);
        assertThat(store().tombstone(Mappings.ALICE)).contains(mark);

        assertThat(store().find(Mappings.ALICE)).contains(mark);
        assertThat(store().externalId(Mappings.user(1))).isEmpty();
        assertThat(store().reserve(Mappings.ALICE, Mappings.attempt(0))).isEqualTo(mark);
        assertThat(store().adopt(Mappings.ALICE, Mappings.user(2))).isEqualTo(mark);
        assertThat(store().adopt(Mappings.BOB, Mappings.user(1))).isEqualTo(mark);
        assertThat(store().stats(Mappings.NOW)).isEqualTo(new DirectoryStats(0, 0, 1, 0, 0));
        store().forget(mark);
        store().forget(mark);
        assertThat(store().find(Mappings.ALICE)).isEmpty();
        assertThat(store().adopt(Mappings.BOB, Mappings.user(1)))
                .isEqualTo(new UserMapping.Bound(Mappings.BOB, Mappings.user(1)));
    }

    /** Only the mark that was meant is forgotten. */
    @Test
    default void forget_anotherMark_hasNoEffect() {
        store().adopt(Mappings.ALICE, Mappings.user(1));

        store().forget(new UserMapping.Erasing(Mappings.ALICE, Mappings.user(1)));
        store().tombstone(Mappings.ALICE);
        store().forget(new UserMapping.Erasing(Mappings.ALICE, Mappings.user(2)));

        assertThat(store().find(Mappings.ALICE)).contains(new UserMapping.Erasing(Mappings.ALICE, Mappings.user(1)));
    }

    /** An erasure ends a creation under way. */
    @Test
    default void tombstone_whileReserved_endsTheReservation() {
        CreationAttempt attempt = Mappings.attempt(0);
        store().reserve(Mappings.ALICE, attempt);

        assertThat(store().tombstone(Mappings.ALICE)).isEmpty();

        assertThat(store().find(Mappings.ALICE)).isEmpty();
        assertThat(store().bind(Mappings.ALICE, attempt, Mappings.user(1))).isFalse();
        assertThat(store().unknown(10)).containsExactly(attempt);
    }

    /** What is left to do comes in pages, each entry once. */
    @Test
    default void pages_together_holdEverythingOnce() {
        for (int i = 0; i < 5; i++) {
            ExternalId id = new ExternalId("page", "user " + i);
            store().adopt(id, Mappings.user(i));
            store().tombstone(id);
            store().discard(id, new DiscardedUser(Mappings.attempt(i), Mappings.user(10 + i)));
        }

        List<UserMapping.Erasing> marks = new ArrayList<>();
        for (List<UserMapping.Erasing> page = store().erasing(null, 2); !page.isEmpty(); ) {
            Mappings.addPage(page, 2, marks);
            page = store().erasing(page.get(page.size() - 1), 2);
        }
        List<DiscardedUser> users = new ArrayList<>();
        for (List<DiscardedUser> page = store().discarded(null, 2); !page.isEmpty(); ) {
            Mappings.addPage(page, 2, users);
            page = store().discarded(page.get(page.size() - 1), 2);
        }

        assertThat(marks).hasSize(5);
        assertThat(users).hasSize(5);
    }

    /** A limit below one is refused. */
    @Test
    default void limit_belowOne_isRefused() {
        assertThat(catchThrowable(() -> store().unknown(0))).isInstanceOf(IllegalArgumentException.class);
        assertThat(catchThrowable(() -> store().erasing(null, 0))).isInstanceOf(IllegalArgumentException.class);
        assertThat(catchThrowable(() -> store().discarded(null, 0))).isInstanceOf(IllegalArgumentException.class);
    }

    /** Ids that a careless database takes for the same are different ones. */
    @Test
    default void ids_thatLookAlike_areDifferent() {
        List<ExternalId> alike = Mappings.alike();
        for (int i = 0; i < alike.size(); i++) {
            store().adopt(alike.get(i), Mappings.user(i));
        }

        for (int i = 0; i < alike.size(); i++) {
            assertThat(store().find(alike.get(i))).contains(new UserMapping.Bound(alike.get(i), Mappings.user(i)));
            assertThat(store().externalId(Mappings.user(i))).contains(alike.get(i));
        }
    }

    /** Of many who reserve an id at the same time one gets it, and its user is bound. */
    @Test
    default void reserve_byManyThreads_isWonByOne() {
        int ids = 20;
        Set<String> winners = ConcurrentHashMap.newKeySet();

        Mappings.inParallel(8, thread -> {
            for (int i = 0; i < ids; i++) {
                ExternalId id = ExternalId.of("contended " + i);
                CreationAttempt attempt = Mappings.attempt(0);
                if (store().reserve(id, attempt).equals(new UserMapping.Reserved(id, attempt))) {
                    assertThat(winners.add(id.value())).isTrue();
                    assertThat(store().bind(id, attempt, Mappings.user(i))).isTrue();
                }
            }
        });

        assertThat(winners).hasSize(ids);
        assertThat(store().stats(Mappings.NOW)).isEqualTo(new DirectoryStats(ids, 0, 0, 0, 0));
    }

    /** However creations, take-overs, adoptions and erasures interleave, every user is accounted for. */
    @Test
    default void operations_byManyThreads_loseNoUser() {
        int rounds = 25;
        Set<UserId> deleted = ConcurrentHashMap.newKeySet();
        int threads = 6;

        Mappings.inParallel(threads, thread -> {
            for (int i = 0; i < rounds; i++) {
                ExternalId id = ExternalId.of("shared " + i % 3);
                UserId user = Mappings.user(thread * rounds + i);
                CreationAttempt attempt = Mappings.attempt((thread + i) % 2 == 0 ? 0 : Mappings.LIFE.toMillis());
                UserMapping there = store().reserve(id, attempt);
                if (there.equals(new UserMapping.Reserved(id, attempt)) && !store().bind(id, attempt, user)) {
                    store().discard(id, new DiscardedUser(attempt, user));
                } else if (!store().find(id).equals(Optional.of(new UserMapping.Bound(id, user)))) {
                    store().release(id, attempt, false);
                }
                if (i % 4 == 0) {
                    store().tombstone(id).ifPresent(mark -> {
                        deleted.add(mark.user());
                        store().forget(mark);
                    });
                }
            }
        });

        DirectoryStats stats = store().stats(Mappings.NOW);
        List<UserMapping> bound = IntStream.range(0, 3)
                .mapToObj(i -> store().find(ExternalId.of("shared " + i)))
                .flatMap(Optional::stream)
                .toList();
        assertThat(stats.bound()).isEqualTo(bound.size());
        assertThat(bound).allSatisfy(mapping -> {
            UserMapping.Bound held = (UserMapping.Bound) mapping;
            assertThat(store().externalId(held.user())).contains(held.externalId());
            assertThat(deleted).doesNotContain(held.user());
        });
        assertThat(stats).isEqualTo(new DirectoryStats(stats.bound(), 0, 0, stats.discarded(), 0));
    }
}
