/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IssuedTokensTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final Resource resource =
            ModelAccess.modelOf(FakeIdentityService.create()).resources().get(0);
    private final User user = new User(new UserId("8:acs:" + resource.id() + "_a"), 1, null);
    private final IssuedTokens tokens = new IssuedTokens(clock);
    private long number;

    @Test
    void add_forWeeks_keepsNoMoreThanWhatMayStillBeAskedFor() {
        int issuedPerHour = 100;
        int greatest = 0;
        for (int hour = 0; hour < 24 * 60; hour++) {
            for (int i = 0; i < issuedPerHour; i++) {
                add(hour + "." + i, null, Duration.ofHours(24));
            }
            greatest = Math.max(greatest, tokens.size());
            clock.advance(HOUR);
        }

        assertThat(greatest).isEqualTo(49 * issuedPerHour);
        assertThat(tokens.liveCount()).isEqualTo(23 * issuedPerHour);
    }

    @Test
    void clockSetBackAndForth_tokensThatExpiredLessThanADayAgo_comeBack() {
        add("short", user, HOUR);
        add("long", user, HOUR.multipliedBy(2));

        clock.stepWallClock(HOUR);
        assertThat(accepted("short", "long")).containsExactly(false, true);
        assertThat(tokens.liveCount(user)).isEqualTo(1);
        clock.stepWallClock(HOUR.multipliedBy(24));
        assertThat(accepted("short", "long")).containsExactly(false, false);
        assertThat(tokens.liveCount()).isZero();
        clock.stepWallClock(HOUR.multipliedBy(-25));
        assertThat(accepted("short", "long")).containsExactly(true, true);
        assertThat(tokens.newestLive(1)).extracting(IssuedToken::number).containsExactly(2L);
        clock.stepWallClock(HOUR.multipliedBy(25).plusMillis(1));
        assertThat(tokens.liveCount()).isZero();
        assertThat(tokens.size()).isEqualTo(1);
    }

    @Test
    void revoke_tokensThatHaveExpired_doNotComeBack() {
        add("expired", user, HOUR);
        add("live", user, HOUR.multipliedBy(2));
        clock.stepWallClock(HOUR);

        tokens.revoke(user, number, Duration.ofSeconds(10));
        add("issued since", user, HOUR);
        clock.advance(Duration.ofSeconds(10));
        clock.stepWallClock(HOUR.negated());

        assertThat(accepted("expired", "live", "issued since")).containsExactly(false, false, true);
        assertThat(tokens.liveCount(user)).isEqualTo(tokens.liveCount()).isEqualTo(1);
    }

    @Test
    void add_afterTheRevocationOfItsNumber_isNotAccepted() {
        tokens.revoke(user, 1, Duration.ZERO);

        add("late", user, HOUR);
        add("next", user, HOUR);

        assertThat(accepted("late", "next")).containsExactly(false, true);
        tokens.clear(List.of(user), 3);
        add("late", user, HOUR);
        assertThat(accepted("late", "next")).containsExactly(false, false);
    }

    @Test
    void dropInvalidKeys_endsTheirTokensOnly() {
        tokens.add("signed", new IssuedToken(new Caller(resource, resource.primary()), user, 1, Set.of(), 0, expiry()));
        tokens.add(
                "other", new IssuedToken(new Caller(resource, resource.secondary()), user, 2, Set.of(), 0, expiry()));
        resource.regeneratePrimary();

        tokens.dropInvalidKeys();

        assertThat(accepted("signed", "other")).containsExactly(false, true);
        assertThat(tokens.liveCount(user)).isEqualTo(1);
    }

    private long expiry() {
        return clock.instant().plus(HOUR).toEpochMilli();
    }

    private List<Boolean> accepted(String... values) {
        return List.of(values).stream().map(tokens::isAccepted).toList();
    }

    private void add(String value, @Nullable User of, Duration life) {
        number++;
        long expiry = clock.instant().plus(life).toEpochMilli();
        tokens.add(value, new IssuedToken(new Caller(resource, null), of, number, Set.of(), 0, expiry));
    }
}
