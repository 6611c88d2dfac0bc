/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.directory.CreationAttempt;
import io.github.acsidentity.directory.DiscardedUser;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.InMemoryUserMappingStore;
import io.github.acsidentity.directory.UserMapping;
import io.github.acsidentity.directory.UserMappingStore;
import io.github.acsidentity.directory.UserMappingStoreException;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.contract.UserMappingStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CachingUserMappingStoreTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ExternalId ALICE = ExternalId.of("alice");
    private static final ExternalId BOB = ExternalId.of("bob");
    private static final UserMapping ALICES = new UserMapping.Bound(ALICE, Values.user(1));
    private static final CreationAttempt ATTEMPT =
            new CreationAttempt(new UUID(0, 1), START, START.plus(Duration.ofMinutes(1)));

    private final MutableClock clock = MutableClock.startingAt(START);
    private final SteppedMappingStore delegate = new SteppedMappingStore();
    private final CachingUserMappingStore store =
            CachingUserMappingStore.builder(delegate).timeSource(clock).build();

    @Nested
    class Contract implements UserMappingStoreContract {

        private final UserMappingStore store = CachingUserMappingStore.builder(new InMemoryUserMappingStore())
                .timeSource(clock)
                .build();

        @Override
        public UserMappingStore store() {
            return store;
        }
    }

    @Test
    void recall_ofABinding_readsOnce() {
        delegate.adopt(ALICE, Values.user(1));

        assertThat(store.recall(ALICE)).contains(ALICES);
        assertThat(store.recall(ExternalId.of("alice"))).contains(ALICES);

        assertThat(delegate.finds()).isEqualTo(1);
        assertThat(store.stats()).isEqualTo(new MappingCacheStats(1, 1, 1));
    }

    @Test
    void recall_afterTheTimeToLive_readsAgain() {
        delegate.adopt(ALICE, Values.user(1));
        store.recall(ALICE);
        delegate.tombstone(ALICE);

        clock.advance(Duration.ofSeconds(30).minusMillis(1));
        assertThat(store.recall(ALICE)).contains(ALICES);

        clock.advance(Duration.ofMillis(1));
        assertThat(store.recall(ALICE)).contains(new UserMapping.Erasing(ALICE, Values.user(1)));
    }

    @Test
    void recall_ofABindingReadSlowly_countsFromTheStartOfTheRead() {
        delegate.adopt(ALICE, Values.user(1));
        delegate.afterFind(() -> clock.advance(Duration.ofSeconds(20)));
        store.recall(ALICE);
        delegate.afterFind(() -> {});

        clock.advance(Duration.ofSeconds(10).minusMillis(1));
        store.recall(ALICE);
        assertThat(delegate.finds()).isEqualTo(1);

        clock.advance(Duration.ofMillis(1));
        store.recall(ALICE);
        assertThat(delegate.finds()).isEqualTo(2);
    }

    @Test
    void recall_afterTheWallClockWasSetBack_doesNotLiveLonger() {
        delegate.adopt(ALICE, Values.user(1));
        store.recall(ALICE);

        clock.advance(Duration.ofSeconds(30));
        clock.stepWallClock(Duration.ofHours(-1));
        store.recall(ALICE);

        assertThat(delegate.finds()).isEqualTo(2);
    }

    @Test
    void recall_afterAHit_doesNotLiveLonger() {
        delegate.adopt(ALICE, Values.user(1));
        store.recall(ALICE);

        clock.advance(Duration.ofSeconds(20));
        store.recall(ALICE);
        clock.advance(Duration.ofSeconds(10));
        store.recall(ALICE);

        assertThat(delegate.finds()).isEqualTo(2);
    }

    @Test
    void recall_ofNothing_isNotRemembered() {
        assertThat(store.recall(ALICE)).isEmpty();

        delegate.adopt(ALICE, Values.user(1));

        assertThat(store.recall(ALICE)).contains(ALICES);
    }

    @Test
    void recall_ofAReservation_isNotRemembered() {
        delegate.reserve(ALICE, ATTEMPT);
        assertThat(store.recall(ALICE)).contains(new UserMapping.Reserved(ALICE, ATTEMPT));

        delegate.bind(ALICE, ATTEMPT, Values.user(1));

        assertThat(store.recall(ALICE)).contains(ALICES);
    }

    @Test
    void recall_ofAnErasure_isNotRemembered() {
        delegate.adopt(ALICE, Values.user(1));
        UserMapping.Erasing erasing = delegate.tombstone(ALICE).orElseThrow();
        assertThat(store.recall(ALICE)).contains(erasing);

        delegate.forget(erasing);

        assertThat(store.recall(ALICE)).isEmpty();
        assertThat(store.stats()).isEqualTo(new MappingCacheStats(0, 2, 0));
    }

    @Test
    void recall_afterAFailure_readsAgain() {
        delegate.adopt(ALICE, Values.user(1));
        UserMappingStoreException failure = new UserMappingStoreException("down", true, null);
        delegate.beforeFind(() -> {
            throw failure;
        });
        assertThatThrownBy(() -> store.recall(ALICE)).isSameAs(failure);
        assertThatThrownBy(() -> store.find(ALICE)).isSameAs(failure);

        delegate.beforeFind(() -> {});

        assertThat(store.recall(ALICE)).contains(ALICES);
    }

    @Test
    void find_alwaysReads_andRemembersABinding() {
        delegate.adopt(ALICE, Values.user(1));

        assertThat(store.find(ALICE)).contains(ALICES);
        clock.advance(Duration.ofSeconds(20));
        assertThat(store.find(ALICE)).contains(ALICES);
        assertThat(delegate.finds()).isEqualTo(2);

        clock.advance(Duration.ofSeconds(29));
        assertThat(store.recall(ALICE)).contains(ALICES);
        assertThat(delegate.finds()).isEqualTo(2);
    }

    @Test
    void find_ofAnErasureMadeElsewhere_correctsWhatIsRemembered() {
        delegate.adopt(ALICE, Values.user(1));
        store.recall(ALICE);
        UserMapping.Erasing erasing = delegate.tombstone(ALICE).orElseThrow();

        assertThat(store.find(ALICE)).contains(erasing);

        assertThat(store.recall(ALICE)).contains(erasing);
    }

    @Test
    void find_ofAnotherBindingMadeElsewhere_correctsWhatIsRemembered() {
        delegate.adopt(ALICE, Values.user(1));
        store.recall(ALICE);
        delegate.forget(delegate.tombstone(ALICE).orElseThrow());
        delegate.adopt(ALICE, Values.user(2));

        store.find(ALICE);

        assertThat(store.recall(ALICE)).contains(new UserMapping.Bound(ALICE, Values.user(2)));
        assertThat(delegate.finds()).isEqualTo(2);
    }

    static Stream<Consumer<UserMappingStore>> changes() {
        return Stream.of(
                store -> store.reserve(ALICE, ATTEMPT),
                store -> store.bind(ALICE, ATTEMPT, Values.user(2)),
                store -> store.release(ALICE, ATTEMPT, true),
                store -> store.discard(ALICE, new DiscardedUser(ATTEMPT, Values.user(2))),
                store -> store.adopt(ALICE, Values.user(2)),
                store -> store.tombstone(ALICE),
                store -> store.forget(new UserMapping.Erasing(ALICE, Values.user(1))),
                store -> ((CachingUserMappingStore) store).invalidate(ALICE),
                store -> ((CachingUserMappingStore) store).invalidateAll());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void recall_afterAChangeHere_readsAgain(Consumer<UserMappingStore> change) {
        delegate.adopt(ALICE, Values.user(1));
        store.recall(ALICE);
        delegate.forget(delegate.tombstone(ALICE).orElseThrow());

        change.accept(store);

        assertThat(store.recall(ALICE)).isNotEqualTo(Optional.of(ALICES));
        assertThat(delegate.finds()).isEqualTo(2);
    }

    @Test
    void recall_afterAChangeOfAnother_remembers() {
        delegate.adopt(ALICE, Values.user(1));
        store.recall(ALICE);

        store.tombstone(BOB);
        store.invalidate(BOB);
        store.recall(ALICE);

        assertThat(delegate.finds()).isEqualTo(1);
    }

    @Test
    void tombstone_thatFailsAfterItHappened_isSeenAtOnce() {
        delegate.adopt(ALICE, Values.user(1));
        store.recall(ALICE);
        UserMappingStoreException failure = new UserMappingStoreException("answer lost", true, null);
        delegate.afterTombstone(() -> {
            throw failure;
        });

        assertThatThrownBy(() -> store.tombstone(ALICE)).isSameAs(failure);

        assertThat(store.recall(ALICE)).contains(new UserMapping.Erasing(ALICE, Values.user(1)));
    }

    @Test
    void tombstone_thatFailed_doesNotEndTheRemembering() {
        delegate.adopt(ALICE, Values.user(1));
        delegate.beforeTombstone(() -> {
            throw new UserMappingStoreException("down", true, null);
        });
        assertThatThrownBy(() -> store.tombstone(ALICE)).isInstanceOf(UserMappingStoreException.class);

        store.recall(ALICE);
        store.recall(ALICE);

        assertThat(delegate.finds()).isEqualTo(1);
    }

    @Test
    void maximumSize_exceeded_evictsBindings() {
        CachingUserMappingStore small = CachingUserMappingStore.builder(delegate)
                .timeSource(clock)
                .maximumSize(10)
                .build();
        for (int i = 0; i < 100; i++) {
            ExternalId id = ExternalId.of("user" + i);
            delegate.adopt(id, Values.user(i));
            small.recall(id);
        }

        assertThat(small.stats().size()).isEqualTo(10);
    }

    @Test
    void build_afterTimeToLive_usesIt() {
        CachingUserMappingStore brief = CachingUserMappingStore.builder(delegate)
                .timeSource(clock)
                .timeToLive(Duration.ofMillis(5))
                .build();
        delegate.adopt(ALICE, Values.user(1));

        brief.recall(ALICE);
        clock.advance(Duration.ofMillis(4));
        brief.recall(ALICE);
        assertThat(delegate.finds()).isEqualTo(1);

        clock.advance(Duration.ofMillis(1));
        brief.recall(ALICE);
        assertThat(delegate.finds()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.000999999S", "PT1H0.000000001S"})
    void timeToLive_outOfRange_isRefused(Duration duration) {
        CachingUserMappingStore.Builder builder = CachingUserMappingStore.builder(delegate);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.timeToLive(duration))
                .withMessage("timeToLive must be from PT0.001S to PT1H, but was " + duration);
    }

    @Test
    void changes_thatReturnNothing_endLikeTheOthers() {
        store.release(ALICE, ATTEMPT, true);
        store.discard(ALICE, new DiscardedUser(ATTEMPT, Values.user(2)));
        delegate.adopt(ALICE, Values.user(1));

        store.recall(ALICE);
        store.recall(ALICE);

        assertThat(delegate.finds())
                .as("what was read after the changes is remembered")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.001S", "PT1H"})
    void timeToLive_atTheEndsOfItsRange_isUsed(Duration duration) {
        CachingUserMappingStore cached = CachingUserMappingStore.builder(delegate)
                .timeSource(clock)
                .timeToLive(duration)
                .build();
        delegate.adopt(ALICE, Values.user(1));

        cached.recall(ALICE);
        cached.recall(ALICE);
        clock.advance(duration);
        cached.recall(ALICE);

        assertThat(delegate.finds()).isEqualTo(2);
    }

    @Test
    void maximumSize_one_keepsOneBinding() {
        CachingUserMappingStore cached = CachingUserMappingStore.builder(delegate)
                .timeSource(clock)
                .maximumSize(1)
                .build();
        delegate.adopt(ALICE, Values.user(1));

        cached.recall(ALICE);
        cached.recall(ALICE);

        assertThat(delegate.finds()).isEqualTo(1);
    }

    @Test
    void maximumSize_zero_isRefused() {
        CachingUserMappingStore.Builder builder = CachingUserMappingStore.builder(delegate);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maximumSize(0))
                .withMessage("maximumSize must be at least 1, but was 0");
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullArguments_areRefused() {
        assertThatNullPointerException().isThrownBy(() -> CachingUserMappingStore.builder(null));
        assertThatNullPointerException()
                .isThrownBy(() -> CachingUserMappingStore.builder(delegate).timeSource(null));
        assertThatNullPointerException()
                .isThrownBy(() -> CachingUserMappingStore.builder(delegate).timeToLive(null));
        assertThatNullPointerException().isThrownBy(() -> store.recall(null)).withMessage("id");
        assertThatNullPointerException().isThrownBy(() -> store.find(null)).withMessage("id");
        assertThatNullPointerException().isThrownBy(() -> store.tombstone(null)).withMessage("id");
        assertThatNullPointerException()
                .isThrownBy(() -> store.invalidate(null))
                .withMessage("id");
    }
}
