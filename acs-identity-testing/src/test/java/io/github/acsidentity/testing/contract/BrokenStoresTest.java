/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.CreationAttempt;
import io.github.acsidentity.directory.DiscardedUser;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.InMemoryUserMappingStore;
import io.github.acsidentity.directory.UserMapping;
import io.github.acsidentity.directory.UserMappingStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The contract of stores fails, and ends, for stores that are wrong. */
class BrokenStoresTest {

    static Stream<Arguments> brokenStores() {
        return Stream.of(
                arguments(ErasingFromTheStart.class, List.of("pages_together_holdEverythingOnce")),
                arguments(DiscardedFromTheStart.class, List.of("pages_together_holdEverythingOnce")),
                arguments(PagesTooLong.class, List.of("pages_together_holdEverythingOnce")),
                arguments(LooksBeforeItReserves.class, List.of("reserve_byManyThreads_isWonByOne")),
                arguments(
                        BindsWhoeverAsks.class,
                        List.of(
                                "reserve_afterExpiry_takesOver",
                                "bind_withoutReservation_isFalse",
                                "overtakenCreation_stoppedBeforeDiscard_isCountedAsUnknown")),
                arguments(
                        ForgetsWithTheMark.class,
                        List.of(
                                "tombstone_boundId_isThereUntilForgotten",
                                "erasure_stoppedAfterTombstone_isFinishedByOthers")),
                arguments(AdoptsOverAll.class, List.of("adopt_newUser_bindsIt")),
                arguments(
                        TakesOverInSilence.class,
                        List.of("reserve_afterExpiry_takesOver", "creation_stoppedBeforeBind_isCountedAsUnknown")),
                arguments(
                        ExpiresInSilence.class,
                        List.of(
                                "creation_stoppedBeforeBind_isCountedAsUnknown",
                                "recovery_stoppedAfterExpiry_isFinishedByOthers")),
                arguments(DropsTheDiscarded.class, List.of("overtakenCreation_stoppedAfterDiscard_isFinishedByOthers")),
                arguments(KeepsForItsThread.class, List.of("creation_stoppedAfterBind_leavesTheUser")));
    }

    @ParameterizedTest
    @MethodSource("brokenStores")
    void contract_ofABrokenStore_fails(Class<?> contract, List<String> expected) {
        List<String> failed = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents()
                .failed()
                .map(event -> event.getTestDescriptor().getDisplayName().replace("()", ""))
                .toList();

        assertThat(failed).containsAll(expected);
    }

    /** What a broken store does instead. */
    interface Defect {

        @Nullable
        Object call(UserMappingStore working, Object[] arguments);
    }

    abstract static class Broken implements UserMappingStoreContract {

        private final UserMappingStore working = new InMemoryUserMappingStore();
        private final UserMappingStore store;

        Broken(String broken, Defect defect) {
            store = (UserMappingStore) Proxy.newProxyInstance(
                    UserMappingStore.class.getClassLoader(),
                    new Class<?>[] {UserMappingStore.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals(broken)) {
                            return defect.call(working, arguments);
                        }
                        try {
                            return method.invoke(working, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public UserMappingStore store() {
            return store;
        }
    }

    static class ErasingFromTheStart extends Broken {

        ErasingFromTheStart() {
            super("erasing", (working, arguments) -> working.erasing(null, (int) arguments[1]));
        }
    }

    static class DiscardedFromTheStart extends Broken {

        DiscardedFromTheStart() {
            super("discarded", (working, arguments) -> working.discarded(null, (int) arguments[1]));
        }
    }

    static class PagesTooLong extends Broken {

        PagesTooLong() {
            super(
                    "discarded",
                    (working, arguments) -> working.discarded((DiscardedUser) arguments[0], 2 * (int) arguments[1]));
        }
    }

    /** The first two who look see that nobody is there. */
    static class LooksBeforeItReserves extends Broken {

        LooksBeforeItReserves() {
            super("reserve", lookingBefore(new CountDownLatch(2)));
        }

        private static Defect lookingBefore(CountDownLatch bothHaveLooked) {
            return (working, arguments) -> {
                ExternalId id = (ExternalId) arguments[0];
                CreationAttempt attempt = (CreationAttempt) arguments[1];
                if (!id.value().equals("contended 0")) {
                    return working.reserve(id, attempt);
                }
                Optional<UserMapping> there = working.find(id);
                bothHaveLooked.countDown();
                try {
                    bothHaveLooked.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted", e);
                }
                UserMapping reserved = working.reserve(id, attempt);
                return there.isPresent() ? reserved : new UserMapping.Reserved(id, attempt);
            };
        }
    }

    static class BindsWhoeverAsks extends Broken {

        BindsWhoeverAsks() {
            super("bind", (working, arguments) -> {
                ExternalId id = (ExternalId) arguments[0];
                UserId user = (UserId) arguments[2];
                working.tombstone(id).ifPresent(working::forget);
                return working.adopt(id, user).equals(new UserMapping.Bound(id, user));
            });
        }
    }

    static class ForgetsWithTheMark extends Broken {

        ForgetsWithTheMark() {
            super("tombstone", (working, arguments) -> {
                Optional<UserMapping.Erasing> mark = working.tombstone((ExternalId) arguments[0]);
                mark.ifPresent(working::forget);
                return mark;
            });
        }
    }

    static class AdoptsOverAll extends Broken {

        AdoptsOverAll() {
            super("adopt", (working, arguments) -> {
                ExternalId id = (ExternalId) arguments[0];
                working.tombstone(id).ifPresent(working::forget);
                return working.adopt(id, (UserId) arguments[1]);
            });
        }
    }

    static class TakesOverInSilence extends Broken {

        TakesOverInSilence() {
            super("reserve", (working, arguments) -> {
                ExternalId id = (ExternalId) arguments[0];
                CreationAttempt attempt = (CreationAttempt) arguments[1];
                if (working.find(id).orElse(null) instanceof UserMapping.Reserved there
                        && there.attempt().isExpiredAt(attempt.startedAt())) {
                    working.release(id, there.attempt(), false);
                }
                return working.reserve(id, attempt);
            });
        }
    }

    static class ExpiresInSilence extends Broken {

        ExpiresInSilence() {
            super("expireReservations", (working, arguments) -> {
                int before = working.unknown(1000).size();
                int expired = working.expireReservations((Instant) arguments[0]);
                List<CreationAttempt> after = working.unknown(1000);
                after.subList(0, after.size() - before)
                        .forEach(attempt -> working.release(Mappings.ALICE, attempt, false));
                return expired;
            });
        }
    }

    static class DropsTheDiscarded extends Broken {

        DropsTheDiscarded() {
            super("discard", (working, arguments) -> {
                working.release((ExternalId) arguments[0], ((DiscardedUser) arguments[1]).attempt(), false);
                return null;
            });
        }
    }

    /** As a transaction that its thread does not end. */
    static class KeepsForItsThread extends Broken {

        KeepsForItsThread() {
            super("bind", onlyOn(Thread.currentThread()));
        }

        private static Defect onlyOn(Thread test) {
            return (working, arguments) -> Thread.currentThread() != test
                    || working.bind((ExternalId) arguments[0], (CreationAttempt) arguments[1], (UserId) arguments[2]);
        }
    }
}
