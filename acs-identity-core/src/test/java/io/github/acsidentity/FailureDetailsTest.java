/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureDetailsTest {

    @Test
    void none_knowsNothing() {
        FailureDetails none = FailureDetails.NONE;

        assertThat(none.operation()).isEmpty();
        assertThat(none.user()).isEmpty();
        assertThat(none.httpStatus()).isEmpty();
        assertThat(none.errorCode()).isEmpty();
        assertThat(none.target()).isEmpty();
        assertThat(none.requestId()).isEmpty();
        assertThat(none.retryAfter()).isEmpty();
        assertThat(none.outcomeUnknown()).isFalse();
        assertThat(none).hasToString("FailureDetails[outcomeUnknown=false]");
    }

    @Test
    void with_keepsWhatWasKnownBefore() {
        FailureDetails details = FailureDetails.of(IdentityOperation.GET_TOKEN)
                .withUser(Samples.USER)
                .withHttpStatus(429)
                .withErrorCode("TooManyRequests")
                .withTarget("scopes")
                .withRequestId("id-1")
                .withRetryAfter(Duration.ofSeconds(3))
                .withOutcomeUnknown(true);

        assertThat(details.operation()).contains(IdentityOperation.GET_TOKEN);
        assertThat(details.user()).contains(Samples.USER);
        assertThat(details.httpStatus()).hasValue(429);
        assertThat(details.errorCode()).contains("TooManyRequests");
        assertThat(details.target()).contains("scopes");
        assertThat(details.requestId()).contains("id-1");
        assertThat(details.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(details.outcomeUnknown()).isTrue();
        assertThat(details)
                .hasToString("FailureDetails[operation=GET_TOKEN, user=" + Samples.USER
                        + ", httpStatus=429, errorCode=TooManyRequests, target=scopes, requestId=id-1,"
                        + " retryAfter=PT3S, outcomeUnknown=true]");
    }

    @Test
    void with_leavesTheOriginalAlone() {
        FailureDetails original = FailureDetails.of(IdentityOperation.DELETE_USER);

        FailureDetails copy = original.withHttpStatus(404).withUser(Samples.USER);

        assertThat(copy.httpStatus()).hasValue(404);
        assertThat(original.httpStatus()).isEmpty();
        assertThat(original.user()).isEmpty();
        assertThat(FailureDetails.NONE.operation()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 200, 404, 599})
    void withHttpStatus_inRange_isTaken(int status) {
        assertThat(FailureDetails.NONE.withHttpStatus(status).httpStatus()).hasValue(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 99, 600, Integer.MAX_VALUE})
    void withHttpStatus_outOfRange_saysTheRange(int status) {
        assertThatThrownBy(() -> FailureDetails.NONE.withHttpStatus(status))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("httpStatus must be from 100 to 599, but was " + status);
    }

    @Test
    void withRetryAfter_negative_countsAsZero() {
        assertThat(FailureDetails.NONE.withRetryAfter(Duration.ofNanos(-1)).retryAfter())
                .contains(Duration.ZERO);
        assertThat(FailureDetails.NONE.withRetryAfter(Duration.ZERO).retryAfter())
                .contains(Duration.ZERO);
    }

    @Test
    void withOutcomeUnknown_canBeTakenBack() {
        assertThat(FailureDetails.NONE
                        .withOutcomeUnknown(true)
                        .withOutcomeUnknown(false)
                        .outcomeUnknown())
                .isFalse();
    }

    @Test
    @SuppressWarnings("NullAway")
    void with_null_isRefused() {
        FailureDetails none = FailureDetails.NONE;

        assertThatNullPointerException().isThrownBy(() -> FailureDetails.of(null));
        assertThatNullPointerException().isThrownBy(() -> none.withUser(null));
        assertThatNullPointerException().isThrownBy(() -> none.withErrorCode(null));
        assertThatNullPointerException().isThrownBy(() -> none.withTarget(null));
        assertThatNullPointerException().isThrownBy(() -> none.withRequestId(null));
        assertThatNullPointerException().isThrownBy(() -> none.withRetryAfter(null));
    }
}
