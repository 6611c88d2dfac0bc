/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.directory.UserMapping;
import io.github.acsidentity.directory.UserMappingStore;
import org.junit.jupiter.api.Test;

/**
 * What a {@link UserMappingStore} holds when a process dies, at each step of creating and erasing: whatever others need
 * to go on. Every user at the service is known or counted as possibly unknown, and the external ids can be used again.
 *
 * <p>It is a part of {@link UserMappingStoreContract}.
 */
@SuppressWarnings("exports")
public interface UserMappingStoreCrashContract {

    /**
     * Returns the store under test, the same one each time it is called within a test.
     *
     * @return the store
     */
    UserMappingStore store();

    /** Before the reservation nothing has happened. */
    @Test
    default void creation_stoppedBeforeReserve_leavesNothing() {
        new Crash(store()).after(caller -> {}).leavesNothing();
    }

    /** A reservation may be the last that is heard of a user: it is counted. */
    @Test
    default void creation_stoppedAfterReserve_isCountedAsUnknown() {
        new Crash(store()).after(Caller::reserve).leaves(0, 2);
    }

    /** A user who was created, and whom nobody has got bound, is one of those that are counted. */
    @Test
    default void creation_stoppedBeforeBind_isCountedAsUnknown() {
        new Crash(store())
                .after(caller -> {
                    caller.reserve();
                    caller.createAtService();
                })
                .leaves(2, 2);
    }

    /** What is bound stays so. */
    @Test
    default void creation_stoppedAfterBind_leavesTheUser() {
        new Crash(store())
                .after(caller -> {
                    caller.reserve();
                    caller.createAtService();
                    assertThat(caller.bind()).isTrue();
                })
                .leavesTheUsers();
    }

    /** A refused creation that was released is over. */
    @Test
    default void creation_stoppedAfterRelease_leavesNothing() {
        new Crash(store())
                .after(caller -> {
                    caller.reserve();
                    caller.release(false);
                })
                .leavesNothing();
    }

    /** A creation whose answer was lost is counted, once. */
    @Test
    default void creation_stoppedAfterReleaseOfUnknownOutcome_isCountedAsUnknown() {
        new Crash(store())
                .after(caller -> {
                    caller.reserve();
                    caller.createAtService();
                    caller.release(true);
                })
                .leaves(2, 2);
    }

    /** Who has lost the race, and dies before saying so, leaves a user who is counted. */
    @Test
    default void overtakenCreation_stoppedBeforeDiscard_isCountedAsUnknown() {
        new Crash(store()).afterBeingOvertaken(caller -> {}).leaves(2, 2);
    }

    /** A user who was given up is deleted by others. */
    @Test
    default void overtakenCreation_stoppedAfterDiscard_isFinishedByOthers() {
        new Crash(store()).afterBeingOvertaken(Caller::discard).leavesNothing();
    }

    /** A user who was given up and deleted is deleted once more, and then settled. */
    @Test
    default void overtakenCreation_stoppedBeforeSettle_isFinishedByOthers() {
        new Crash(store())
                .afterBeingOvertaken(caller -> {
                    caller.discard();
                    caller.deleteAtService();
                })
                .leavesNothing();
    }

    /** What is settled is over. */
    @Test
    default void overtakenCreation_stoppedAfterSettle_leavesNothing() {
        new Crash(store())
                .afterBeingOvertaken(caller -> {
                    caller.discard();
                    caller.deleteAtService();
                    caller.settle();
                })
                .leavesNothing();
    }

    /** Who could not bind, and gives the user up while the reservation still holds, keeps nobody out. */
    @Test
    default void creation_stoppedAfterDiscard_isFinishedByOthers() {
        new Crash(store())
                .after(caller -> {
                    caller.reserve();
                    caller.createAtService();
                    caller.discard();
                })
                .leavesNothing();
    }

    /** Before the mark nothing has happened. */
    @Test
    default void erasure_stoppedBeforeTombstone_leavesTheUser() {
        new Crash(store()).afterBinding(caller -> {}).leavesTheUsers();
    }

    /** An erasure that was marked is finished. */
    @Test
    default void erasure_stoppedAfterTombstone_isFinishedByOthers() {
        new Crash(store())
                .afterBinding(caller -> assertThat(caller.tombstone()).isPresent())
                .leavesNothing();
        assertThat(store().externalId(Mappings.user(1))).isEmpty();
        assertThat(store().externalId(Mappings.user(2))).isEmpty();
    }

    /** An erasure of which only the mark is left is finished. */
    @Test
    default void erasure_stoppedBeforeForget_isFinishedByOthers() {
        new Crash(store())
                .afterBinding(caller -> {
                    caller.tombstone();
                    caller.deleteAtService();
                })
                .leavesNothing();
    }

    /** A finished erasure is over. */
    @Test
    default void erasure_stoppedAfterForget_leavesNothing() {
        new Crash(store())
                .afterBinding(caller -> {
                    caller.tombstone();
                    caller.deleteAtService();
                    caller.forget();
                })
                .leavesNothing();
    }

    /** An erasure that ends a creation under way leaves the doubt that the creation does. */
    @Test
    default void erasure_stoppedAfterEndingACreation_isCountedAsUnknown() {
        new Crash(store())
                .after(caller -> {
                    caller.reserve();
                    caller.createAtService();
                    caller.tombstone();
                })
                .leaves(2, 2);
    }

    /** What is adopted stays so. */
    @Test
    default void adoption_stoppedAfterAdopt_leavesTheUser() {
        new Crash(store())
                .after(caller -> {
                    caller.createAtService();
                    assertThat(caller.adopt()).isInstanceOf(UserMapping.Bound.class);
                })
                .leavesTheUsers();
    }

    /** A recovery that dies on the way is finished by the next, at each of its steps. */
    @Test
    default void recovery_stoppedAfterExpiry_isFinishedByOthers() {
        new Crash(store())
                .after(caller -> {
                    caller.reserve();
                    caller.createAtService();
                    store().expireReservations(Mappings.NOW.plus(Mappings.LIFE));
                })
                .leaves(2, 2);
    }

    /** Whoever dies on the way, what is left can be erased. */
    @Test
    default void erasure_afterACreationThatStopped_isPossible() {
        Crash crash = new Crash(store()).after(Caller::reserve);

        crash.bothCanBeErased();

        crash.leaves(0, 2);
        crash.bothCanBeErased();
    }
}
