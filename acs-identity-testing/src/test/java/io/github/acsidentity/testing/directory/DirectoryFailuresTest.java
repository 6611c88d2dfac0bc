/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.CreationAttempt;
import io.github.acsidentity.directory.DirectoryStats;
import io.github.acsidentity.directory.DiscardedUser;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.InMemoryUserMappingStore;
import io.github.acsidentity.directory.UserDirectory;
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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of users when stores, managers and executors do not behave. */
@Timeout(60)
class DirectoryFailuresTest {

    private static final TokenRequest CALLING = TokenRequest.of(TokenScope.VOIP);
    private static final ExternalId ALICE = ExternalId.of("alice");
    private static final DirectoryStats NOTHING = new DirectoryStats(0, 0, 0, 0, 0);
    private static final DirectoryStats ONE_BOUND = new DirectoryStats(1, 0, 0, 0, 0);

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-31T09:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final FakeIdentityService service =
            FakeIdentityService.builder().clock(clock).scheduler(scheduler).build();
    private final IdentityManager manager = FakeIdentityManager.on(service);
    private final UserMappingStore store = new InMemoryUserMappingStore();
    private final CrashingStore crashing = new CrashingStore(store);
    private final UserDirectory directory = directory(manager).build();

    @AfterEach
    void close() {
        directory.close();
        manager.close();
    }

    private UserDirectory.Builder directory(IdentityManager with) {
        return UserDirectory.builder(with, crashing.store())
                .timeSource(clock)
                .scheduler(scheduler)
                .executor(Runnable::run);
    }

    @Test
    void resolve_afterDelete_isAlwaysOfANewUser() {
        try (UserDirectory threaded = UserDirectory.builder(manager, store).build()) {
            for (int i = 0; i < 2_000; i++) {
                UserId old = threaded.resolve("alice");
                assertThat(threaded.delete("alice")).isTrue();
                assertThat(threaded.resolve("alice")).isNotEqualTo(old);
                assertThat(threaded.delete("alice")).isTrue();
            }
        }
        assertThat(service.users()).isEmpty();
    }

    @Test
    void resolve_thatBeginsAfterADelete_isNotServedByWhatWasDecidedBefore() throws Exception {
        CountDownLatch bound = new CountDownLatch(1);
        CountDownLatch deleted = new CountDownLatch(1);
        crashing.beforeNext("after bind", () -> {
            bound.countDown();
            await(deleted);
        });
        CompletableFuture<UserId> early = CompletableFuture.supplyAsync(() -> directory.resolve("alice"));
        await(bound);

        assertThat(directory.delete("alice")).isTrue();
        UserId late = directory.resolve("alice");
        deleted.countDown();

        assertThat(early.get(10, TimeUnit.SECONDS)).isNotEqualTo(late);
        assertThat(service.users()).containsExactly(late);
        assertThat(directory.getToken("alice", CALLING)).isNotNull();
    }

    @Test
    void recover_whenAUserOfAnotherResourceCouldNotBeDiscarded_bindsHimToNobody() {
        try (UserDirectory other = directory(manager)
                .resourceId("0b7d6e51-8a42-4f0c-a3d9-6c1e5b2f7a84")
                .build()) {
            crashing.failWith(new UserMappingStoreException("away", true, null), "before discard");
            assertThatThrownBy(() -> other.resolve("alice")).isInstanceOf(UserMappingStoreException.class);
            crashing.heal();

            other.recover();

            assertThat(other.find("alice")).isEmpty();
            assertThat(service.users()).isEmpty();
            assertThat(other.stats()).isEqualTo(NOTHING);
        }
    }

