/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.cache.RememberedBindings.Answer;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserMapping;
import io.github.acsidentity.testing.MutableClock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What is registered of reads and changes, and what is left of it. */
class RememberedBindingsTest {

    private static final ExternalId ALICE = ExternalId.of("alice");
    private static final Optional<UserMapping> BOUND = Optional.of(new UserMapping.Bound(ALICE, Values.user(1)));

    private final RememberedBindings bindings = new RememberedBindings(new ConcurrentHashMap<>(), 1000);
    private final MappingRead first = new MappingRead(ALICE, 0);
    private final MappingRead second = new MappingRead(ALICE, 10);

    @Test
    void end_ofTheLastRead_leavesNothingBehind() {
        bindings.share(first);
        bindings.begin(second);
        assertThat(bindings.isIdle()).isFalse();

        bindings.end(first);
        assertThat(bindings.isIdle()).isFalse();
        bindings.end(second);

        assertThat(bindings.isIdle()).isTrue();
    }

    @Test
    void end_ofAReadThatNobodyShares_leavesTheOneThatIsShared() {
        bindings.share(first);
        bindings.begin(second);

        bindings.end(second);

        assertThat(bindings.share(new MappingRead(ALICE, 20))).isSameAs(first);
    }

    @Test
    void end_ofTheReadThatIsShared_leavesItToNobody() {
        bindings.share(first);
        bindings.begin(second);

        bindings.end(first);

        MappingRead third = new MappingRead(ALICE, 20);
        assertThat(bindings.share(third)).isSameAs(third);
    }

    @Test
    void endChange_ofTheLastChange_leavesNothingBehind() {
        bindings.beginChange(ALICE);
        bindings.beginChange(ALICE);

        bindings.endChange(ALICE);
        assertThat(bindings.isIdle()).isFalse();
        bindings.endChange(ALICE);

        assertThat(bindings.isIdle()).isTrue();
    }

    @Test
    void endChange_whileAReadGoesOn_leavesTheRead() {
        bindings.begin(first);
        bindings.forget(ALICE);

        assertThat(bindings.isIdle()).isFalse();
        bindings.end(first);
        assertThat(bindings.isIdle()).isTrue();
    }

    @Test
    void share_whenSomebodyElseHasJustLearned_answersWithThatAndLeavesNothingBehind() {
        bindings.begin(first);
        bindings.learn(first, BOUND);
        bindings.end(first);

        MappingRead shared = bindings.share(second);

        assertThat(shared).isNotSameAs(second);
        assertThat(shared.answer()).isCompletedWithValue(BOUND);
        assertThat(bindings.isIdle()).isTrue();
    }

    @Test
    void share_whenSomebodyElseHasJustLearned_leavesTheReadsThatGoOn() {
        bindings.keep(first, new Answer(BOUND, 0));
        bindings.begin(first);

        assertThat(bindings.share(second).answer()).isCompletedWithValue(BOUND);

        assertThat(bindings.isIdle()).isFalse();
    }

    @Test
    void store_afterAllKindsOfUse_leavesNothingBehind() {
        MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
        SteppedMappingStore delegate = new SteppedMappingStore();
        CachingUserMappingStore store = new CachingUserMappingStore(delegate, new CacheTime(clock), bindings, () -> 0);

        store.find(ALICE);
        store.adopt(ALICE, Values.user(1));
        store.recall(ALICE);
        store.recall(ALICE);
        store.tombstone(ALICE).ifPresent(store::forget);
        store.invalidate(ALICE);
        store.invalidateAll();

        assertThat(bindings.isIdle()).isTrue();
    }
}
