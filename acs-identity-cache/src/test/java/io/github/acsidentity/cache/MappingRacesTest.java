/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserMapping;
import io.github.acsidentity.directory.UserMappingStoreException;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads of the store that meet changes, and each other. */
@Timeout(30)
class MappingRacesTest {

    private static final ExternalId ALICE = ExternalId.of("alice");
    private static final UserMapping BOUND = new UserMapping.Bound(ALICE, Values.user(1));
    private static final UserMapping ERASING = new UserMapping.Erasing(ALICE, Values.user(1));

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final SteppedMappingStore delegate = new SteppedMappingStore();
    private final CachingUserMappingStore store =
            CachingUserMappingStore.builder(delegate).timeSource(clock).build();

    MappingRacesTest() {
        delegate.adopt(ALICE, Values.user(1));
    }

    /** The two ways to read. */
    enum Reading {
        FIND,
        RECALL;

        Optional<UserMapping> of(CachingUserMappingStore store) {
            return this == FIND ? store.find(ALICE) : store.recall(ALICE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tombstone_amidARead_isNotUndoneByIt(Reading reading) {
        delegate.afterFind(once(() -> store.tombstone(ALICE)));

        assertThat(reading.of(store)).contains(BOUND);

        assertThat(store.recall(ALICE)).contains(ERASING);
    }

    @ParameterizedTest
    @EnumSource
    void tombstone_thatFailsAmidARead_isNotUndoneByIt(Reading reading) {
        delegate.afterTombstone(() -> {
            throw new UserMappingStoreException("answer lost", true, null);
        });
        delegate.afterFind(once(() -> {
            Throwable failure = catchThrowable(() -> store.tombstone(ALICE));
            assertThat(failure).isInstanceOf(UserMappingStoreException.class);
        }));

        assertThat(reading.of(store)).contains(BOUND);

        assertThat(store.recall(ALICE)).contains(ERASING);
    }

    @ParameterizedTest
    @EnumSource
    void read_amidATombstone_isNotRemembered(Reading reading) {
        delegate.beforeTombstone(() -> assertThat(reading.of(store)).contains(BOUND));

        store.tombstone(ALICE);

        assertThat(store.recall(ALICE)).contains(ERASING);
    }

    @Test
    void recall_amidATombstoneThatHasTakenEffect_seesIt() {
        store.recall(ALICE);
        delegate.afterTombstone(() -> assertThat(store.recall(ALICE)).contains(ERASING));

        assertThat(store.tombstone(ALICE)).contains((UserMapping.Erasing) ERASING);
    }

    @ParameterizedTest
    @EnumSource
    void read_fromBeforeATombstoneToAfterIt_isNeitherSharedNorRemembered(Reading reading) throws Exception {
        Gate gate = new Gate();
        delegate.afterFind(once(gate::pass));
        FutureTask<Optional<UserMapping>> old = started(() -> reading.of(store));
        gate.awaitArrival();

        store.tombstone(ALICE);

        assertThat(store.recall(ALICE)).contains(ERASING);
        gate.open();
        assertThat(old.get()).contains(BOUND);
        assertThat(store.recall(ALICE)).contains(ERASING);
    }

    @ParameterizedTest
    @EnumSource
    void read_fromAmidATombstoneToAfterIt_isNeitherSharedNorRemembered(Reading reading) throws Exception {
        Gate gate = new Gate();
        delegate.afterFind(once(gate::pass));
        List<FutureTask<Optional<UserMapping>>> old = new ArrayList<>();
        delegate.beforeTombstone(() -> {
            old.add(started(() -> reading.of(store)));
            gate.awaitArrival();
        });

        store.tombstone(ALICE);

        assertThat(store.recall(ALICE)).contains(ERASING);
        gate.open();
        assertThat(old.get(0).get()).contains(BOUND);
        assertThat(store.recall(ALICE)).contains(ERASING);
    }

    @Test
    void recall_amidTwoTombstones_isNotRememberedWhenOneHasEnded() {
        delegate.beforeTombstone(once(() -> {
            store.invalidate(ALICE);
            assertThat(store.recall(ALICE)).contains(BOUND);
        }));

        store.tombstone(ALICE);

        assertThat(store.recall(ALICE)).contains(ERASING);
    }

    @Test
    void find_ofAnErasureMadeElsewhere_isNotUndoneByAnOlderRead() {
        delegate.afterFind(once(() -> {
            delegate.tombstone(ALICE);
            assertThat(store.find(ALICE)).contains(ERASING);
        }));

        assertThat(store.recall(ALICE)).contains(BOUND);

        assertThat(store.recall(ALICE)).contains(ERASING);
    }

    @Test
    void find_ofAnotherBindingMadeElsewhere_isNotUndoneByAnOlderRead() {
        UserMapping other = new UserMapping.Bound(ALICE, Values.user(2));
        delegate.afterFind(once(() -> {
            delegate.forget(delegate.tombstone(ALICE).orElseThrow());
            delegate.adopt(ALICE, Values.user(2));
            clock.advance(Duration.ofMillis(1));
            assertThat(store.find(ALICE)).contains(other);
        }));

        assertThat(store.recall(ALICE)).contains(BOUND);

        assertThat(store.recall(ALICE)).contains(other);
    }

    @Test
    void invalidate_amidARead_isNotUndoneByIt() {
        delegate.afterFind(once(() -> {
            delegate.tombstone(ALICE);
            store.invalidate(ALICE);
        }));

        assertThat(store.recall(ALICE)).contains(BOUND);

        assertThat(store.recall(ALICE)).contains(ERASING);
    }

    @Test
    void invalidateAll_amidARead_isNotUndoneByIt() {
        delegate.afterFind(once(() -> {
            delegate.tombstone(ALICE);
            store.invalidateAll();
        }));

        assertThat(store.recall(ALICE)).contains(BOUND);

        assertThat(store.recall(ALICE)).contains(ERASING);
    }

    @Test
    void recall_byMany_sharesOneRead() throws Exception {
        Gate gate = new Gate();
        delegate.afterFind(gate::pass);
        List<FutureTask<Optional<UserMapping>>> recalls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            recalls.add(started(() -> store.recall(ALICE)));
        }

        gate.awaitArrival();
        gate.open();

        for (FutureTask<Optional<UserMapping>> recall : recalls) {
            assertThat(recall.get()).contains(BOUND);
        }
        assertThat(delegate.finds()).isEqualTo(1);
    }

    @Test
    void recall_thatFails_failsForThoseWhoWait() throws Exception {
        UserMappingStoreException failure = new UserMappingStoreException("down", true, null);
        Gate gate = new Gate();
        delegate.afterFind(once(() -> {
            gate.pass();
            throw failure;
        }));
        FutureTask<Throwable> reader = started(() -> catchThrowable(() -> store.recall(ALICE)));
        gate.awaitArrival();
        FutureTask<Throwable> waiter = new FutureTask<>(() -> catchThrowable(() -> store.recall(ALICE)));
        Thread waiting = new Thread(waiter);
        waiting.start();
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        gate.open();

        assertThat(reader.get()).isSameAs(failure);
        assertThat(waiter.get()).isSameAs(failure);
        assertThat(delegate.finds()).isEqualTo(1);
        assertThat(store.recall(ALICE)).contains(BOUND);
    }

    @Test
    void recall_thatMeetsAReadOlderThanTheTimeToLive_readsItself() throws Exception {
        Gate gate = new Gate();
        delegate.afterFind(once(gate::pass));
        FutureTask<Optional<UserMapping>> old = started(() -> store.recall(ALICE));
        gate.awaitArrival();
        delegate.tombstone(ALICE);
        clock.advance(Duration.ofSeconds(30));

        assertThat(store.recall(ALICE)).contains(ERASING);

        gate.open();
        assertThat(old.get()).contains(BOUND);
        assertThat(store.recall(ALICE)).contains(ERASING);
    }

    private static Runnable once(Runnable step) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                step.run();
            }
        };
    }

    private static <T> FutureTask<T> started(Callable<T> task) {
        FutureTask<T> running = new FutureTask<>(task);
        Thread thread = new Thread(running);
        thread.setDaemon(true);
        thread.start();
        return running;
    }

    /** Where threads wait until it is opened. */
    private static final class Gate {

        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        void pass() {
            arrived.countDown();
            await(opened);
        }

        void awaitArrival() {
            await(arrived);
        }

        void open() {
            opened.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted at a gate", e);
            }
        }
    }
}