    @Test
    void delete_whenTheDirectoryIsClosedMeanwhile_runsToItsEnd() throws Exception {
        UserDirectory threaded =
                UserDirectory.builder(manager, store).timeSource(clock).build();
        threaded.resolve("alice");
        service.faults().on(IdentityOperation.DELETE_USER).next(Fault.latency(Duration.ofSeconds(1)));
        CompletableFuture<Boolean> deletion = CompletableFuture.supplyAsync(() -> threaded.delete("alice"));
        waitForTimers(1);

        threaded.close();
        clock.advance(Duration.ofSeconds(1));

        assertThat(deletion.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(store.find(ALICE)).isEmpty();
    }

    @Test
    void operation_whoseExecutorRefuses_isDoneByTheThreadAtHand() {
        try (UserDirectory refusing = directory(manager)
                .executor(task -> {
                    throw new IllegalStateException("no more tasks");
                })
                .build()) {
            UserId user = refusing.resolve("alice");
            assertThat(refusing.find("alice")).contains(user);
            assertThat(refusing.delete("alice")).isTrue();
        }
        assertThat(service.users()).isEmpty();
    }

    @Test
    void resolve_whenACreationNeverEnds_isTriedAgainAfterTheReservation() {
        service.faults().on(IdentityOperation.CREATE_USER).next(Fault.hang());
        CompletableFuture<UserId> waiting = CompletableFuture.supplyAsync(() -> directory.resolve("alice"));
        waitForTimers(2);

        clock.advance(Duration.ofMinutes(1));

        assertThatThrownBy(waiting::join).hasCauseInstanceOf(ServiceUnavailableException.class);
        UserId user = directory.resolve("alice");
        assertThat(service.users()).containsExactly(user);
        assertThat(directory.stats()).isEqualTo(new DirectoryStats(1, 0, 0, 0, 1));
    }

    @Test
    void resolve_whoseAnswerComesTooLate_givesUpItsUser() {
        CompletableFuture<UserId> answer = new CompletableFuture<>();
        try (UserDirectory slow = directory(creating(() -> answer)).build()) {
            CompletableFuture<UserId> waiting = CompletableFuture.supplyAsync(() -> slow.resolve("alice"));
            waitForTimers(2);
            clock.advance(Duration.ofMinutes(1));
            assertThatThrownBy(waiting::join).hasCauseInstanceOf(ServiceUnavailableException.class);
            UserId second = directory.resolve("alice");
            assertThat(directory.stats().possiblyUnknown()).isEqualTo(1);

            answer.complete(manager.createUser());
            waitUntil(() -> directory.stats().equals(ONE_BOUND));

            assertThat(service.users()).containsExactly(second);
        }
    }

    @Test
    void resolve_whenTheStoreFailsInAnUnforeseenWay_losesNobody() {
        crashing.failWith(new IllegalStateException("unforeseen"), "before bind");
        assertThatThrownBy(() -> directory.resolve("alice")).isInstanceOf(IllegalStateException.class);
        crashing.heal();

        directory.recover();

        assertThat(service.users()).containsExactly(directory.resolve("alice"));
        assertThat(directory.stats()).isEqualTo(ONE_BOUND);
    }

    @Test
    void resolve_whenTheStoreIsAwayForLong_isSavedWithoutARecovery() {
        crashing.failWith(new UserMappingStoreException("away", true, null), "before bind");
        CompletableFuture<UserId> waiting = CompletableFuture.supplyAsync(() -> directory.resolve("alice"));
        while (!waiting.isDone()) {
            if (scheduler.pendingTasks() > 0) {
                clock.advance(Duration.ofMillis(100));
            }
        }
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(UserMappingStoreException.class);

        clock.advance(Duration.ofSeconds(25));
        crashing.heal();
        clock.advance(Duration.ofSeconds(10));

        assertThat(directory.stats()).isEqualTo(ONE_BOUND);
        assertThat(scheduler.pendingTasks()).isZero();
    }

    @Test
    void close_withAUserWhoIsNotSaved_savesHim() {
        crashing.failWith(new IllegalStateException("unforeseen"), "before bind");
        assertThatThrownBy(() -> directory.resolve("alice")).isInstanceOf(IllegalStateException.class);
        crashing.heal();

        directory.close();

        assertThat(store.stats(clock.instant())).isEqualTo(ONE_BOUND);
    }

    @Test
    void resolve_whenTheManagerReturnsSomebodyElsesUser_deletesNobody() {
        UserId bob = directory.resolve("bob");
        try (UserDirectory replaying = directory(creating(() -> CompletableFuture.completedFuture(bob)))
                .build()) {
            assertThatThrownBy(() -> replaying.resolve("alice")).isInstanceOf(UserMappingStoreException.class);
            clock.advance(Duration.ofMinutes(2));
            replaying.recover();
            replaying.recover();
        }

        assertThat(service.users()).containsExactly(bob);
        assertThat(directory.find("bob")).contains(bob);
    }

    @Test
    void recover_ofADiscardedUserWhoWasAdopted_leavesHimAlone() {
        UserId user = manager.createUser();
        CreationAttempt attempt = new CreationAttempt(UUID.randomUUID(), clock.instant(), clock.instant());
        store.discard(ExternalId.of("bob"), new DiscardedUser(attempt, user));
        directory.adopt("alice", user);

        directory.recover();

        assertThat(service.users()).containsExactly(user);
        assertThat(directory.stats()).isEqualTo(ONE_BOUND);
    }

    @Test
    void resolve_whenTheManagerThrowsAndDoesNotKnow_countsAPossiblyUnknownUser() {
        ServiceUnavailableException lost = new ServiceUnavailableException(
                "lost", FailureDetails.of(IdentityOperation.CREATE_USER).withOutcomeUnknown(true));
        try (UserDirectory throwing = directory(creating(() -> {
                    throw lost;
                }))
                .build()) {
            assertThatThrownBy(() -> throwing.resolve("alice")).isInstanceOf(ServiceUnavailableException.class);
        }

        assertThat(directory.stats().possiblyUnknown()).isEqualTo(1);
    }

    @Test
    void resolve_whoseReservationCannotBeReleased_tellsBothFailures() {
        service.faults().on(IdentityOperation.CREATE_USER).next(Fault.status(400));
        crashing.failWith(new UserMappingStoreException("no such table", false, null), "before release");

        assertThatThrownBy(() -> directory.resolve("alice"))
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .isInstanceOf(UserMappingStoreException.class));
    }

    /** Returns a manager whose creations go as told. */
    private IdentityManager creating(Supplier<CompletableFuture<UserId>> creation) {
        AsyncIdentityManager async = (AsyncIdentityManager) Proxy.newProxyInstance(
                AsyncIdentityManager.class.getClassLoader(),
                new Class<?>[] {AsyncIdentityManager.class},
                (proxy, method, arguments) -> method.getName().equals("createUser")
                        ? creation.get()
                        : method.invoke(manager.async(), arguments));
        return (IdentityManager) Proxy.newProxyInstance(
                IdentityManager.class.getClassLoader(),
                new Class<?>[] {IdentityManager.class},
                (proxy, method, arguments) ->
                        method.getName().equals("async") ? async : method.invoke(manager, arguments));
    }

    private void waitForTimers(int count) {
        waitUntil(() -> scheduler.pendingTasks() >= count);
    }

    private void waitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("it has not happened: " + directory.stats() + scheduler.pendingTasks())
                    .isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
