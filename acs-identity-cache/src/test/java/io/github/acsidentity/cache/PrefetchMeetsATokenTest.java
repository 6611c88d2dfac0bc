/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.cache.CacheListener.LoadReason;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A prefetch that finds, when its turn comes, that somebody else has got a token in the meantime. */
class PrefetchMeetsATokenTest {

    private static final UserId USER = Values.user(1);

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final Issuer issuer = new Issuer();
    private final TokenCache<UserId> cache = new TokenCache<>(machinery(), 10);

    @Test
    void load_whenAFreshTokenIsHeld_isServedWithIt() {
        CompletableFuture<AccessToken> held = cache.get(USER, Values.CHAT, 0, issuer);

        CompletableFuture<AccessToken> prefetched = cache.load(USER, Values.CHAT, LoadReason.PREFETCH, issuer);

        assertThat(prefetched).isCompletedWithValue(held.join());
        assertThat(issuer.calls).isEqualTo(1);
    }

    @Test
    void load_whenADueTokenIsHeld_renewsIt() {
        CompletableFuture<AccessToken> held = cache.get(USER, Values.CHAT, 0, issuer);
        clock.advance(Duration.ofHours(20));

        CompletableFuture<AccessToken> prefetched = cache.load(USER, Values.CHAT, LoadReason.PREFETCH, issuer);

        assertThat(prefetched).isCompleted();
        assertThat(prefetched.join()).isNotEqualTo(held.join());
        assertThat(issuer.calls).isEqualTo(2);
    }

    private Machinery machinery() {
        return Machinery.of(RefreshPolicy.defaults(), clock, () -> 0, scheduler, Runnable::run, new CacheListener() {});
    }

    /** Issues a token at once. */
    private final class Issuer implements TokenSource<UserId> {

        int calls;

        @Override
        public CompletableFuture<AccessToken> call(UserId user, TokenRequest request) {
            calls++;
            return CompletableFuture.completedFuture(ManualService.token("t" + calls, clock.instant()));
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
