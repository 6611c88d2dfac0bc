/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.assertj;

import static io.github.acsidentity.testing.assertj.AcsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserWithToken;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AccessTokenAssertTest {

    private static final TokenRequest AN_HOUR = TokenRequest.of(TokenScope.CHAT).withValidity(Duration.ofHours(1));

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeIdentityManager fake =
            FakeIdentityManager.on(FakeIdentityService.builder().clock(clock).build());

    @Test
    void expiresIn_byTheClockGiven_isExactWithinTheTolerance() {
        AccessToken token = fake.createUserWithToken(AN_HOUR).token();

        assertThat(token).accordingTo(clock).expiresIn(Duration.ofHours(1));
        clock.advance(Duration.ofSeconds(10));
        assertThat(token).accordingTo(clock).expiresIn(Duration.ofHours(1));
        clock.advance(Duration.ofSeconds(1));
        assertFails(
                () -> assertThat(token).accordingTo(clock).expiresIn(Duration.ofHours(1)),
                "Expected the token to expire in PT1H, give or take PT10S, but it expires"
                        + " at 2026-01-01T01:00:00Z, and it is 2026-01-01T00:00:11Z by the clock given");
        assertThat(token)
                .accordingTo(clock)
                .withTolerance(Duration.ZERO)
                .expiresIn(Duration.ofHours(1).minusSeconds(11));
        clock.advance(Duration.ofHours(1));
        assertFails(
                () -> assertThat(token).accordingTo(clock).expiresIn(Duration.ofHours(1)),
                "but it expired at 2026-01-01T01:00:00Z, and it is 2026-01-01T01:00:11Z");
    }

    @Test
    void expiresIn_byTheTimeOfTheSystem_isForFakesThatFollowIt() {
        AccessToken token =
                FakeIdentityManager.create().createUserWithToken(AN_HOUR).token();

        assertThat(token).withTolerance(Duration.ofMinutes(5)).expiresIn(Duration.ofHours(1));
    }

    @Test
    void expiresIn_byTheWrongClock_saysWhichItWas() {
        AccessToken token = new AccessToken("secret", Instant.EPOCH);

        assertFails(
                () -> assertThat(token).expiresIn(Duration.ofHours(1)),
                "by the time of the system; name the clock of a fake with accordingTo(clock)");
    }

    @Test
    void isAcceptedBy_asksTheService() {
        UserWithToken user = fake.createUserWithToken(AN_HOUR);

        assertThat(user.token()).isAcceptedBy(fake).isAcceptedBy(fake.service());
        assertFails(
                () -> assertThat(user.token()).isNotAcceptedBy(fake),
                "Expected the token to be refused, but it is accepted. It expires at 2026-01-01T01:00:00Z,"
                        + " and it is 2026-01-01T00:00:00Z by the clock of the service.",
                "The service saw 1 call:");

        fake.revokeTokens(user.user());

        assertThat(user.token()).isNotAcceptedBy(fake).isNotAcceptedBy(fake.service());
        assertFails(
                () -> assertThat(user.token()).isAcceptedBy(fake),
                "it was revoked",
                "REVOKE_TOKENS " + user.user().rawId() + " -> 204");
    }

    @Test
    void isAcceptedBy_afterTheExpiry_saysSo() {
        AccessToken token = fake.createUserWithToken(AN_HOUR).token();

        clock.advance(Duration.ofHours(1));

        assertFails(() -> assertThat(token).isAcceptedBy(fake), "but it has expired. It expires at");
    }

    @Test
    void nothing_asActual_failsAsAnAssertion() {
        AccessTokenAssert nothing = assertThat((AccessToken) null);

        assertFails(() -> nothing.expiresIn(Duration.ZERO), "not to be null");
        assertFails(() -> nothing.isAcceptedBy(fake), "not to be null");
        assertFails(() -> nothing.isNotAcceptedBy(fake.service()), "not to be null");
    }

    @Test
    void message_always_keepsTheSecret() {
        AccessToken token = fake.createUserWithToken(AN_HOUR).token();
        FakeIdentityService other = FakeIdentityService.create();

        for (ThrowingCallable assertion : new ThrowingCallable[] {
            () -> assertThat(token).isAcceptedBy(other),
            () -> assertThat(token).isNotAcceptedBy(fake),
            () -> assertThat(token).expiresIn(Duration.ZERO),
            () -> assertThat(token).isNull(),
            () -> assertThat(token).isEqualTo(new AccessToken("another", clock.instant()))
        }) {
            assertThatThrownBy(assertion)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageNotContainingAny(token.value(), "another");
        }
    }

    @Test
    void tolerance_negative_isRefused() {
        assertThatThrownBy(() ->
                        assertThat(new AccessToken("secret", Instant.EPOCH)).withTolerance(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tolerance must not be negative, but was PT-1S");
    }

    private static void assertFails(ThrowingCallable assertion, String... parts) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(parts);
    }
}
