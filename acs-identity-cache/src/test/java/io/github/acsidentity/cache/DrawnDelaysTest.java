/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Delays that are drawn at random, where chance makes them as long as they get. */
class DrawnDelaysTest {

    private static final UserId USER = ScenarioRun.USER;
    private static final TokenRequest CHAT = Values.CHAT;
    private static final Duration ROUNDING = Duration.ofMillis(1);

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final ScriptedService service = new ScriptedService(clock);
    private final CachingIdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(service))
            .timeSource(clock)
            .scheduler(scheduler)
            .executor(Runnable::run)
            .random(() -> -1)
            .build();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void throttlePause_isLongerByAHalfAtMost() {
        assertFailureIsRememberedFor("throttles", Duration.ofMillis(7_500));
    }

    @Test
    void accessDenied_isRememberedAsLongAsThePolicySaysAtMost() {
        assertFailureIsRememberedFor("denies", Duration.ofSeconds(5));
    }

    @Test
    void retryDelay_isAsLongAsThePolicySaysAtMost() {
        manager.getToken(USER, CHAT);
        clock.advance(Duration.ofHours(20));
        service.behave("fails");
        manager.getToken(USER, CHAT);
        scheduler.runDueTasks();

        clock.advance(Duration.ofSeconds(2).minus(ROUNDING.multipliedBy(2)));
        manager.getToken(USER, CHAT);
        scheduler.runDueTasks();
        assertThat(service.calls()).isEqualTo(2);

        clock.advance(ROUNDING.multipliedBy(2));
        manager.getToken(USER, CHAT);
        scheduler.runDueTasks();
        assertThat(service.calls()).isEqualTo(3);
    }

    private void assertFailureIsRememberedFor(String behaviour, Duration longest) {
        service.behave(behaviour);
        assertThatThrownBy(() -> manager.getToken(USER, CHAT));

        clock.advance(longest.minus(ROUNDING.multipliedBy(2)));
        assertThatThrownBy(() -> manager.getToken(USER, CHAT));
        assertThat(service.calls()).isEqualTo(1);

        clock.advance(ROUNDING.multipliedBy(2));
        assertThatThrownBy(() -> manager.getToken(USER, CHAT));
        assertThat(service.calls()).isEqualTo(2);
    }
}
