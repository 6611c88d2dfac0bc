/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.testing.FakeIdentityService;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IssuedTokensTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final ServiceModel model = ModelAccess.modelOf(FakeIdentityService.create());
    private final Caller caller = new Caller(model.resources().get(0), null);
    private final IssuedTokens tokens = new IssuedTokens();

    @Test
    void add_forWeeks_keepsNoMoreThanTwiceWhatMayStillBeAskedFor() {
        int issuedPerHour = 100;
        int greatest = 0;
        for (int hour = 0; hour < 24 * 60; hour++) {
            for (int i = 0; i < issuedPerHour; i++) {
                add(hour + "." + i, hour * HOUR, (hour + 24) * HOUR);
            }
            greatest = Math.max(greatest, tokens.size());
        }

        assertThat(greatest).isBetween(49 * issuedPerHour, 2 * 49 * issuedPerHour + 1);
    }

    @Test
    void add_tokensExpiredLessThanADayAgo_areKept() {
        add("expired a day ago", 0, HOUR);
        add("expired longer ago", 0, HOUR - 1);
        for (int i = 0; i < 10_000; i++) {
            add("later " + i, 25 * HOUR, 49 * HOUR);
        }

        assertThat(tokens.find("expired a day ago")).isNotNull();
        assertThat(tokens.find("expired longer ago")).isNull();
        assertThat(tokens.find("later 0")).isNotNull();
        assertThat(tokens.size()).isEqualTo(10_001);
    }

    private void add(String value, long now, long expiresAt) {
        tokens.add(value, new IssuedToken(caller, null, 1, Set.of(), now, expiresAt), now);
    }
}
