/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRequestTest {

    private static final TokenRequest VOIP = TokenRequest.of(TokenScope.VOIP);

    @Test
    void of_scopesInAnyOrderAndNumber_isCanonical() {
        TokenRequest request = TokenRequest.of(TokenScope.VOIP, TokenScope.CHAT, TokenScope.VOIP);

        assertThat(request.scopes()).containsExactly(TokenScope.CHAT, TokenScope.VOIP);
        assertThat(request)
                .isEqualTo(TokenRequest.of(TokenScope.CHAT, TokenScope.VOIP))
                .isEqualTo(TokenRequest.of(Set.of(TokenScope.CHAT, TokenScope.VOIP)))
                .hasSameHashCodeAs(TokenRequest.of(List.of(TokenScope.CHAT, TokenScope.VOIP, TokenScope.CHAT)))
                .hasToString("chat,voip");
    }

    @Test
    void of_noScope_isRefused() {
        assertThatThrownBy(TokenRequest::of)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A token request needs at least one scope, such as TokenScope.VOIP");
        assertThatThrownBy(() -> TokenRequest.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @SuppressWarnings("NullAway")
    void of_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> TokenRequest.of((TokenScope) null));
        assertThatNullPointerException().isThrownBy(() -> TokenRequest.of((TokenScope[]) null));
        assertThatNullPointerException().isThrownBy(() -> TokenRequest.of((List<TokenScope>) null));
        assertThatNullPointerException().isThrownBy(() -> TokenRequest.of(TokenScope.CHAT, null));
    }

    @Test
    void scopes_afterTheCallerChangedItsCollection_areTheOnesGiven() {
        List<TokenScope> mine = new ArrayList<>(List.of(TokenScope.CHAT));
        TokenRequest request = TokenRequest.of(mine);

        mine.add(TokenScope.VOIP);

        assertThat(request.scopes()).containsExactly(TokenScope.CHAT);
        assertThatThrownBy(() -> request.scopes().add(TokenScope.VOIP))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {60, 61, 90, 719, 1439, 1440})
    void withValidity_wholeMinutesInRange_isTaken(long minutes) {
        TokenRequest request = VOIP.withValidity(Duration.ofMinutes(minutes));

        assertThat(request.validity()).contains(Duration.ofMinutes(minutes));
        assertThat(request.scopes()).isEqualTo(VOIP.scopes());
        assertThat(request).hasToString("voip for " + minutes + " min");
        assertThat(VOIP.validity()).isEmpty();
    }

    static Stream<Duration> validitiesThatAreRefused() {
        return Stream.of(
                Duration.ofSeconds(Long.MIN_VALUE),
                Duration.ofMinutes(-60),
                Duration.ofNanos(-1),
                Duration.ZERO,
                Duration.ofNanos(1),
                Duration.ofMinutes(59),
                Duration.ofHours(1).minusNanos(1),
                Duration.ofHours(1).plusNanos(1),
                Duration.ofHours(1).plusMillis(1),
                Duration.ofSeconds(3659),
                Duration.ofMinutes(61).minusSeconds(1),
                Duration.ofHours(24).minusSeconds(1),
                Duration.ofHours(24).plusNanos(1),
                Duration.ofMinutes(1441),
                Duration.ofDays(Integer.MAX_VALUE),
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
    }

    @ParameterizedTest
    @MethodSource("validitiesThatAreRefused")
    void withValidity_otherwise_saysTheRangeAndTheValue(Duration validity) {
        assertThatThrownBy(() -> VOIP.withValidity(validity))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("validity must be whole minutes from 60 (1 h) to 1440 (24 h), but was " + validity);
    }

    @Test
    @SuppressWarnings("NullAway")
    void withValidity_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> VOIP.withValidity(null));
    }

    @Test
    void equals_tellsScopesAndValiditiesApart() {
        TokenRequest twoHours = VOIP.withValidity(Duration.ofHours(2));

        assertThat(twoHours)
                .isEqualTo(TokenRequest.of(TokenScope.VOIP).withValidity(Duration.ofHours(2)))
                .hasSameHashCodeAs(TokenRequest.of(TokenScope.VOIP).withValidity(Duration.ofHours(2)))
                .isNotEqualTo(VOIP)
                .isNotEqualTo(VOIP.withValidity(Duration.ofHours(3)))
                .isNotEqualTo(TokenRequest.of(TokenScope.CHAT).withValidity(Duration.ofHours(2)))
                .isNotEqualTo(TokenRequest.of(TokenScope.CHAT, TokenScope.VOIP).withValidity(Duration.ofHours(2)))
                .isNotEqualTo(twoHours.toString())
                .isNotEqualTo(null);
        assertThat(VOIP).isNotEqualTo(VOIP.withValidity(TokenRequest.MAXIMUM_VALIDITY));
    }

    @Test
    void bounds_areThoseOfTheService() {
        assertThat(TokenRequest.MINIMUM_VALIDITY).hasMinutes(60);
        assertThat(TokenRequest.MAXIMUM_VALIDITY).hasMinutes(1440);
    }
}
