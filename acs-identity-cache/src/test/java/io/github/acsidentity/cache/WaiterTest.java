/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.cache.CacheListener.LoadReason;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A caller who found neither a token nor a failure, and boards just after somebody else's call has failed. */
class WaiterTest {

    private static final TokenRequest CHAT = Values.CHAT;
    private static final UserId USER = Values.user(1);

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final Source source = new Source();
    private final Machinery machinery = machinery();
    private final TokenCache<UserId> cache = new TokenCache<>(machinery, 10);

    @BeforeEach
    void somebodyElsesCallFails() {
        assertThat(cache.get(USER, CHAT, 0, source)).isCompletedExceptionally();
        assertThat(source.calls).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void board_justAfterAFailure_sharesItWithoutACall(LoadReason reason) {
        CompletableFuture<AccessToken> result = board(reason);

        assertThat(result.handle((none, failure) -> failure)).isCompletedWithValue(source.failure);
        assertThat(source.calls).isOne();
        assertThat(cache.tokens().isUnderWay(USER, CHAT)).isFalse();
        assertThat(machinery.recorder().stats(0).refusals()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void board_whenTheFailureIsNoLongerRemembered_calls(LoadReason reason) {
        clock.advance(Duration.ofMillis(500));

        assertThat(board(reason)).isCompletedExceptionally();

        assertThat(source.calls).isEqualTo(2);
    }

    private CompletableFuture<AccessToken> board(LoadReason reason) {
        Waiter<UserId> waiter = new Waiter<>(cache, machinery, USER, CHAT, 0, reason, source);
        waiter.board();
        return waiter.result();
    }

    private Machinery machinery() {
        ManualScheduler scheduler = new ManualScheduler(clock);
        return Machinery.of(RefreshPolicy.defaults(), clock, () -> 0, scheduler, Runnable::run, new CacheListener() {});
    }

    /** Fails each time. */
    private static final class Source implements TokenSource<UserId> {

        final ServiceUnavailableException failure = new ServiceUnavailableException("down", Values.details());
        int calls;

        @Override
        public CompletableFuture<AccessToken> call(UserId user, TokenRequest request) {
            calls++;
            return CompletableFuture.failedFuture(failure);
        }

        @Override
        public long longestLifetime(TokenRequest request) {
            return Duration.ofHours(24).toMillis();
        }

        @Override
        public FailureDetails details(UserId user) {
            return Values.details();
        }
    }
}
