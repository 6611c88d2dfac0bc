/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.TokenRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenListTest {

    private static final long NOW = 100;

    private final HeldToken first = Values.held(Values.request(1), 1000);
    private final HeldToken second = Values.held(Values.request(2), 2000);
    private final HeldToken expired = Values.held(Values.request(3), NOW);

    @Test
    void with_putsTheNewTokenFirst() {
        assertThat(requests(list(first, second))).containsExactly(Values.request(2), Values.request(1));
    }

    @Test
    void with_replacesTheTokenOfTheSameRequest() {
        HeldToken newer = Values.held(Values.request(1), 5000);

        HeldToken list = TokenList.with(list(first, second), newer, NOW);

        assertThat(requests(list)).containsExactly(Values.request(1), Values.request(2));
        assertThat(list.expiresAt()).isEqualTo(5000);
    }

    @Test
    void with_leavesOutWhatHasExpired() {
        HeldToken list = TokenList.with(list(first, expired), second, NOW);

        assertThat(requests(list)).containsExactly(Values.request(2), Values.request(1));
    }

    @Test
    void with_changesNoListThatSomebodyElseReads() {
        HeldToken before = list(first, second);

        HeldToken after = TokenList.with(before, Values.held(Values.request(4), 4000), NOW);
        HeldToken without = TokenList.without(after, after, NOW);

        assertThat(requests(before)).containsExactly(Values.request(2), Values.request(1));
        assertThat(requests(after)).containsExactly(Values.request(4), Values.request(2), Values.request(1));
        assertThat(without).as("an unchanged rest is shared").isSameAs(before);
    }

    @Test
    void with_keepsThatTheRefreshOfAnotherIsPutOff() {
        HeldToken list = TokenList.with(list(first, second.withAttempt(500, 3)), first, NOW);

        assertThat(requests(list)).containsExactly(Values.request(1), Values.request(2));
        HeldToken putOff = HeldToken.find(TokenList.with(list, expired, 0), Values.request(2));
        assertThat(putOff).isNotNull();
        assertThat(putOff.attemptAt()).isEqualTo(500);
        assertThat(putOff.failures()).isEqualTo(3);
    }

    @Test
    void with_aTokenWhoseRefreshIsPutOff_keepsTheOthers() {
        HeldToken list = TokenList.with(list(first, second), second.withAttempt(500, 3), NOW);

        assertThat(requests(list)).containsExactly(Values.request(2), Values.request(1));
        assertThat(list.attemptAt()).isEqualTo(500);
        assertThat(TokenList.with(list, list.withAttempt(600, 4), NOW).attemptAt())
                .isEqualTo(600);
    }

    @Test
    void with_whenTheListIsFull_dropsTheOldest() {
        HeldToken list = null;
        for (int request = 1; request <= 10; request++) {
            list = TokenList.with(list, Values.held(Values.request(request), 1000), NOW);
        }
        list = TokenList.with(list, Values.held(Values.request(5), 2000), NOW);

        assertThat(requests(list))
                .containsExactly(
                        Values.request(5),
                        Values.request(10),
                        Values.request(9),
                        Values.request(8),
                        Values.request(7),
                        Values.request(6),
                        Values.request(4),
                        Values.request(3));
    }

    @Test
    void without_takesThatVeryTokenAway() {
        HeldToken list = list(first, second);
        HeldToken sameRequest = Values.held(Values.request(2), 2000);

        assertThat(requests(TokenList.without(list, list, NOW))).containsExactly(Values.request(1));
        assertThat(requests(TokenList.without(list, list.next(), NOW))).containsExactly(Values.request(2));
        assertThat(TokenList.without(list, sameRequest, NOW)).isSameAs(list);
    }

    @Test
    void without_nobody_takesTheExpiredAway() {
        assertThat(requests(TokenList.without(list(first, expired), null, NOW))).containsExactly(Values.request(1));
        assertThat(TokenList.without(list(expired), null, NOW)).isNull();
        assertThat(TokenList.without(null, null, NOW)).isNull();
    }

    @Test
    void hasExpired_looksAtEveryToken() {
        assertThat(TokenList.hasExpired(null, NOW)).isFalse();
        assertThat(TokenList.hasExpired(list(first, second), 999)).isFalse();
        assertThat(TokenList.hasExpired(list(first, second), 1000)).isTrue();
        assertThat(TokenList.hasExpired(list(second, first), 1000)).isTrue();
    }

    /** Builds a list by adding one token after the other at the beginning of time. */
    private static HeldToken list(HeldToken... tokens) {
        HeldToken list = tokens[0];
        for (int i = 1; i < tokens.length; i++) {
            list = TokenList.with(list, tokens[i], 0);
        }
        return list;
    }

    private static List<TokenRequest> requests(@Nullable HeldToken first) {
        List<TokenRequest> requests = new ArrayList<>();
        for (HeldToken held = first; held != null; held = held.next()) {
            requests.add(held.request());
        }
        return requests;
    }
}
