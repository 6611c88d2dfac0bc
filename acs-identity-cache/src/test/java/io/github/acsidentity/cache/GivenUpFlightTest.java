/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that are given up after the load time-out by the cache, but not by the delegate, which answers later. */
@Timeout(20)
class GivenUpFlightTest {

    private static final TokenRequest CHAT = Values.CHAT;
    private static final UserId USER = Values.user(1);
    private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FAILURE_IS_REMEMBERED = Duration.ofMillis(500);

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final ManualService service = new ManualService();
    private final AccessToken early = ManualService.token("early", clock.instant());
    private final AccessToken late = ManualService.token("late", clock.instant().plus(Duration.ofHours(30)));
    private final AccessToken fresh =
            ManualService.token("fresh", clock.instant().plus(Duration.ofHours(30)));
    private final List<CompletableFuture<AccessToken>> calls = new ArrayList<>();
    private final CachingIdentityManager manager = manager(
            RefreshPolicy.builder().concurrentRefreshes(1).concurrentLoads(1).build());

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void load_answeredAfterItWasGivenUp_keepsNothing(boolean revoked) {
        service.answerWith(this::callThatCannotBeCancelled);
        CompletableFuture<AccessToken> waiting = manager.async().getToken(USER, CHAT);
        clock.advance(LOAD_TIMEOUT);
        revokeIf(revoked);

        calls.get(0).complete(late);

        isGivenUp(waiting);
        assertNothingIsKept();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void load_givenUpBeforeTheDelegateReturnsItsFuture_keepsNothing(boolean revoked) {
        service.answerWith(() -> {
            clock.advance(LOAD_TIMEOUT);
            revokeIf(revoked);
            return CompletableFuture.completedFuture(late);
        });

        CompletableFuture<AccessToken> waiting = manager.async().getToken(USER, CHAT);

        isGivenUp(waiting);
        assertNothingIsKept();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void load_answeredAfterItWasGivenUp_doesNotAnswerWhoWaitsForTheNextCall(boolean revoked) {
        service.answerWith(this::callThatCannotBeCancelled);
        CompletableFuture<AccessToken> givenUp = manager.async().getToken(USER, CHAT);
        clock.advance(LOAD_TIMEOUT.plus(FAILURE_IS_REMEMBERED));
        revokeIf(revoked);
        CompletableFuture<AccessToken> waiting = manager.async().getToken(USER, CHAT);

        calls.get(0).complete(late);
        CompletableFuture<AccessToken> joined = manager.async().getToken(USER, CHAT);
        assertThat(waiting).isNotDone();
        assertThat(joined).isNotDone();
        calls.get(1).complete(fresh);

        isGivenUp(givenUp);
        assertThat(waiting).isCompletedWithValue(fresh);
        assertThat(joined).isCompletedWithValue(fresh);
        assertThat(manager.getToken(USER, CHAT)).isEqualTo(fresh);
        assertThat(calls).hasSize(2);
    }

    @Test
    void load_answeredAfterItWasGivenUp_leavesTheGateOnce() {
        service.answerWith(this::callThatCannotBeCancelled);
        CompletableFuture<AccessToken> givenUp = manager.async().getToken(Values.user(1), CHAT);
        clock.advance(LOAD_TIMEOUT);
        CompletableFuture<AccessToken> second = manager.async().getToken(Values.user(2), CHAT);

        calls.get(0).complete(late);
        CompletableFuture<AccessToken> third = manager.async().getToken(Values.user(3), CHAT);

        isGivenUp(givenUp);
        assertThat(calls).as("one call at once").hasSize(2);
        calls.get(1).complete(fresh);
        calls.get(2).complete(fresh);
        assertThat(second).isCompletedWithValue(fresh);
        assertThat(third).isCompletedWithValue(fresh);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refresh_answeredAfterItWasGivenUp_keepsNothing(boolean revoked) {
        service.answerWith(() -> CompletableFuture.completedFuture(early));
        manager.getToken(USER, CHAT);
        clock.advance(Duration.ofHours(20));
        service.answerWith(this::callThatCannotBeCancelled);
        assertThat(manager.getToken(USER, CHAT)).isEqualTo(early);
        clock.advance(LOAD_TIMEOUT);
        revokeIf(revoked);

        calls.get(0).complete(late);

        service.answerWith(() -> CompletableFuture.completedFuture(fresh));
        assertThat(manager.getToken(USER, CHAT)).isEqualTo(revoked ? fresh : early);
    }

    private void assertNothingIsKept() {
        assertThat(manager.stats().users()).isZero();
        clock.advance(FAILURE_IS_REMEMBERED);
        service.answerWith(() -> CompletableFuture.completedFuture(fresh));
        assertThat(manager.getToken(USER, CHAT)).isEqualTo(fresh);
    }

    private void revokeIf(boolean revoked) {
        if (revoked) {
            service.answerRevocationsWith(() -> CompletableFuture.completedFuture(null));
            manager.revokeTokens(USER);
        }
    }

    private CompletableFuture<AccessToken> callThatCannotBeCancelled() {
        CompletableFuture<AccessToken> call = new Stubborn();
        calls.add(call);
        return call;
    }

    private CachingIdentityManager manager(RefreshPolicy policy) {
        return CachingIdentityManager.builder(IdentityManager.from(service))
                .timeSource(clock)
                .scheduler(scheduler)
                .executor(Runnable::run)
                .refreshPolicy(policy)
                .build();
    }

    private static void isGivenUp(CompletableFuture<AccessToken> waiting) {
        assertThat(waiting)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(ServiceUnavailableException.class)
                .withMessageContaining("given up after 10000 ms");
    }

    /** A call that goes on whatever the caller says. */
    private static final class Stubborn extends CompletableFuture<AccessToken> {

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return false;
        }
    }
}
