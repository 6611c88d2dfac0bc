/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.OperationInterruptedException;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers who share a call, and what one of them cannot do to the others. */
@Timeout(20)
class CallersTest {

    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);
    private static final UserId USER = new UserId("8:acs:resource_1");
    private static final UserId OTHER = new UserId("8:acs:resource_2");

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final ManualService service = new ManualService();
    private final AccessToken token = ManualService.token("t", clock.instant());
    private final CachingIdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(service))
            .timeSource(clock)
            .scheduler(scheduler)
            .executor(Runnable::run)
            .build();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void getToken_interruptedWhileWaiting_keepsItsFlagAndLeavesOthersAlone() throws Exception {
        AtomicBoolean flag = new AtomicBoolean();
        CompletableFuture<AccessToken> outcome = new CompletableFuture<>();
        Thread blocked = new Thread(() -> {
            try {
                outcome.complete(manager.getToken(USER, CHAT));
            } catch (OperationInterruptedException e) {
                flag.set(Thread.currentThread().isInterrupted());
                outcome.completeExceptionally(e);
            }
        });
        blocked.start();
        awaitBlocked(blocked);
        CompletableFuture<AccessToken> other = manager.async().getToken(USER, CHAT);

        blocked.interrupt();
        blocked.join();
        service.tokens.get(0).complete(token);

        assertThat(outcome)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(OperationInterruptedException.class);
        assertThat(flag).isTrue();
        assertThat(other).isCompletedWithValue(token);
        assertThat(manager.getToken(USER, CHAT)).isEqualTo(token);
        assertThat(service.tokens).hasSize(1);
    }

    @Test
    void getToken_ofAHeldToken_doesNotMindAnInterrupt() {
        CompletableFuture<AccessToken> first = manager.async().getToken(USER, CHAT);
        service.tokens.get(0).complete(token);
        assertThat(first).isCompletedWithValue(token);

        Thread.currentThread().interrupt();
        try {
            assertThat(manager.getToken(USER, CHAT)).isEqualTo(token);
            assertThat(manager.getToken(USER, CHAT, Duration.ofMinutes(20))).isEqualTo(token);
        } finally {
            assertThat(Thread.interrupted()).as("the flag stays").isTrue();
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullArguments_areNamed() {
        assertNullNamed("user", () -> manager.getToken(null, CHAT));
        assertNullNamed("request", () -> manager.getToken(USER, null));
        assertNullNamed("user", () -> manager.getToken(null, CHAT, Duration.ZERO));
        assertNullNamed("request", () -> manager.getToken(USER, null, Duration.ZERO));
        assertNullNamed("minimumRemaining", () -> manager.getToken(USER, CHAT, null));
        assertNullNamed("user", () -> manager.refreshToken(null, CHAT));
        assertNullNamed("request", () -> manager.refreshToken(USER, null));
        assertNullNamed("user", () -> manager.revokeTokens(null));
        assertNullNamed("user", () -> manager.deleteUser(null));
        assertNullNamed("request", () -> manager.createUserWithToken(null));
        assertNullNamed("request", () -> manager.getTokenForTeamsUser(null));
        assertNullNamed("user", () -> manager.invalidate(null));
        assertNullNamed("user", () -> manager.invalidate(null, token));
        assertNullNamed("token", () -> manager.invalidate(USER, null));
        assertNullNamed("users", () -> manager.prefetch(null, CHAT, report -> {}));
        assertNullNamed("request", () -> manager.prefetch(List.of(USER), null, report -> {}));
        assertNullNamed("progress", () -> manager.prefetch(List.of(USER), CHAT, null));
        assertNullNamed("user", () -> manager.async().getToken(null, CHAT));
        assertNullNamed("request", () -> manager.async().getToken(USER, null));
        assertNullNamed("request", () -> manager.async().createUserWithToken(null));
        assertNullNamed("request", () -> manager.async().getTokenForTeamsUser(null));
        assertNullNamed("user", () -> manager.async().revokeTokens(null));
        assertNullNamed("user", () -> manager.async().deleteUser(null));
    }

    private static void assertNullNamed(String parameter, ThrowingCallable call) {
        assertThatNullPointerException().isThrownBy(call).withMessage(parameter);
    }

    @Test
    void getToken_cancelled_leavesTheCallAndTheOthersAlone() {
        CompletableFuture<AccessToken> first = manager.async().getToken(USER, CHAT);
        CompletableFuture<AccessToken> second = manager.async().getToken(USER, CHAT);

        first.cancel(true);

        assertThat(service.tokens.get(0)).isNotDone();
        service.tokens.get(0).complete(token);
        assertThat(second).isCompletedWithValue(token);
        assertThat(first).isCancelled();
    }

    @Test
    void getToken_whenOneWhoJoinedTimesOut_goesOnForWhoBeganTheCall() {
        CompletableFuture<AccessToken> first = manager.async().getToken(USER, CHAT);
        CompletableFuture<AccessToken> joined = manager.async().getToken(USER, CHAT);

        clock.advance(Duration.ofSeconds(5));

        assertThat(joined)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(ServiceUnavailableException.class);
        service.tokens.get(0).complete(token);
        assertThat(first).isCompletedWithValue(token);
    }

    @Test
    void getToken_futureObtruded_leavesTheOthersAlone() {
        AccessToken planted = ManualService.token("planted", clock.instant());
        CompletableFuture<AccessToken> first = manager.async().getToken(USER, CHAT);
        CompletableFuture<AccessToken> second = manager.async().getToken(USER, CHAT);
        service.tokens.get(0).complete(token);

        first.obtrudeValue(planted);
        manager.async().getToken(USER, CHAT).obtrudeValue(planted);

        assertThat(second).isCompletedWithValue(token);
        assertThat(manager.async().getToken(USER, CHAT)).isCompletedWithValue(token);
        assertThat(manager.getToken(USER, CHAT)).isEqualTo(token);
    }

    @Test
    void getToken_futureCompletedByTheCaller_leavesTheOthersAlone() {
        AccessToken planted = ManualService.token("planted", clock.instant());
        CompletableFuture<AccessToken> first = manager.async().getToken(USER, CHAT);
        CompletableFuture<AccessToken> second = manager.async().getToken(USER, CHAT);

        first.complete(planted);
        service.tokens.get(0).complete(token);

        assertThat(second).isCompletedWithValue(token);
        assertThat(manager.getToken(USER, CHAT)).isEqualTo(token);
    }

    @Test
    void continuationOnTheOnlyThreadOfTheExecutor_mayCallTheBlockingApi() throws Exception {
        ExecutorService serviceThread = Executors.newSingleThreadExecutor();
        ExecutorService onlyThread = Executors.newSingleThreadExecutor();
        service.answerWith(() -> CompletableFuture.supplyAsync(() -> token, serviceThread));
        try (CachingIdentityManager dispatched = CachingIdentityManager.builder(IdentityManager.from(service))
                .timeSource(clock)
                .executor(onlyThread)
                .build()) {
            CompletableFuture<AccessToken> both = dispatched
                    .async()
                    .getToken(USER, CHAT)
                    .thenApply(first -> {
                        assertThat(first).isEqualTo(token);
                        return dispatched.getToken(OTHER, CHAT);
                    });

            assertThat(both.get(10, TimeUnit.SECONDS)).isEqualTo(token);
        } finally {
            onlyThread.shutdownNow();
            serviceThread.shutdownNow();
        }
    }

    @Test
    void continuationOnTheThreadThatAnswers_mayCallTheBlockingApi() {
        CompletableFuture<AccessToken> other =
                manager.async().getToken(USER, CHAT).thenApply(first -> manager.getToken(OTHER, CHAT));
        CompletableFuture<AccessToken> call = service.tokens.get(0);
        service.answerWith(() -> CompletableFuture.completedFuture(token));

        call.complete(token);

        assertThat(other).isCompletedWithValue(token);
    }

    @Test
    void getToken_overAManagerWithBlockingMethodsOnly_sharesOneCallToo() {
        BlockingManager delegate = new BlockingManager(token);
        try (CachingIdentityManager cached =
                CachingIdentityManager.builder(delegate).timeSource(clock).build()) {
            CompletableFuture<AccessToken> first = cached.async().getToken(USER, CHAT);
            CompletableFuture<AccessToken> second = cached.async().getToken(USER, CHAT);

            delegate.release();

            assertThat(first.join()).isEqualTo(token);
            assertThat(second.join()).isEqualTo(token);
            assertThat(cached.getToken(USER, CHAT)).isEqualTo(token);
            assertThat(delegate.calls()).isOne();
        }
    }

    @Test
    void getToken_failure_isNotWrapped() {
        CompletableFuture<AccessToken> failing = manager.async().getToken(USER, CHAT);
        IdentityException failure = new ServiceUnavailableException("planted", FailureDetails.NONE);

        service.tokens.get(0).completeExceptionally(failure);

        assertThat(failing.handle((none, thrown) -> thrown)).isCompletedWithValue(failure);
    }

    private static void awaitBlocked(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }
}
