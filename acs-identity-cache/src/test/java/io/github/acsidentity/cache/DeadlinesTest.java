/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.acsidentity.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DeadlinesTest {

    private static final long NOW = 1_000_000_000L;
    private static final CacheTime.Moment REQUESTED_AT = new CacheTime.Moment(NOW, NOW);
    private static final RandomGenerator LEAST = () -> 0;
    private static final RandomGenerator MOST = () -> -1;

    @ParameterizedTest
    @CsvSource({
        // policy, lifetime, due at the latest, due at the earliest, minimum remaining
        "vending, PT24H, PT19H12M, PT16H48M, PT11M",
        "vending, PT6H, PT4H48M, PT4H12M, PT11M",
        "vending, PT1H, PT38M, PT32M, PT11M",
        "server-side, PT24H, PT19H12M, PT16H48M, PT2M",
        "server-side, PT1H, PT48M, PT42M, PT2M",
        // shorter than asked for: half the life is used
        "vending, PT30M, PT15M, PT12M, PT11M",
        "vending, PT20M, PT10M, PT8M, PT10M",
        "vending, PT10M, PT5M, PT4M, PT5M",
        "server-side, PT3M, PT1M30S, PT1M12S, PT1M30S",
        "vending, PT0S, PT0S, PT0S, PT0S",
    })
    void of_placesTheDeadlines(String preset, Duration lifetime, Duration latest, Duration earliest, Duration minimum) {
        RefreshPolicy policy = RefreshPolicy.fromProperties(Map.of("preset", preset));

        HeldToken late = deadlines(policy, LEAST, lifetime);
        HeldToken early = deadlines(policy, MOST, lifetime);

        assertThat(late.refreshAt() - NOW).isEqualTo(latest.toMillis());
        assertThat(early.refreshAt() - NOW).isBetween(earliest.toMillis(), earliest.toMillis() + 1);
        assertThat(List.of(late, early)).allSatisfy(held -> {
            assertThat(held.expiresAt() - NOW).isEqualTo(lifetime.toMillis());
            assertThat(held.minimumRemaining(0)).isEqualTo(minimum.toMillis());
            assertThat(held.attemptAt()).isEqualTo(held.refreshAt());
            assertThat(held.failures()).isZero();
        });
    }

    @ParameterizedTest
    @CsvSource({"PT5H, PT24H", "PT0.001S, PT24H", "PT0S, PT24H", "PT-5H, PT19H", "PT-24H, PT0S", "PT-30H, PT0S"})
    void of_trustsNoMoreLifetimeThanWasAskedFor(Duration serviceIsAhead, Duration trusted) {
        long asked = Duration.ofHours(24).toMillis();
        long expiresAt = NOW + asked + serviceIsAhead.toMillis();

        HeldToken held = new Deadlines(RefreshPolicy.defaults(), LEAST)
                .of(Values.token(expiresAt), Values.CHAT, REQUESTED_AT, asked);

        assertThat(held.expiresAt()).isEqualTo(NOW + trusted.toMillis());
        assertThat(held.refreshAt())
                .isEqualTo(held.expiresAt() - RefreshPolicy.defaults().windowMillis(trusted.toMillis()));
    }

    @ParameterizedTest
    @CsvSource({"0, PT24H", "3600000, PT24H", "-3600000, PT23H", "-86400000, PT0S", "-90000000, PT0S"})
    void of_comparesTheExpiryWithTheWallClock_andCountsFromTheTimeOfTheCache(long cacheIsAhead, Duration trusted) {
        long asked = Duration.ofHours(24).toMillis();
        CacheTime.Moment requestedAt = new CacheTime.Moment(NOW, NOW - cacheIsAhead);

        HeldToken held = new Deadlines(RefreshPolicy.defaults(), LEAST)
                .of(Values.token(NOW + asked - Math.max(cacheIsAhead, 0)), Values.CHAT, requestedAt, asked);

        assertThat(held.expiresAt() - NOW).isEqualTo(trusted.toMillis());
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, PT24H, PT4H48M",
        "0.3, PT24H, PT9H36M",
        "0.4, PT24H, PT9H36M",
        "0, PT24H, PT0S",
        "0.1, PT1H, PT12M"
    })
    void ofPrefetch_spreadsTheRefreshesTwiceAsFar(double jitter, Duration lifetime, Duration earlier) {
        RefreshPolicy policy = RefreshPolicy.builder().jitter(jitter).build();
        AccessToken token = Values.token(NOW + lifetime.toMillis());

        HeldToken least =
                new Deadlines(policy, LEAST).ofPrefetch(token, Values.CHAT, REQUESTED_AT, lifetime.toMillis());
        HeldToken most = new Deadlines(policy, MOST).ofPrefetch(token, Values.CHAT, REQUESTED_AT, lifetime.toMillis());

        assertThat(least.refreshAt())
                .isEqualTo(deadlines(policy, LEAST, lifetime).refreshAt());
        assertThat(least.refreshAt() - most.refreshAt()).isCloseTo(earlier.toMillis(), within(1L));
    }

    @ParameterizedTest
    @CsvSource({"-1000000000-01-01T00:00:00Z, 0", "+1000000000-12-31T23:59:59.999999999Z, 86400000"})
    void of_anExpiryOutOfAllBounds_trustsNothingOrWhatWasAskedFor(Instant expiresAt, long trusted) {
        HeldToken held = new Deadlines(RefreshPolicy.defaults(), LEAST)
                .of(new AccessToken("token", expiresAt), Values.CHAT, REQUESTED_AT, 86_400_000);

        assertThat(held.expiresAt() - NOW).isEqualTo(trusted);
    }

    @ParameterizedTest
    @CsvSource({
        // granted of the 24 hours asked for, demanded, applied
        "PT24H, PT23H, PT23H",
        "PT23H, PT23H, PT11H30M",
        "PT23H, PT22H59M, PT22H59M",
        "PT1H, PT20H, PT30M",
        "PT1H, PT20M, PT20M",
        "PT1H, PT0S, PT11M",
    })
    void of_whenLessIsGrantedThanACallerDemands_halfOfItSuffices(
            Duration granted, Duration demanded, Duration applied) {
        HeldToken held = new Deadlines(RefreshPolicy.defaults(), LEAST)
                .of(
                        Values.token(NOW + granted.toMillis()),
                        Values.CHAT,
                        REQUESTED_AT,
                        Duration.ofHours(24).toMillis());

        assertThat(held.minimumRemaining(demanded.toMillis())).isEqualTo(applied.toMillis());
    }

    static Stream<RefreshPolicy> policies() {
        return RandomPolicies.of(20, new SplittableRandom(7)).stream();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void of_drawsTheRefreshInsideOfTheLife_andTheTokenIsFreshAtFirst(RefreshPolicy policy) {
        SplittableRandom random = new SplittableRandom(42);
        Deadlines deadlines = new Deadlines(policy, random);
        for (int i = 0; i < 200; i++) {
            long lifetime = random.nextLong(10, Duration.ofHours(24).toMillis());
            HeldToken held = deadlines.of(Values.token(NOW + lifetime), Values.CHAT, REQUESTED_AT, lifetime);
            long latest = NOW + lifetime - policy.windowMillis(lifetime);

            assertThat(held.refreshAt())
                    .isGreaterThan(NOW)
                    .isBetween(latest - (long) (policy.jitter() * lifetime), latest);
            assertThat(policy.windowMillis(lifetime)).isLessThanOrEqualTo(lifetime / 2);
            assertThat(held.minimumRemaining(0)).isLessThanOrEqualTo(lifetime / 2);
            assertThat(TokenState.decide(held, null, NOW, 0)).isEqualTo(TokenState.FRESH);
        }
    }

    @Test
    void of_spreadsTheRefreshesOverTheWholeJitter() {
        Deadlines deadlines = new Deadlines(RefreshPolicy.defaults(), new SplittableRandom(1));
        long lifetime = Duration.ofHours(24).toMillis();
        int[] tenths = new int[10];
        for (int i = 0; i < 10_000; i++) {
            HeldToken held = deadlines.of(Values.token(NOW + lifetime), Values.CHAT, REQUESTED_AT, lifetime);
            long early = NOW + Duration.ofMinutes(19 * 60 + 12).toMillis() - held.refreshAt();
            tenths[(int) (early * 10 / (lifetime / 10 + 1))]++;
        }

        assertThat(tenths).doesNotContain(0);
        assertThat(Arrays.stream(tenths).boxed().toList())
                .allSatisfy(count -> assertThat(count).isBetween(850, 1150));
    }

    @ParameterizedTest
    @CsvSource({
        // lifetime, failures before, life left, Retry-After, next attempt at the earliest and at the latest
        "PT24H, 0, PT4H, PT0S, PT1S, PT2S",
        "PT24H, 1, PT4H, PT0S, PT2S, PT4S",
        "PT24H, 5, PT4H, PT0S, PT32S, PT64S",
        "PT24H, 8, PT4H, PT0S, PT150S, PT300S",
        "PT24H, 1000000, PT4H, PT0S, PT150S, PT300S",
        "PT1H, 8, PT20M, PT0S, PT30S, PT60S",
        "PT2H, 8, PT20M, PT0S, PT30S, PT60S",
        // a quarter of what is left
        "PT24H, 8, PT4M, PT0S, PT60S, PT60S",
        "PT24H, 0, PT2S, PT0S, PT0.5S, PT0.5S",
        "PT24H, 3, PT0S, PT0S, PT0S, PT0S",
        "PT24H, 3, PT-1H, PT0S, PT0S, PT0S",
        // not before the service allows it, as far as the policy heeds that
        "PT24H, 0, PT4H, PT60S, PT60S, PT60S",
        "PT24H, 0, PT40S, PT60S, PT60S, PT60S",
        "PT24H, 0, PT4H, PT10M, PT300S, PT300S",
        "PT24H, 0, PT4H, PT2562047788015215H, PT300S, PT300S",
    })
    void afterFailure_backsOff(
            Duration lifetime, int failures, Duration left, Duration retryAfter, Duration earliest, Duration latest) {
        HeldToken held = held(left).withAttempt(NOW, failures);

        Deadlines deadlines = new Deadlines(RefreshPolicy.defaults(), LEAST);
        HeldToken soon = deadlines.afterFailure(held, NOW, lifetime, retryAfter, 0);
        HeldToken late = deadlines.afterFailure(held, NOW, lifetime, retryAfter, Math.nextDown(1.0));

        assertThat(soon.attemptAt() - NOW).isEqualTo(earliest.toMillis());
        assertThat(late.attemptAt() - NOW).isBetween(latest.toMillis() - 1, latest.toMillis());
        assertThat(List.of(soon, late)).allSatisfy(after -> {
            assertThat(after.failures()).isEqualTo(failures + 1);
            assertThat(after.refreshAt()).isEqualTo(held.refreshAt());
            assertThat(after.expiresAt()).isEqualTo(held.expiresAt());
            assertThat(after.minimumRemaining(0)).isEqualTo(held.minimumRemaining(0));
            assertThat(after.token()).isSameAs(held.token());
        });
    }

    @Test
    void afterFailure_againAndAgain_leavesRoomForAttemptsUntilTheEnd() {
        Deadlines deadlines = new Deadlines(RefreshPolicy.defaults(), new SplittableRandom(3));
        HeldToken held = held(Duration.ofMinutes(30));
        long lastMinutes = 0;
        for (long now = NOW; now < held.expiresAt() - 1000; now = held.attemptAt()) {
            held = deadlines.afterFailure(held, now, Duration.ofHours(24), Duration.ZERO, deadlines.draw());
            lastMinutes += now > held.expiresAt() - 300_000 ? 1 : 0;
        }

        assertThat(held.failures()).isBetween(10, 60);
        assertThat(lastMinutes).isGreaterThan(5);
    }

    @ParameterizedTest
    @CsvSource({"PT4H, PT2H", "PT1M, PT30S", "PT0S, PT0S"})
    void afterNoProgress_waitsForHalfOfWhatIsLeft(Duration left, Duration expected) {
        HeldToken held = held(left).withAttempt(NOW, 3);

        HeldToken after = new Deadlines(RefreshPolicy.defaults(), MOST).afterNoProgress(held, NOW);

        assertThat(after.attemptAt() - NOW).isEqualTo(expected.toMillis());
        assertThat(after.failures()).isZero();
        assertThat(after.refreshAt()).isEqualTo(held.refreshAt());
        assertThat(after.expiresAt()).isEqualTo(held.expiresAt());
    }

    private static HeldToken held(Duration left) {
        long expiresAt = NOW + left.toMillis();
        return new HeldToken(Values.token(expiresAt), Values.CHAT, NOW - 1, expiresAt, 660_000, Integer.MAX_VALUE);
    }

    private static HeldToken deadlines(RefreshPolicy policy, RandomGenerator random, Duration lifetime) {
        return new Deadlines(policy, random)
                .of(Values.token(NOW + lifetime.toMillis()), Values.CHAT, REQUESTED_AT, lifetime.toMillis());
    }
}
