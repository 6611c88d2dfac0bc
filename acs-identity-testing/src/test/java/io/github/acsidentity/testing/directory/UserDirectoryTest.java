/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import io.github.acsidentity.directory.AdoptionReport;
import io.github.acsidentity.directory.CreationAttempt;
import io.github.acsidentity.directory.DirectoryStats;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.InMemoryUserMappingStore;
import io.github.acsidentity.directory.RecoveryReport;
import io.github.acsidentity.directory.UserDirectory;
import io.github.acsidentity.directory.UserMapping;
import io.github.acsidentity.directory.UserMappingStore;
import io.github.acsidentity.directory.UserMappingStoreException;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UserDirectoryTest {

    private static final TokenRequest CALLING = TokenRequest.of(TokenScope.VOIP);
    private static final ExternalId ALICE = ExternalId.of("alice");
    private static final DirectoryStats NOTHING = new DirectoryStats(0, 0, 0, 0, 0);

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-31T09:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final FakeIdentityService service =
            FakeIdentityService.builder().clock(clock).build();
    private final IdentityManager manager = FakeIdentityManager.on(service);
    private final UserMappingStore store = new InMemoryUserMappingStore();
    private final CrashingStore crashing = new CrashingStore(store);
    private final UserDirectory directory = directory(crashing.store()).build();

    @AfterEach
    void close() {
        directory.close();
        manager.close();
    }

    private UserDirectory.Builder directory(UserMappingStore store) {
        return UserDirectory.builder(manager, store)
                .timeSource(clock)
                .scheduler(scheduler)
                .executor(Runnable::run);
    }

    @Test
    void getToken_newUser_createsOneAndKeepsIt() {
        AccessToken first = directory.getToken("alice", CALLING);
        AccessToken second = directory.getToken("alice", CALLING);

        assertThat(service.isAccepted(first)).isTrue();
        assertThat(service.isAccepted(second)).isTrue();
        assertThat(service.users()).hasSize(1);
        UserId user = directory.resolve("alice");
        assertThat(directory.find("alice")).contains(user);
        assertThat(directory.externalId(user)).contains(ALICE);
        assertThat(directory.stats()).isEqualTo(new DirectoryStats(1, 0, 0, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void operation_withABlankId_isRefused(String externalId) {
        assertThatThrownBy(() -> directory.getToken(externalId, CALLING)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> directory.resolve(externalId)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> directory.delete(externalId)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> directory.revokeTokens(externalId)).isInstanceOf(IllegalArgumentException.class);
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void find_unknownId_createsNobody() {
        assertThat(directory.find("alice")).isEmpty();
        directory.revokeTokens("alice");
        assertThat(directory.delete("alice")).isFalse();
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void resolve_whoseAnswerIsLost_countsOnePossiblyUnknown() {
        service.faults().on(IdentityOperation.CREATE_USER).next(Fault.lostAnswer());

        assertThatThrownBy(() -> directory.resolve("alice"))
                .isInstanceOf(ServiceUnavailableException.class)
                .satisfies(failure -> assertThat(((IdentityException) failure).outcomeUnknown())
                        .isTrue());

        assertThat(directory.stats()).isEqualTo(new DirectoryStats(0, 0, 0, 0, 1));
        UserId user = directory.resolve("alice");
        assertThat(service.orphans()).hasSize(1).doesNotContain(user);
    }

    @Test
    void resolve_thatIsThrottled_leavesNothing() {
        service.faults().on(IdentityOperation.CREATE_USER).next(Fault.throttled());

        assertThatThrownBy(() -> directory.resolve("alice")).isInstanceOf(ThrottledException.class);

        assertThat(directory.stats()).isEqualTo(NOTHING);
    }

    @Test
    void revokeTokens_ofAUser_revokesThem() {
        AccessToken token = directory.getToken("alice", CALLING);

        directory.revokeTokens("alice");

        assertThat(service.isAccepted(token)).isFalse();
    }

    @Test
    void delete_ofAUser_deletesItAndForgets() {
        AccessToken token = directory.getToken("alice", CALLING);

        assertThat(directory.delete("alice")).isTrue();

        assertThat(service.isAccepted(token)).isFalse();
        assertThat(service.users()).isEmpty();
        assertThat(directory.stats()).isEqualTo(NOTHING);
        assertThat(directory.delete("alice")).isFalse();
    }

    @Test
    void delete_duringAnOutage_isFinishedByARecovery() {
        directory.getToken("alice", CALLING);
        service.faults().on().always(Fault.status(503));

        assertThatThrownBy(() -> directory.delete("alice")).isInstanceOf(ServiceUnavailableException.class);
        assertThat(directory.stats()).isEqualTo(new DirectoryStats(0, 0, 1, 0, 0));
        assertThatThrownBy(() -> directory.getToken("alice", CALLING)).isInstanceOf(ServiceUnavailableException.class);
        RecoveryReport inVain = directory.recover();
        assertThat(inVain.failed()).isEqualTo(1);
        assertThat(inVain.failure()).containsInstanceOf(ServiceUnavailableException.class);
        service.faults().clear();

        RecoveryReport report = directory.recover();

        assertThat(report).isEqualTo(new RecoveryReport(1, 0, 0, Optional.empty(), NOTHING));
        assertThat(service.users()).isEmpty();
    }

    @Test
    void getToken_afterAnErasureThatFailed_finishesItAndCreatesAnew() {
        UserId old = directory.resolve("alice");
        service.faults().on().next(Fault.status(503));
        assertThatThrownBy(() -> directory.delete("alice")).isInstanceOf(ServiceUnavailableException.class);

        directory.getToken("alice", CALLING);

        assertThat(service.users()).hasSize(1).doesNotContain(old);
        assertThat(directory.stats()).isEqualTo(new DirectoryStats(1, 0, 0, 0, 0));
    }

    @Test
    void delete_whenTheServiceSaysNotYours_staysToBeFinished() {
        directory.resolve("alice");
        try (IdentityManager other = FakeIdentityManager.create();
                UserDirectory wrong = UserDirectory.builder(other, store).build()) {
            assertThatThrownBy(() -> wrong.delete("alice"))
                    .isInstanceOfSatisfying(
                            UserNotFoundException.class,
                            failure -> assertThat(failure.isForeignResource()).isTrue());
            assertThat(wrong.recover().failed()).isEqualTo(1);
        }

        assertThat(directory.stats()).isEqualTo(new DirectoryStats(0, 0, 1, 0, 0));
        assertThat(directory.recover().erased()).isEqualTo(1);
    }

    @Test
    void getToken_whenTheServiceSaysNotYours_createsNobody() {
        UserId user = directory.resolve("alice");
        FakeIdentityManager other = FakeIdentityManager.create();
        try (other;
                UserDirectory wrong = UserDirectory.builder(other, store).build()) {
            assertThatThrownBy(() -> wrong.getToken("alice", CALLING)).isInstanceOf(UserNotFoundException.class);
        }

        assertThat(other.service().users()).isEmpty();
        assertThat(directory.find("alice")).contains(user);
    }

    @Test
    void getToken_ofAUserOfAnotherResource_failsBeforeAnyCall() {
        UserId user = new UserId("8:acs:0b7d6e51-8a42-4f0c-a3d9-6c1e5b2f7a84_00000001");
        directory.adopt("alice", user);
        String own = service.resource().id();
        try (UserDirectory knowing = directory(store).resourceId(own).build()) {
            assertThatThrownBy(() -> knowing.getToken("alice", CALLING))
                    .isInstanceOfSatisfying(
                            UserNotFoundException.class,
                            failure -> assertThat(failure.isForeignResource()).isTrue())
                    .hasMessageContaining(own)
                    .hasMessageContaining(user.resourceId());
            assertThatThrownBy(() -> knowing.adopt("bob", user))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(own);
        }
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void adopt_whatIsTaken_isRefused() {
        UserId user = directory.resolve("alice");
        UserId another = manager.createUser();

        directory.adopt("alice", user);
        assertThatThrownBy(() -> directory.adopt("alice", another))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("alice");
        assertThatThrownBy(() -> directory.adopt("bob", user))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(user.rawId());
        directory.adopt("bob", another);
        assertThat(directory.find("bob")).contains(another);
    }

    @Test
    void adoptAll_ofSome_takesOverWhatItCanAndSaysWhatNot() {
        UserId alice = directory.resolve("alice");
        UserId bob = manager.createUser();
        UserId carol = manager.createUser();
        UserId foreign = new UserId("8:acs:0b7d6e51-8a42-4f0c-a3d9-6c1e5b2f7a84_00000001");

        AdoptionReport report = directory.adoptAll(
                Map.of("alice", alice, "bob", bob, "carla", alice, " ", carol, "dave", foreign, "erin", carol));

        assertThat(report.adopted()).isEqualTo(3);
        assertThat(report.refused())
                .extracting(AdoptionReport.Refusal::externalId)
                .containsExactlyInAnyOrder("carla", " ", "dave");
        assertThat(report.toString()).contains("another external id", "blank").doesNotContain("carla", "dave");
        assertThat(directory.find("bob")).contains(bob);
        assertThat(directory.find("erin")).contains(carol);
    }

    @Test
    void adoptAll_afterClose_isRefused() {
        UserId user = manager.createUser();
        directory.close();

        assertThatThrownBy(() -> directory.adoptAll(Map.of("alice", user))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void inNamespace_theSameId_isAnotherUser() {
        UserDirectory red = directory.inNamespace("red");
        UserDirectory blue = directory.inNamespace("blue");

        UserId ofRed = red.resolve("alice");
        UserId ofBlue = blue.resolve("alice");
        UserId ofNone = directory.resolve("alice");

        assertThat(service.users()).containsExactlyInAnyOrder(ofRed, ofBlue, ofNone);
        assertThat(directory.externalId(ofRed)).contains(new ExternalId("red", "alice"));
        assertThat(blue.purge(List.of("alice"), state -> {}).erased()).isEqualTo(1);
        assertThat(red.find("alice")).contains(ofRed);
        assertThat(blue.find("alice")).isEmpty();
        assertThat(red.inNamespace("").find("alice")).contains(ofNone);
        assertThat(blue.stats()).isEqualTo(new DirectoryStats(2, 0, 0, 0, 0));
        assertThatThrownBy(() -> directory.inNamespace(" ")).isInstanceOf(IllegalArgumentException.class);
        red.close();
        assertThatThrownBy(() -> directory.find("alice")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void getToken_ofAUserOfAnotherResourceThanTheFirstThatWasCreated_failsBeforeAnyCall() {
        UserId foreign = new UserId("8:acs:0b7d6e51-8a42-4f0c-a3d9-6c1e5b2f7a84_00000001");
        directory.adopt("bob", foreign);
        UserId created = directory.resolve("alice");
        int calls = service.calls().size();

        assertThatThrownBy(() -> directory.getToken("bob", CALLING))
                .isInstanceOf(UserNotFoundException.class)
                .hasMessageContaining(created.resourceId())
                .hasMessageContaining(foreign.resourceId());
        assertThatThrownBy(() -> directory.resolve("bob")).isInstanceOf(UserNotFoundException.class);
        assertThat(service.calls()).hasSize(calls);
    }

    @Test
    void resolve_whenAUserOfAnotherResourceIsCreated_keepsNobody() {
        try (UserDirectory other = directory(store)
                .resourceId("0b7d6e51-8a42-4f0c-a3d9-6c1e5b2f7a84")
                .build()) {
            assertThatThrownBy(() -> other.resolve("alice"))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("connection string of another resource")
                    .hasMessageContaining(service.resource().id());
        }

        assertThat(service.users()).isEmpty();
        assertThat(directory.stats()).isEqualTo(NOTHING);
    }

    @Test
    void resolve_afterAUserOfAnotherResourceWasCreated_createsNobodyAnyMore() {
        try (UserDirectory other = directory(store)
                .resourceId("0b7d6e51-8a42-4f0c-a3d9-6c1e5b2f7a84")
                .build()) {
            assertThatThrownBy(() -> other.resolve("alice")).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> other.resolve("bob")).isInstanceOf(AccessDeniedException.class);
        }

        assertThat(service.usersCreated()).hasSize(1);
    }

    @Test
    void revokeTokens_ofAUserWhoIsBeingErased_finishesThat() {
        AccessToken token = directory.getToken("alice", CALLING);
        service.faults().on(IdentityOperation.DELETE_USER).next(Fault.status(503));
        assertThatThrownBy(() -> directory.delete("alice")).isInstanceOf(ServiceUnavailableException.class);

        directory.revokeTokens("alice");

        assertThat(service.isAccepted(token)).isFalse();
        assertThat(directory.stats()).isEqualTo(NOTHING);
    }

    @Test
    void adopt_whileTheUserIsBeingErased_saysSo() {
        UserId user = directory.resolve("alice");
        store.tombstone(ALICE);

        assertThatThrownBy(() -> directory.adopt("alice", user)).hasMessageContaining("being erased");
    }

    @Test
    void getToken_thatIsHeld_isReturnedWithOneLookIntoTheMemoryOfTheStore() {
        AccessToken held = directory.getToken("alice", CALLING);
        try (UserDirectory holding = UserDirectory.builder(holding(held), crashing.store())
                .timeSource(clock)
                .build()) {
            crashing.failWith(new UserMappingStoreException("away", true, null), "before find");

            assertThat(holding.getToken("alice", CALLING)).isEqualTo(held);
            assertThatThrownBy(() -> holding.getToken("alice", TokenRequest.of(TokenScope.CHAT)))
                    .isInstanceOf(UserMappingStoreException.class);
        }
    }

    /** Returns the manager, who holds a token for calls. */
    private IdentityManager holding(AccessToken token) {
        return (IdentityManager) Proxy.newProxyInstance(
                IdentityManager.class.getClassLoader(),
                new Class<?>[] {IdentityManager.class},
                (proxy, method, arguments) -> method.getName().equals("heldToken")
                        ? Optional.of(token).filter(unused -> arguments[1].equals(CALLING))
                        : method.invoke(manager, arguments));
    }

    @Test
    void unknownAttempts_afterALostAnswer_nameTheRequest() {
        service.faults().on(IdentityOperation.CREATE_USER).next(Fault.lostAnswer());
        assertThatThrownBy(() -> directory.resolve("alice")).isInstanceOf(ServiceUnavailableException.class);

        assertThat(directory.unknownAttempts(10))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.startedAt()).isEqualTo(clock.instant()));
        assertThatThrownBy(() -> directory.unknownAttempts(0)).hasMessageContaining("but was 0");
    }

    @Test
    void resolve_whileAnotherProcessCreates_waitsForItsUser() throws Exception {
        CreationAttempt theirs = reserveElsewhere();
        CompletableFuture<UserId> waiting = waitFor("alice");
        UserId user = manager.createUser();

        store.bind(ALICE, theirs, user);
        clock.advance(Duration.ofMillis(50));

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(user);
        assertThat(service.users()).hasSize(1);
    }

    @Test
    void resolve_whileAnotherProcessTakesLong_failsInTimeAndGoesOn() {
        reserveElsewhere();
        CompletableFuture<UserId> waiting = waitFor("alice");

        clock.advance(Duration.ofSeconds(10));
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(ServiceUnavailableException.class);
        clock.advance(Duration.ofSeconds(51));

        assertThat(directory.find("alice")).isPresent();
        assertThat(directory.stats()).isEqualTo(new DirectoryStats(1, 0, 0, 0, 1));
    }

    @Test
    void resolve_thatIsOvertaken_givesUpItsUserAndServesTheOther() {
        UserId winner = manager.createUser();
        crashing.beforeNext("bind", () -> store.adopt(ALICE, winner));

        assertThat(directory.resolve("alice")).isEqualTo(winner);

        assertThat(service.users()).containsExactly(winner);
        assertThat(directory.stats()).isEqualTo(new DirectoryStats(1, 0, 0, 0, 0));
    }

    @Test
    void resolve_thatIsErasedMeanwhile_failsAndLeavesNothing() {
        crashing.beforeNext("bind", () -> store.tombstone(ALICE));

        assertThatThrownBy(() -> directory.resolve("alice"))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("erased");

        assertThat(service.users()).isEmpty();
        assertThat(directory.stats()).isEqualTo(NOTHING);
    }

    @Test
    void getToken_thatIsErasedMeanwhile_handsOutNothing() {
        UserId user = directory.resolve("alice");
        crashing.beforeNext("find", () -> crashing.beforeNext("find", () -> store.tombstone(ALICE)));

        assertThatThrownBy(() -> directory.getToken("alice", CALLING))
                .isInstanceOf(UserNotFoundException.class)
                .hasMessageContaining("erased")
                .satisfies(failure ->
                        assertThat(((IdentityException) failure).user()).contains(user));
    }

    @Test
    void resolve_whileTheStoreIsAwayForAMoment_bindsInTheEnd() throws Exception {
        crashing.failWith(new UserMappingStoreException("away", true, null), "before bind");
        CompletableFuture<UserId> waiting = waitFor("alice");

        crashing.heal();
        clock.advance(Duration.ofMillis(50));

        assertThat(service.users()).containsExactly(waiting.get(10, TimeUnit.SECONDS));
        assertThat(directory.stats()).isEqualTo(new DirectoryStats(1, 0, 0, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"before bind", "after bind"})
    void resolve_whenTheStoreFailsForGood_isSavedByARecovery(String where) {
        crashing.failWith(new UserMappingStoreException("broken", false, null), where);
        assertThatThrownBy(() -> directory.resolve("alice")).isInstanceOf(UserMappingStoreException.class);
        crashing.heal();

        directory.recover();

        assertThat(directory.stats()).isEqualTo(new DirectoryStats(1, 0, 0, 0, 0));
        assertThat(service.users()).containsExactly(directory.resolve("alice"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "before recall",
                "after recall",
                "before reserve",
                "after reserve",
                "before bind",
                "after bind",
                "before tombstone",
                "after tombstone",
                "before forget",
                "after forget"
            })
    void crash_atAnyStep_losesNoUserThatIsNotCounted(String where) {
        crashing.crashAt(where);
        catchAll(() -> directory.resolve("alice"));
        catchAll(() -> directory.delete("alice"));
        clock.advance(Duration.ofMinutes(1));

        try (UserDirectory next = directory(store).build()) {
            RecoveryReport report = next.recover();

            long unaccounted = service.users().size() - report.left().bound();
            assertThat(unaccounted).isBetween(0L, report.left().possiblyUnknown());
            assertThat(report.left().possiblyUnknown()).isLessThanOrEqualTo(1);
            assertThat(report.left().erasing()
                            + report.left().discarded()
                            + report.left().reserved())
                    .isZero();
            UserId user = next.resolve("alice");
            assertThat(service.users()).contains(user);
            assertThat(next.delete("alice")).isTrue();
            assertThat(service.users()).doesNotContain(user);
        }
    }

    @Test
    void operation_afterClose_isRefused() {
        directory.close();
        directory.close();

        assertThatThrownBy(() -> directory.resolve("alice")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> directory.delete("alice")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(directory::recover).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(directory::stats).isInstanceOf(IllegalStateException.class);
        assertThat(service.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 3_600_001})
    void duration_outOfRange_isRefused(long millis) {
        Duration duration = Duration.ofMillis(millis);
        UserDirectory.Builder builder = UserDirectory.builder(manager, store);

        assertThatThrownBy(() -> builder.waitTimeout(duration)).hasMessageContaining("but was " + duration);
        assertThatThrownBy(() -> builder.reservationTime(duration)).hasMessageContaining("but was " + duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "contoso",
                "8:acs:0b7d6e51-8a42-4f0c-a3d9-6c1e5b2f7a84",
                "0b7d6e51-8a42-4f0c-a3d9-6c1e5b2f7a84 "
            })
    void resourceId_thatIsNoGuid_isRefused(String resourceId) {
        UserDirectory.Builder builder = UserDirectory.builder(manager, store);

        assertThatThrownBy(() -> builder.resourceId(resourceId))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + resourceId + "\"");
    }

    @Test
    void operation_withNull_namesWhatIsMissing() {
        assertThatThrownBy(() -> new ExternalId("", nothing())).hasMessage("externalId");
        assertThatThrownBy(() -> new ExternalId(nothing(), "alice")).hasMessage("namespace");
        Map<String, UserId> users = new HashMap<>();
        users.put("alice", manager.createUser());
        users.put("bob", null);
        assertThatThrownBy(() -> directory.adoptAll(users)).hasMessage("user");
        assertThat(directory.find("alice")).isEmpty();
    }

    @SuppressWarnings("NullAway") // as callers do who check nothing
    private static String nothing() {
        return null;
    }

    private CreationAttempt reserveElsewhere() {
        Instant now = clock.instant();
        CreationAttempt theirs = new CreationAttempt(UUID.randomUUID(), now, now.plusSeconds(60));
        assertThat(store.reserve(ALICE, theirs)).isEqualTo(new UserMapping.Reserved(ALICE, theirs));
        return theirs;
    }

    /** Resolves on another thread, and returns when that one waits: for its next step, and for the time-out. */
    private CompletableFuture<UserId> waitFor(String externalId) {
        CompletableFuture<UserId> waiting = CompletableFuture.supplyAsync(() -> directory.resolve(externalId));
        while (scheduler.pendingTasks() < 2) {
            assertThat(Thread.interrupted()).isFalse();
            Thread.onSpinWait();
        }
        return waiting;
    }

    private static void catchAll(Runnable step) {
        try {
            step.run();
        } catch (CrashingStore.CrashException | CompletionException | IdentityException expected) {
            assertThat(expected).isNotNull();
        }
    }
}
