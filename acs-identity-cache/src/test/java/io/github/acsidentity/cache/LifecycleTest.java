/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a manager holds, and what is left when it is closed. */
@Timeout(20)
class LifecycleTest {

    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);
    private static final TeamsTokenRequest TEAMS = new TeamsTokenRequest(
            "entra", "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222");

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final ManualService service = new ManualService();
    private final AccessToken token = ManualService.token("t", clock.instant());

    private CachingIdentityManager.Builder builder() {
        return CachingIdentityManager.builder(IdentityManager.from(service))
                .timeSource(clock)
                .scheduler(scheduler)
                .executor(Runnable::run);
    }

    @Test
    void close_duringLoads_endsAllWaits() {
        CachingIdentityManager manager = builder().build();
        List<CompletableFuture<AccessToken>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(manager.async().getToken(user(i), CHAT));
        }
        CompletableFuture<AccessToken> joined = manager.async().getToken(user(0), CHAT);
        CompletableFuture<AccessToken> teams = manager.async().getTokenForTeamsUser(TEAMS);

        manager.close();

        assertThat(waiting).hasSize(20).allSatisfy(LifecycleTest::isClosed);
        isClosed(joined);
        isClosed(teams);
        assertThat(service.tokens).hasSize(16);
        service.tokens.forEach(call -> call.complete(token));
        assertThat(service.tokens).as("nobody goes out after that").hasSize(16);
    }

    @Test
    void close_duringLoads_endsBlockingWaits() throws Exception {
        CachingIdentityManager manager = builder().build();
        CompletableFuture<AccessToken> outcome = new CompletableFuture<>();
        Thread blocked = new Thread(() -> {
            try {
                outcome.complete(manager.getToken(user(0), CHAT));
            } catch (IllegalStateException e) {
                outcome.completeExceptionally(e);
            }
        });
        blocked.start();
        while (blocked.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        manager.close();
        blocked.join();

        isClosed(outcome);
    }

    @Test
    void close_duringALoad_keepsNoTokenThatArrivesLater() {
        CachingIdentityManager manager = builder().build();
        CompletableFuture<AccessToken> waiting = manager.async().getToken(user(0), CHAT);

        manager.close();
        service.tokens.get(0).complete(token);

        isClosed(waiting);
        assertThat(manager.stats().users()).isZero();
        assertThatThrownBy(() -> manager.getToken(user(0), CHAT)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void close_duringARevocation_endsTheWaitForIt() {
        CachingIdentityManager manager = builder().build();
        CompletableFuture<Void> revocation = manager.async().revokeTokens(user(0));
        CompletableFuture<AccessToken> waiting = manager.async().getToken(user(0), CHAT);

        manager.close();

        isClosed(waiting);
        service.revocations.get(0).complete(null);
        assertThat(revocation).isCompleted();
    }

    @Test
    void close_justBeforeAGetWaits_keepsItFromWaiting() {
        AtomicReference<Runnable> next = new AtomicReference<>(() -> {});
        TimeSource interrupted = new TimeSource() {
            @Override
            public long millis() {
                return clock.millis();
            }

            @Override
            public long nanos() {
                next.getAndSet(() -> {}).run();
                return clock.nanos();
            }
        };
        CachingIdentityManager manager = builder().timeSource(interrupted).build();
        CompletableFuture<Void> revocation = manager.async().revokeTokens(user(0));

        next.set(manager::close);
        CompletableFuture<AccessToken> late = manager.async().getToken(user(0), CHAT);

        isClosed(late);
        assertThat(revocation).isNotDone();
        assertThat(service.tokens).isEmpty();
    }

    @Test
    void close_duringAPrefetch_endsIt() {
        CachingIdentityManager manager = builder().build();
        CompletableFuture<PrefetchReport> prefetch = manager.prefetch(
                IntStream.range(0, 100).mapToObj(LifecycleTest::user).toList(), CHAT, report -> {});
        service.tokens.get(0).complete(token);

        manager.close();

        isClosed(prefetch);
        assertThat(service.tokens).hasSize(5);
    }

    @Test
    void callThatWasGivenUpBeforeItsTurnOnTheExecutor_isNotMade_norOneAfterClose() {
        Deque<Runnable> tasks = new ArrayDeque<>();
        CachingIdentityManager manager = builder().executor(tasks::add).build();
        CompletableFuture<AccessToken> first = manager.async().getToken(user(0), CHAT);
        service.tokens.get(0).complete(token);
        tasks.forEach(Runnable::run);
        tasks.clear();
        assertThat(first).isCompleted();
        clock.advance(Duration.ofHours(20));

        assertThat(manager.getToken(user(0), CHAT)).isEqualTo(token);
        clock.advance(Duration.ofSeconds(20));
        assertThat(manager.getToken(user(0), CHAT)).isEqualTo(token);
        assertThat(tasks).hasSize(2);
        manager.close();
        tasks.forEach(Runnable::run);

        assertThat(service.tokens).hasSize(1);
    }

    @Test
    void close_duringTheLastUsersOfAPrefetch_endsItAllTheSame() {
        CachingIdentityManager manager = builder().build();
        CompletableFuture<PrefetchReport> prefetch = manager.prefetch(List.of(user(0), user(1)), CHAT, report -> {});
        service.tokens.get(0).complete(token);

        manager.close();

        isClosed(prefetch);
    }

    @Test
    void close_duringARefresh_keepsNothing() {
        CachingIdentityManager manager = builder().build();
        service.answerWith(() -> CompletableFuture.completedFuture(token));
        manager.getToken(user(0), CHAT);
        clock.advance(Duration.ofHours(20));
        CompletableFuture<AccessToken> call = new CompletableFuture<>();
        service.answerWith(() -> call);
        manager.getToken(user(0), CHAT);
        scheduler.runDueTasks();

        manager.close();
        call.complete(ManualService.token("late", clock.instant()));

        assertThat(manager.stats().users()).isZero();
    }

    @Test
    void close_whileAUserIsCreated_returnsTheUserAndKeepsNoToken() {
        CachingIdentityManager manager = builder().build();
        CompletableFuture<UserWithToken> created = manager.async().createUserWithToken(CHAT);

        manager.close();
        service.tokens.get(0).complete(token);

        assertThat(created).isCompletedWithValue(new UserWithToken(ManualService.NEW_USER, token));
        assertThat(manager.stats().users()).isZero();
    }

    @Test
    void invalidateAll_whileAUserIsCreated_keepsNoToken() {
        CachingIdentityManager manager = builder().build();
        CompletableFuture<UserWithToken> created = manager.async().createUserWithToken(CHAT);

        manager.invalidateAll();
        service.tokens.get(0).complete(token);

        assertThat(created).isCompletedWithValue(new UserWithToken(ManualService.NEW_USER, token));
        assertThat(manager.stats().users()).isZero();
        assertThat(manager.async().getToken(ManualService.NEW_USER, CHAT)).isNotDone();
        assertThat(service.tokens).hasSize(2);
        manager.close();
    }

    @Test
    void anyOperation_afterClose_failsAtOnce() {
        CachingIdentityManager manager = builder().build();
        service.answerWith(() -> CompletableFuture.completedFuture(token));
        manager.getToken(user(0), CHAT);

        manager.close();
        manager.close();

        assertThat(Stream.<ThrowingCallable>of(
                        manager::createUser,
                        () -> manager.createUser(UUID.randomUUID()),
                        () -> manager.createUserWithToken(CHAT),
                        () -> manager.heldToken(user(0), CHAT),
                        () -> manager.getToken(user(0), CHAT),
                        () -> manager.getToken(user(0), CHAT, Duration.ofHours(1)),
                        () -> manager.refreshToken(user(0), CHAT),
                        () -> manager.getTokenForTeamsUser(TEAMS),
                        () -> manager.revokeTokens(user(0)),
                        () -> manager.deleteUser(user(0)),
                        () -> manager.invalidate(user(0)),
                        () -> manager.invalidate(user(0), token),
                        manager::invalidateAll,
                        () -> manager.prefetch(Set.of(user(0)), CHAT, report -> {}),
                        () -> manager.async().getToken(user(0), CHAT),
                        () -> manager.async().createUser(),
                        () -> manager.async().revokeTokens(user(0))))
                .allSatisfy(operation -> assertThatThrownBy(operation).isInstanceOf(IllegalStateException.class));
        assertThat(manager.stats().freshHits()).isZero();
    }

    @Test
    void close_closesTheDelegateOnlyIfItMay() {
        ManualService kept = new ManualService();

        CachingIdentityManager.builder(IdentityManager.from(kept))
                .closeDelegate(false)
                .build()
                .close();
        builder().build().close();

        assertThat(kept.isClosed()).isFalse();
        assertThat(service.isClosed()).isTrue();
        assertThat(scheduler.isShutdown()).isFalse();
    }

    @Test
    void close_leavesAGivenExecutorOpen() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CachingIdentityManager manager = builder().executor(executor).build();
        CompletableFuture<AccessToken> waiting = manager.async().getToken(user(0), CHAT);

        manager.close();

        assertThat(executor.submit(() -> "runs").get(10, TimeUnit.SECONDS)).isEqualTo("runs");
        assertThat(waiting).isCompletedExceptionally();
        executor.shutdownNow();
    }

    @Test
    void threads_areOneDaemonForAllUsersFromTheFirstCallUntilClose() throws Exception {
        Set<Thread> before = cacheThreads();
        CachingIdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(service))
                .timeSource(clock)
                .refreshPolicy(RefreshPolicy.builder().callsPerSecond(30).build())
                .build();
        assertThat(cacheThreads()).isEqualTo(before);

        service.answerWith(() -> CompletableFuture.completedFuture(token));
        for (int i = 0; i < 1_000; i++) {
            clock.advance(Duration.ofSeconds(1));
            manager.getToken(user(i), CHAT);
        }
        Set<Thread> own = cacheThreads();
        own.removeAll(before);

        assertThat(own).singleElement().satisfies(thread -> {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).isEqualTo("acs-identity-cache-timer");
        });
        manager.close();
        for (Thread thread : own) {
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void timers_areNotLeftBehindByTokensThatAreHeld() {
        CachingIdentityManager manager = builder().build();
        service.answerWith(() -> CompletableFuture.completedFuture(token));
        for (int i = 0; i < 1_000; i++) {
            clock.advance(Duration.ofSeconds(1));
            manager.getToken(user(i), CHAT);
        }
        scheduler.runDueTasks();

        assertThat(scheduler.pendingTasks()).as("the sweep of expired tokens").isOne();
        manager.close();
    }

    @Test
    void timers_areNotLeftBehindByThoseWhoWaited() {
        CachingIdentityManager manager = builder().build();
        CompletableFuture<AccessToken> served = manager.async().getToken(user(0), CHAT);
        CompletableFuture<AccessToken> joined = manager.async().getToken(user(0), CHAT);
        service.tokens.get(0).complete(token);
        assertThat(served).isCompleted();
        assertThat(joined).isCompleted();
        assertThat(pendingTimers()).as("after a token").isOne();

        CompletableFuture<AccessToken> failing = manager.async().getToken(user(1), CHAT);
        CompletableFuture<AccessToken> failingToo = manager.async().getToken(user(1), CHAT);
        service.tokens.get(1).completeExceptionally(down());
        assertThat(failing).isCompletedExceptionally();
        assertThat(failingToo).isCompletedExceptionally();
        assertThat(pendingTimers()).as("after a failure").isOne();

        clock.advance(Duration.ofHours(24).minusMinutes(5));
        CompletableFuture<AccessToken> bridged = manager.async().getToken(user(0), CHAT);
        CompletableFuture<AccessToken> bridgedToo = manager.async().getToken(user(0), CHAT);
        service.tokens.get(2).completeExceptionally(down());
        assertThat(bridged).isCompletedWithValue(token);
        assertThat(bridgedToo).isCompletedWithValue(token);
        assertThat(pendingTimers()).as("after an outage").isOne();
        manager.close();
    }

    @Test
    void sweep_takesExpiredTokensOutOfTheMemory_andLeavesTheOthers() {
        CachingIdentityManager manager = builder().build();
        AccessToken brief = new AccessToken("brief", clock.instant().plus(Duration.ofHours(1)));
        service.answerWith(() -> CompletableFuture.completedFuture(brief));
        manager.getToken(user(0), CHAT);
        manager.getToken(user(1), CHAT);
        service.answerWith(() -> CompletableFuture.completedFuture(token));
        manager.getToken(user(1), TokenRequest.of(TokenScope.VOIP));

        clock.advance(Duration.ofHours(1).plusMinutes(10));

        assertThat(manager.stats().users()).isOne();
        service.answerWith(CompletableFuture::new);
        assertThat(manager.getToken(user(1), TokenRequest.of(TokenScope.VOIP))).isEqualTo(token);
        manager.close();
    }

    @Test
    void sweep_goesOnWhileTokensAreHeld_andNoLonger() {
        CachingIdentityManager manager = builder().build();
        assertThat(scheduler.pendingTasks()).isZero();
        CompletableFuture<UserWithToken> created = manager.async().createUserWithToken(CHAT);
        service.tokens.get(0).complete(token);
        assertThat(created).isCompleted();

        clock.advance(Duration.ofHours(23));
        assertThat(manager.stats().users()).isOne();
        assertThat(scheduler.pendingTasks()).isOne();
        clock.advance(Duration.ofHours(1).plusMinutes(10));

        assertThat(manager.stats().users()).isZero();
        assertThat(scheduler.pendingTasks()).isZero();
        manager.close();
    }

    @Test
    void sweep_thatTheSchedulerRefused_isTriedAgainWithTheNextToken() {
        AtomicBoolean refuses = new AtomicBoolean(true);
        CachingIdentityManager manager =
                builder().scheduler(schedulerThatRefuses(refuses)).build();
        service.answerWith(() -> CompletableFuture.completedFuture(token));
        manager.createUserWithToken(CHAT);
        assertThat(scheduler.pendingTasks()).isZero();

        refuses.set(false);
        manager.createUserWithToken(CHAT);

        assertThat(scheduler.pendingTasks()).isOne();
        manager.close();
    }

    @Test
    void createUserWithToken_afterAnInvalidationOfEverything_keepsTheToken() {
        CachingIdentityManager manager = builder().build();
        service.answerWith(() -> CompletableFuture.completedFuture(token));
        manager.invalidateAll();

        UserId user = manager.createUserWithToken(CHAT).user();

        assertThat(manager.heldToken(user, CHAT)).contains(token);
        manager.close();
    }

    @Test
    void invalidateAll_takesTheTokensOfTeamsUsersAway() {
        CachingIdentityManager manager = builder().build();
        service.answerWith(() -> CompletableFuture.completedFuture(token));
        manager.getTokenForTeamsUser(TEAMS);

        manager.invalidateAll();
        service.answerWith(CompletableFuture::new);

        assertThat(manager.async().getTokenForTeamsUser(TEAMS)).isNotDone();
        manager.close();
    }

    @Test
    void close_endsTheThreadsThatMakeCalls() throws Exception {
        CachingIdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(service))
                .timeSource(clock)
                .build();
        CompletableFuture<Thread> continued =
                manager.async().getToken(user(0), CHAT).thenApply(got -> Thread.currentThread());
        service.tokens.get(0).complete(token);
        Thread worker = continued.get(10, TimeUnit.SECONDS);
        assertThat(worker.getName()).startsWith("acs-identity-cache-");

        manager.close();

        worker.join(10_000);
        assertThat(worker.isAlive()).isFalse();
    }

    /** Returns how many timers there are beside the housekeeping that is due. */
    private int pendingTimers() {
        scheduler.runDueTasks();
        return scheduler.pendingTasks();
    }

    private ScheduledExecutorService schedulerThatRefuses(AtomicBoolean refuses) {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (proxy, method, arguments) -> {
                    if (refuses.get()) {
                        throw new RejectedExecutionException("planted");
                    }
                    return method.invoke(scheduler, arguments);
                });
    }

    private static ServiceUnavailableException down() {
        return new ServiceUnavailableException("down", Values.details());
    }

    private static Set<Thread> cacheThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("acs-identity-cache"))
                .collect(Collectors.toSet());
    }

    private static void isClosed(CompletableFuture<?> future) {
        assertThat(future)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(IllegalStateException.class)
                .havingCause()
                .withMessageContaining("closed");
    }

    private static UserId user(int number) {
        return new UserId("8:acs:resource_" + number);
    }
}
