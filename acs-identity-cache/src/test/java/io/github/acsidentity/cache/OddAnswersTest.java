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
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that no manager should give, again and again: none of them leaves a call behind. */
@Timeout(20)
class OddAnswersTest {

    private static final TokenRequest CHAT = Values.CHAT;
    private static final UserId USER = Values.user(1);

    /** Half of the delay is random; all of it is less than the load time-out, by which a call left behind would end. */
    private static final Duration LONGEST_RETRY_DELAY = Duration.ofSeconds(2);

    private static final Duration SHORTEST_RETRY_DELAY = LONGEST_RETRY_DELAY.dividedBy(2);

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final ManualService service = new ManualService();
    private final AccessToken token = ManualService.token("t", clock.instant());
    private final AccessToken next = ManualService.token("next", clock.instant().plus(Duration.ofHours(20)));

    /** What an executor's threads would do; as with them, what a task throws is seen by nobody. */
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    private final CachingIdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(service))
            .timeSource(clock)
            .scheduler(scheduler)
            .executor(task -> tasks.add(new FutureTask<>(task, null)))
            .refreshPolicy(RefreshPolicy.builder()
                    .retryDelay(LONGEST_RETRY_DELAY)
                    .maximumRetryDelay(LONGEST_RETRY_DELAY)
                    .build())
            .build();
    private int calls;

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @EnumSource
    void load_failsAndTheNextOneCallsAgain(Oddity oddity) {
        service.answerWith(() -> answer(oddity));
        int moreThanAtOnce = 2 * RefreshPolicy.defaults().concurrentLoads();
        for (int i = 1; i <= moreThanAtOnce; i++) {
            assertThat(manager.async().getToken(USER, CHAT)).isCompletedExceptionally();
            assertThat(calls).isEqualTo(i);
            clock.advance(Duration.ofSeconds(1));
        }

        service.answerWith(() -> CompletableFuture.completedFuture(token));

        assertThat(manager.getToken(USER, CHAT)).isEqualTo(token);
    }

    @ParameterizedTest
    @EnumSource
    void refresh_isNotSeenByCallersAndTriedAgainLater(Oddity oddity) {
        service.answerWith(() -> CompletableFuture.completedFuture(token));
        manager.getToken(USER, CHAT);
        clock.advance(Duration.ofHours(20));
        service.answerWith(() -> answer(oddity));
        int moreThanAtOnce = 2 * RefreshPolicy.defaults().concurrentRefreshes();
        for (int i = 1; i <= moreThanAtOnce; i++) {
            assertThat(getTokenAndRunTasks()).isEqualTo(token);
            assertThat(calls).isEqualTo(i);
            clock.advance(SHORTEST_RETRY_DELAY.minusMillis(1));
            assertThat(getTokenAndRunTasks()).isEqualTo(token);
            assertThat(calls).as("it waits before it tries again").isEqualTo(i);
            clock.advance(LONGEST_RETRY_DELAY);
        }

        service.answerWith(() -> CompletableFuture.completedFuture(next));

        assertThat(getTokenAndRunTasks()).isEqualTo(token);
        assertThat(getTokenAndRunTasks()).isEqualTo(next);
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCELLED", "TIMED_OUT", "TIMED_OUT_IN_A_WRAPPER"})
    void load_thatTheDelegateGivesUp_mayHaveBeenCarriedOut(Oddity oddity) {
        service.answerWith(() -> answer(oddity));

        assertThat(manager.async().getToken(USER, CHAT).handle((none, failure) -> failure))
                .isCompletedWithValueMatching(OddAnswersTest::isOutcomeUnknown);
        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> manager.getToken(USER, CHAT)).matches(OddAnswersTest::isOutcomeUnknown);
    }

    @ParameterizedTest
    @EnumSource(names = "NO_TOKEN", mode = EnumSource.Mode.EXCLUDE)
    void revocation_failsAndLoadsGoOn(Oddity oddity) {
        service.answerWith(() -> CompletableFuture.completedFuture(token));
        manager.getToken(USER, CHAT);
        service.answerRevocationsWith(() -> answer(oddity));

        assertThatThrownBy(() -> manager.revokeTokens(USER)).isNotNull();

        service.answerWith(() -> CompletableFuture.completedFuture(next));
        CompletableFuture<AccessToken> loaded = manager.async().getToken(USER, CHAT);
        assertThat(loaded).isCompletedWithValue(next);
    }

    private AccessToken getTokenAndRunTasks() {
        AccessToken returned = manager.getToken(USER, CHAT);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        return returned;
    }

    private <T> CompletableFuture<T> answer(Oddity oddity) {
        calls++;
        return switch (oddity) {
            case NO_FUTURE -> nothing();
            case NO_TOKEN -> CompletableFuture.completedFuture(nothing());
            case EXCEPTION_AT_THE_CALL -> throw new UnsupportedOperationException("planted");
            case ERROR_AT_THE_CALL -> throw new StackOverflowError("planted");
            case ERROR_LATER -> CompletableFuture.failedFuture(new StackOverflowError("planted"));
            case CANCELLED -> {
                CompletableFuture<T> cancelled = new CompletableFuture<>();
                cancelled.cancel(true);
                yield cancelled;
            }
            case TIMED_OUT -> CompletableFuture.failedFuture(new TimeoutException("planted"));
            case TIMED_OUT_IN_A_WRAPPER ->
                CompletableFuture.failedFuture(new CompletionException(new TimeoutException("planted")));
        };
    }

    private static boolean isOutcomeUnknown(Throwable failure) {
        return failure instanceof ServiceUnavailableException unavailable && unavailable.outcomeUnknown();
    }

    /** What no manager may return. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        @Nullable T nothing = null;
        return nothing;
    }

    enum Oddity {
        NO_FUTURE,
        NO_TOKEN,
        EXCEPTION_AT_THE_CALL,
        ERROR_AT_THE_CALL,
        ERROR_LATER,
        CANCELLED,
        TIMED_OUT,
        TIMED_OUT_IN_A_WRAPPER
    }
}
