/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.cache.CacheListener.LoadOutcome;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers for whom the call budget has no call in time. */
class TurnedAwayTest {

    private static final UserId USER = Values.user(1);
    private static final TokenRequest CHAT = Values.CHAT;

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ScriptedService service = new ScriptedService(clock);
    private final CachingIdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(service))
            .timeSource(clock)
            .scheduler(new ManualScheduler(clock))
            .executor(Runnable::run)
            .refreshPolicy(RefreshPolicy.builder()
                    .callsPerSecond(0.1)
                    .refreshesPerSecond(0.1)
                    .build())
            .build();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void getToken_whenTheBudgetIsUsedUp_failsAtOnce_andSaysWhenToComeBack() {
        manager.getToken(Values.user(0), CHAT);

        ThrottledException turnedAway =
                catchThrowableOfType(ThrottledException.class, () -> manager.getToken(USER, CHAT));

        assertThat(turnedAway).hasMessage("Too many tokens are asked for: the call budget is used up");
        assertThat(turnedAway.isLocal()).isTrue();
        assertThat(turnedAway.retryAfter()).contains(Duration.ofSeconds(10));
        assertThat(turnedAway.operation()).contains(IdentityOperation.GET_TOKEN);
        assertThat(turnedAway.user()).contains(USER);
        assertThat(turnedAway.outcomeUnknown()).isFalse();
        assertThat(service.calls()).isEqualTo(1);
        assertThat(manager.stats().loads(LoadOutcome.THROTTLED)).isEqualTo(1);
    }

    @Test
    void getToken_whenTheTimeHasCome_calls() {
        manager.getToken(Values.user(0), CHAT);
        assertThatThrownBy(() -> manager.getToken(USER, CHAT)).isInstanceOf(ThrottledException.class);

        clock.advance(Duration.ofSeconds(10));

        assertThat(manager.getToken(USER, CHAT)).isNotNull();
        assertThat(service.calls()).isEqualTo(2);
    }

    @Test
    void getToken_inAnOutageOfTheBudget_servesATokenThatIsNearlySpent() {
        manager.getToken(USER, CHAT);
        clock.advance(Duration.ofHours(24).minusMinutes(5));
        manager.getToken(Values.user(0), CHAT);

        assertThat(manager.getToken(USER, CHAT).value()).isEqualTo("t1");

        assertThat(manager.stats().outageHits()).isEqualTo(1);
    }
}
