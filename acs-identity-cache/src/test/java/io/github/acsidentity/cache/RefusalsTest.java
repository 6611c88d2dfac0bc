/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final Refusals refusals = new Refusals(RefreshPolicy.defaults());

    /** The interval doubles from two seconds to the longest between failed refreshes, five minutes. */
    @Test
    void permit_againAndAgain_takesLongerEachTime() {
        long[] seconds = {2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300};
        assertThat(permit(refusals, 1)).isTrue();

        for (long interval : seconds) {
            assertThat(permit(refusals, 1)).isFalse();
            clock.advance(Duration.ofSeconds(interval).minusMillis(1));
            assertThat(permit(refusals, 1)).as("before %s s", interval).isFalse();
            clock.advance(Duration.ofMillis(1));
            assertThat(permit(refusals, 1)).as("after %s s", interval).isTrue();
        }
    }

    @Test
    void permit_afterTenMinutesOfRest_startsAnew() {
        for (int i = 0; i < 6; i++) {
            assertThat(permit(refusals, 1)).isTrue();
            clock.advance(Duration.ofMinutes(5));
        }
        clock.advance(Duration.ofMinutes(5));

        assertThat(permit(refusals, 1)).isTrue();
        clock.advance(Duration.ofSeconds(2));
        assertThat(permit(refusals, 1)).isTrue();
    }

    @Test
    void permit_countsEachUserAlone() {
        assertThat(permit(refusals, 1)).isTrue();
        assertThat(permit(refusals, 2)).isTrue();
        assertThat(permit(refusals, 1)).isFalse();
    }

    @Test
    void permit_withAPolicyOfItsOwn_followsItsRetryDelays() {
        Refusals strict = new Refusals(RefreshPolicy.builder()
                .retryDelay(Duration.ofSeconds(30))
                .maximumRetryDelay(Duration.ofSeconds(45))
                .build());
        assertThat(permit(strict, 1)).isTrue();
        clock.advance(Duration.ofSeconds(29));
        assertThat(permit(strict, 1)).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(permit(strict, 1)).isTrue();
        clock.advance(Duration.ofSeconds(45));
        assertThat(permit(strict, 1)).isTrue();
    }

    private boolean permit(Refusals of, int user) {
        return of.permit(Values.user(user), clock.millis());
    }
}
