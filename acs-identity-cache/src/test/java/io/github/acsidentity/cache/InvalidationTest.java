/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Null where a token or its user is to be forgotten. */
class InvalidationTest {

    private static final TokenRequest CHAT = Values.CHAT;
    private static final UserId USER = ScenarioRun.USER;

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ScriptedService service = new ScriptedService(clock);
    private final CachingIdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(service))
            .timeSource(clock)
            .scheduler(new ManualScheduler(clock))
            .executor(Runnable::run)
            .build();
    private final AccessToken token = manager.getToken(USER, CHAT);

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void invalidate_noToken_isRefusedAndForgetsNothing() {
        assertThatNullPointerException()
                .isThrownBy(() -> manager.invalidate(USER, nothing()))
                .withMessage("token");

        isUntouched();
    }

    @Test
    void invalidate_tokenOfNoUser_isRefusedAndForgetsNothing() {
        assertThatNullPointerException()
                .isThrownBy(() -> manager.invalidate(nothing(), token))
                .withMessage("user");

        isUntouched();
    }

    @Test
    void invalidate_noUser_isRefusedAndForgetsNothing() {
        assertThatNullPointerException()
                .isThrownBy(() -> manager.invalidate(nothing()))
                .withMessage("user");

        isUntouched();
    }

    /** The next refusal of the token is the first one, which is acted upon at once. */
    private void isUntouched() {
        assertThat(manager.getToken(USER, CHAT)).isEqualTo(token);
        assertThat(service.calls()).isOne();
        assertThat(manager.invalidate(USER, token)).isTrue();
        assertThat(manager.getToken(USER, CHAT)).isNotEqualTo(token);
    }

    /** What no caller may hand in. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        @Nullable T nothing = null;
        return nothing;
    }
}
