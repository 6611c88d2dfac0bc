/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.ServiceUnavailableException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenStateTest {

    /** A token that is due from 600 on, of which 100 must be left, and that expires at 1000. */
    private static final HeldToken HELD = held(100, Integer.MAX_VALUE);

    /** The same after a failed refresh: the next attempt is later, the deadlines stay. */
    private static final HeldToken AFTER_FAILURE = HELD.withAttempt(800, 1);

    @ParameterizedTest
    @CsvSource({
        "0, 0, FRESH",
        "599, 0, FRESH",
        "600, 0, DUE",
        "900, 0, DUE",
        "901, 0, SPENT",
        "999, 0, SPENT",
        "1000, 0, SPENT",
        "5000, 0, SPENT",
        "-5000, 0, FRESH",
        // what the caller asks for raises the policy's minimum, and never lowers it
        "599, 401, FRESH",
        "599, 402, SPENT",
        "700, 300, DUE",
        "700, 301, SPENT",
        "900, 99, DUE",
        "901, 99, SPENT",
        "0, 1000, FRESH",
        "0, 1001, SPENT",
    })
    void decide_withoutAFailure(long now, long minimumRemaining, TokenState expected) {
        assertThat(TokenState.decide(HELD, null, now, minimumRemaining)).isEqualTo(expected);
        assertThat(TokenState.decide(AFTER_FAILURE, null, now, minimumRemaining))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "599, 0, FRESH",
        "600, 0, DUE",
        "900, 0, DUE",
        "901, 0, REFUSED",
        "599, 402, REFUSED",
        "1000, 0, REFUSED",
        "1049, 0, REFUSED",
        "1050, 0, SPENT",
    })
    void decide_withAFailureUntil1050(long now, long minimumRemaining, TokenState expected) {
        assertThat(TokenState.decide(HELD, failureUntil(1050), now, minimumRemaining))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, REFUSED", "1049, REFUSED", "1050, SPENT", "1051, SPENT"})
    void decide_withoutATokenAndWithAFailureUntil1050(long now, TokenState expected) {
        assertThat(TokenState.decide(null, failureUntil(1050), now, 0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0", "1000", "-1"})
    void decide_withNothing_isSpent(long now) {
        assertThat(TokenState.decide(null, null, now, 0)).isEqualTo(TokenState.SPENT);
    }

    @ParameterizedTest
    @CsvSource({"999, DUE", "1000, SPENT"})
    void decide_withoutAnyMinimum_neverHandsOutAnExpiredToken(long now, TokenState expected) {
        HeldToken toTheEnd = held(0, Integer.MAX_VALUE);

        assertThat(TokenState.decide(toTheEnd, null, now, 0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "401, 599, FRESH",
        "402, 599, SPENT",
        "700, 600, DUE",
        "701, 600, SPENT",
        "700, 1000, DUE",
        "701, 1000, SPENT"
    })
    void decide_whenMoreIsDemandedThanThereEverWas_isContentWithHalfOfIt(long now, long demanded, TokenState expected) {
        assertThat(TokenState.decide(held(100, 600), null, now, demanded)).isEqualTo(expected);
    }

    private static HeldToken held(int minimumRemaining, int lifetime) {
        return new HeldToken(Values.token(1000), Values.CHAT, 600, 1000, minimumRemaining, lifetime);
    }

    private static RememberedFailure failureUntil(long until) {
        return new RememberedFailure(new ServiceUnavailableException("down", Values.details()), until);
    }
}
