/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.OperationInterruptedException;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A delegate, a listener, an executor or a scheduler that does what it should not. */
@Timeout(20)
class MisbehaviourTest {

    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);
    private static final UserId USER = new UserId("8:acs:resource_1");

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final ManualService service = new ManualService();
    private final CachingIdentityManager manager = builder().build();

    private CachingIdentityManager.Builder builder() {
        return CachingIdentityManager.builder(IdentityManager.from(service))
                .timeSource(clock)
                .scheduler(scheduler)
                .executor(Runnable::run);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void getToken_delegateReturnsNoFuture_failsAndTheNextCallWorks() {
        service.answerWith(MisbehaviourTest::nothing);

        assertThat(manager.async().getToken(USER, CHAT))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(NullPointerException.class);

        service.answerWith(() -> CompletableFuture.completedFuture(token("t")));
        assertThat(manager.getToken(USER, CHAT).value()).isEqualTo("t");
    }

    @Test
    void getToken_delegateReturnsNoToken_failsAndTheNextCallWorks() {
        service.answerWith(() -> CompletableFuture.completedFuture(nothing()));

        assertThat(manager.async().getToken(USER, CHAT))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(NullPointerException.class);

        service.answerWith(() -> CompletableFuture.completedFuture(token("t")));
        assertThat(manager.getToken(USER, CHAT).value()).isEqualTo("t");
    }

    @Test
    void getToken_delegateThrowsAnError_failsWithItAndTheNextCallWorks() {
        service.answerWith(() -> {
            throw new StackOverflowError("planted");
        });

        assertThat(manager.async().getToken(USER, CHAT))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(StackOverflowError.class);

        service.answerWith(() -> CompletableFuture.completedFuture(token("t")));
        assertThat(manager.getToken(USER, CHAT).value()).isEqualTo("t");
    }

    @Test
    void getToken_delegateNeverAnswers_isGivenUpAfterTheLoadTimeout() {
        CompletableFuture<AccessToken> waiting = manager.async().getToken(USER, CHAT);
        clock.advance(Duration.ofMillis(9_999));
        assertThat(waiting).isNotDone();

        clock.advance(Duration.ofMillis(1));

        assertThat(waiting)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(ServiceUnavailableException.class);
        assertThat(service.tokens)
                .singleElement()
                .satisfies(call -> assertThat(call).isCancelled());
    }

    @Test
    void getTokenForTeamsUser_delegateNeverAnswers_isGivenUpAndSaysWhatWasAskedFor() {
        TeamsTokenRequest request = new TeamsTokenRequest(
                "entra", "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222");
        CompletableFuture<AccessToken> waiting = manager.async().getTokenForTeamsUser(request);

        clock.advance(Duration.ofSeconds(10));

        assertThat(waiting.handle((none, failure) -> failure))
                .isCompletedWithValueMatching(failure -> failure instanceof ServiceUnavailableException unavailable
                        && unavailable.operation().equals(Optional.of(IdentityOperation.GET_TOKEN_FOR_TEAMS_USER))
                        && unavailable.outcomeUnknown());
    }

    @Test
    void getToken_delegateReturnsATokenThatHasExpired_saysByHowMuchTheClocksDiffer() {
        AccessToken past = new AccessToken("t", clock.instant().minus(Duration.ofMinutes(5)));
        service.answerWith(() -> CompletableFuture.completedFuture(past));

        assertThatThrownBy(() -> manager.getToken(USER, CHAT))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessage("The token issued just now has expired: this machine's clock says it was 5m ago");
    }

    @Test
    void getToken_delegateIsInterrupted_isNoReasonToKeepTheNextCallerFromCalling() {
        service.answerWith(() -> CompletableFuture.failedFuture(
                new OperationInterruptedException("the delegate's thread", Values.details())));
        assertThatThrownBy(() -> manager.getToken(USER, CHAT)).isInstanceOf(OperationInterruptedException.class);

        service.answerWith(() -> CompletableFuture.completedFuture(token("t")));

        assertThat(manager.getToken(USER, CHAT).value()).isEqualTo("t");
    }

    @Test
    void getToken_clockIsSetForwardWhileTheTokenIsIssued_saysSo() {
        service.answerWith(() -> {
            clock.stepWallClock(Duration.ofHours(25));
            clock.advance(Duration.ofSeconds(1));
            return CompletableFuture.completedFuture(token("t"));
        });

        assertThatThrownBy(() -> manager.getToken(USER, CHAT))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessage("The token issued just now has expired: this machine's clock was set while it was issued");
    }

    @Test
    void revokeTokens_delegateReturnsNoFuture_failsAndLoadingGoesOn() {
        service.answerRevocationsWith(MisbehaviourTest::nothing);
        service.answerWith(() -> CompletableFuture.completedFuture(token("t")));

        assertThatThrownBy(() -> manager.revokeTokens(USER)).isInstanceOf(NullPointerException.class);

        assertThat(manager.getToken(USER, CHAT).value()).isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void listenerThatThrows_harmsNothing(boolean error) {
        Throwing listener = new Throwing(error);
        try (CachingIdentityManager watched =
                builder().listener(listener).maximumUsers(1).build()) {
            service.answerWith(() -> CompletableFuture.completedFuture(token("t" + clock.millis())));
            service.answerRevocationsWith(() -> CompletableFuture.completedFuture(null));

            AccessToken first = watched.getToken(USER, CHAT);
            clock.advance(Duration.ofHours(20));
            assertThat(watched.getToken(USER, CHAT)).isEqualTo(first);
            scheduler.runDueTasks();
            AccessToken refreshed = watched.getToken(USER, CHAT);
            assertThat(refreshed).isNotEqualTo(first);
            watched.revokeTokens(USER);
            for (int i = 0; i < 20; i++) {
                assertThat(watched.getToken(new UserId("8:acs:resource_u" + i), CHAT))
                        .isNotNull();
                scheduler.runDueTasks();
            }

            assertThat(listener.loads).hasPositiveValue();
            assertThat(listener.refreshes).hasPositiveValue();
            assertThat(listener.returns).hasPositiveValue();
            assertThat(listener.revocations).hasPositiveValue();
            assertThat(listener.evictions).hasPositiveValue();
        }
    }

    @Test
    void executorThatRejects_completesFuturesOnTheThreadAtHand() {
        try (CachingIdentityManager rejected = builder()
                .executor(task -> {
                    throw new RejectedExecutionException("planted");
                })
                .build()) {
            CompletableFuture<AccessToken> waiting = rejected.async().getToken(USER, CHAT);

            service.tokens.get(0).complete(token("t"));

            assertThat(waiting).isCompletedWithValue(token("t"));
        }
    }

    @Test
    void schedulerThatIsShutDown_failsCallersInsteadOfLeavingThemWaiting() {
        scheduler.shutdownNow();

        CompletableFuture<AccessToken> first = started();
        CompletableFuture<AccessToken> second = started();

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
        assertThat(first)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void schedulerThatIsShutDown_isNamedToEverybodyWhoNeedsIt() {
        CompletableFuture<AccessToken> first = started();
        scheduler.shutdownNow();

        CompletableFuture<AccessToken> joined = started();
        service.tokens.get(0).completeExceptionally(new IllegalStateException("planted"));
        CompletableFuture<AccessToken> next = started();

        assertThat(first).isCompletedExceptionally();
        assertThat(List.of(joined, next)).allSatisfy(MisbehaviourTest::namesTheScheduler);
    }

    /** With 16 calls under way nobody queues yet, and the queue has no timer that could still be running. */
    @ParameterizedTest
    @ValueSource(ints = {16, 17})
    void schedulerThatIsShutDownWhileCallsAreUnderWay_isNamedToWhoComesLater(int callers) {
        List<CompletableFuture<AccessToken>> waiting = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            waiting.add(manager.async().getToken(new UserId("8:acs:resource_q" + i), CHAT));
        }
        scheduler.shutdownNow();

        CompletableFuture<AccessToken> queued = started();
        service.tokens.forEach(call -> call.complete(token("t")));
        CompletableFuture<AccessToken> later = started();

        assertThat(waiting.subList(0, 16))
                .allSatisfy(served -> assertThat(served).isCompletedWithValue(token("t")));
        assertThat(waiting.subList(16, callers)).allSatisfy(MisbehaviourTest::namesTheScheduler);
        assertThat(List.of(queued, later)).allSatisfy(MisbehaviourTest::namesTheScheduler);
    }

    @Test
    void schedulerThatIsShutDown_leavesTokensThatAreHeldInUse() {
        service.answerWith(() -> CompletableFuture.completedFuture(token("t")));
        AccessToken held = manager.getToken(USER, CHAT);
        scheduler.shutdownNow();

        assertThat(manager.getToken(USER, CHAT)).isEqualTo(held);
        clock.advance(Duration.ofHours(20));
        assertThat(manager.getToken(USER, CHAT)).isEqualTo(held);
        assertThat(manager.getToken(USER, CHAT)).isEqualTo(held);
    }

    @Test
    void schedulerThatIsShutDown_losesNoUserWhoWasCreated() {
        scheduler.shutdownNow();
        service.answerWith(() -> CompletableFuture.completedFuture(token("t")));

        assertThat(manager.createUserWithToken(CHAT).user()).isEqualTo(ManualService.NEW_USER);
    }

    @Test
    void schedulerThatIsShutDownWhileCallersQueue_failsThem() {
        List<CompletableFuture<AccessToken>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(manager.async().getToken(new UserId("8:acs:resource_" + i), CHAT));
        }
        scheduler.shutdownNow();

        CompletableFuture<AccessToken> late = started();
        service.tokens.get(0).complete(token("t"));

        assertThat(late).isCompletedExceptionally();
        assertThat(waiting.get(0)).isCompletedWithValue(token("t"));
        assertThat(waiting.subList(16, 20))
                .allSatisfy(queued -> assertThat(queued).isCompletedExceptionally());
    }

    @Test
    void schedulerThatIsShutDownWhileARevocationRuns_failsThoseWhoWaitForIt() {
        CompletableFuture<Void> revocation = manager.async().revokeTokens(USER);
        CompletableFuture<AccessToken> waiting = manager.async().getToken(USER, CHAT);
        scheduler.shutdownNow();

        service.revocations.get(0).complete(null);

        assertThat(revocation).isCompleted();
        assertThat(waiting).isCompletedExceptionally();
    }

    @Test
    void manyQueuedCallers_answeredAtOnceByTheDelegate_areAllServed() {
        RefreshPolicy fast = RefreshPolicy.builder().callsPerSecond(5_000).build();
        try (CachingIdentityManager busy = builder().refreshPolicy(fast).build()) {
            List<CompletableFuture<AccessToken>> waiting = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                waiting.add(busy.async().getToken(new UserId("8:acs:resource_" + i), CHAT));
            }
            service.answerWith(() -> CompletableFuture.completedFuture(token("t")));

            service.tokens.get(0).complete(token("t"));
            scheduler.runDueTasks();

            long served = waiting.stream()
                    .filter(future -> future.isDone() && !future.isCompletedExceptionally())
                    .count();
            assertThat(served).isEqualTo(5_000 - 15);
        }
    }

    private AccessToken token(String value) {
        return ManualService.token(value, clock.instant());
    }

    /** Gets a token; what is thrown at the call counts as a failure of the future. */
    private CompletableFuture<AccessToken> started() {
        try {
            return manager.async().getToken(USER, CHAT);
        } catch (IllegalStateException thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    private static void namesTheScheduler(CompletableFuture<AccessToken> failed) {
        assertThat(failed)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(IllegalStateException.class)
                .withMessageContaining("scheduler")
                .withMessageContaining("closed");
    }

    /** What no manager may return. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        @Nullable T nothing = null;
        return nothing;
    }

    /** Throws from every event. */
    private static final class Throwing implements CacheListener {

        final AtomicInteger loads = new AtomicInteger();
        final AtomicInteger refreshes = new AtomicInteger();
        final AtomicInteger returns = new AtomicInteger();
        final AtomicInteger revocations = new AtomicInteger();
        final AtomicInteger evictions = new AtomicInteger();
        private final boolean error;

        Throwing(boolean error) {
            this.error = error;
        }

        @Override
        public void onLoad(LoadReason reason, LoadOutcome outcome, Duration duration) {
            fail(loads);
        }

        @Override
        public void onRefresh(RefreshOutcome outcome, Duration duration) {
            fail(refreshes);
        }

        @Override
        public void onReturn(Duration remaining) {
            fail(returns);
        }

        @Override
        public void onRevocation(boolean succeeded) {
            fail(revocations);
        }

        @Override
        public void onEviction() {
            fail(evictions);
        }

        private void fail(AtomicInteger counter) {
            counter.incrementAndGet();
            if (error) {
                throw new LinkageError("planted");
            }
            throw new IllegalStateException("planted");
        }
    }
}
