/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenTest {

    private static final Instant EXPIRY = Instant.parse("2026-03-03T09:05:07.123Z");

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\r\n", "\u2003"})
    void constructor_blankValue_isRefused(String value) {
        assertThatThrownBy(() -> new AccessToken(value, EXPIRY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value must not be blank");
    }

    @Test
    @SuppressWarnings("NullAway")
    void constructor_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> new AccessToken(null, EXPIRY));
        assertThatNullPointerException()
                .isThrownBy(() -> new AccessToken("secret", null))
                .withMessage("expiresAt");
    }

    @Test
    void isExpiredAt_turnsTrueAtTheExpiryItself() {
        AccessToken token = new AccessToken("secret", EXPIRY);

        assertThat(token.isExpiredAt(EXPIRY.minusNanos(1))).isFalse();
        assertThat(token.isExpiredAt(EXPIRY)).isTrue();
        assertThat(token.isExpiredAt(EXPIRY.plusNanos(1))).isTrue();
        assertThat(token.isExpiredAt(Instant.MIN)).isFalse();
        assertThat(token.isExpiredAt(Instant.MAX)).isTrue();
    }

    @Test
    void toString_showsTheExpiryButNotTheValue() {
        assertThat(new AccessToken("secret", EXPIRY))
                .hasToString("AccessToken[value=<redacted>, expiresAt=2026-03-03T09:05:07.123Z]");
        assertThat(new UserWithToken(Samples.USER, new AccessToken("secret", EXPIRY)))
                .asString()
                .contains(Samples.USER.rawId(), "<redacted>")
                .doesNotContain("secret");
    }

    @Test
    void equals_comparesValueAndExpiry() {
        AccessToken token = new AccessToken("secret", EXPIRY);

        assertThat(token)
                .isEqualTo(new AccessToken("secret", EXPIRY))
                .hasSameHashCodeAs(new AccessToken("secret", EXPIRY))
                .isNotEqualTo(new AccessToken("Secret", EXPIRY))
                .isNotEqualTo(new AccessToken("secret", EXPIRY.plusNanos(1)));
    }

    @Test
    @SuppressWarnings("NullAway")
    void userWithToken_null_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> new UserWithToken(null, Samples.TOKEN))
                .withMessage("user");
        assertThatNullPointerException()
                .isThrownBy(() -> new UserWithToken(Samples.USER, null))
                .withMessage("token");
    }
}
