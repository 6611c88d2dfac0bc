/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.cache.RefreshPolicy;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.Faults;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An outage of the whole service that is longer than the refresh window and shorter than the lifetime. */
class OutageTest {

    private static final TokenRequest REQUEST = TokenRequest.of(TokenScope.CHAT);
    private static final RefreshPolicy POLICY = RefreshPolicy.defaults();
    private static final int USERS = 600;
    private static final Duration STEP = Duration.ofMillis(50);

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeIdentityService service = FakeIdentityService.builder()
            .clock(clock)
            .maximumRecordedCalls(1_000_000)
            .build();
    private final FakeIdentityManager fake = FakeIdentityManager.on(service);
    private final CachingIdentityManager manager = CachingIdentityManager.builder(fake)
            .timeSource(clock)
            .scheduler(new ManualScheduler(clock))
            .executor(Runnable::run)
            .random(new SplittableRandom(1))
            .build();
    private final List<UserId> users =
            Stream.generate(fake::createUser).limit(USERS).toList();
    private int failures;

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void longOutage_failsNoGetOfACachedUser_andEndsWithoutAStampede() {
        Instant start = clock.instant();
        read(Duration.ofMinutes(2));
        clock.advanceTo(start.plus(Duration.ofHours(16)));
        failures = 0;
        service.clearCalls();

        Faults.Rule outage = service.faults().on().always(Fault.status(503));
        read(Duration.ofHours(7));
        assertThat(failures).isZero();
        assertThat(service.callCount(IdentityOperation.GET_TOKEN)).isGreaterThan(USERS);
        assertThat(mostCallsInASecond()).isLessThanOrEqualTo((int) POLICY.refreshesPerSecond() + 1);

        outage.remove();
        service.clearCalls();
        Instant end = clock.instant();
        read(Duration.ofMinutes(15));
        assertThat(failures).isZero();
        assertThat(renewedSince(end)).hasSize(USERS);
        assertThat(service.callCount(IdentityOperation.GET_TOKEN)).isEqualTo(USERS);
        assertThat(mostCallsInASecond()).isLessThanOrEqualTo((int) POLICY.refreshesPerSecond() + 1);
    }

    @Test
    void outageLongerThanTheLifetime_failsGets() {
        read(Duration.ofMinutes(2));
        assertThat(failures).isZero();

        Faults.Rule outage = service.faults().on().always(Fault.status(503));
        clock.advance(POLICY.tokenLifetime());
        read(Duration.ofMinutes(1));

        assertThat(outage.isActive()).isTrue();
        assertThat(failures).isPositive();
    }

    /** Every user reads every half a minute. */
    private void read(Duration duration) {
        Instant end = clock.instant().plus(duration);
        for (int i = 0; clock.instant().isBefore(end); i = (i + 1) % USERS) {
            clock.advance(STEP);
            try {
                assertThat(manager.getToken(users.get(i), REQUEST).isExpiredAt(clock.instant()))
                        .isFalse();
            } catch (IdentityException e) {
                failures++;
            }
        }
    }

    private Set<UserId> renewedSince(Instant end) {
        Set<UserId> renewed = new HashSet<>();
        for (UserId user : users) {
            if (manager.heldToken(user, REQUEST).orElseThrow().expiresAt().isAfter(end.plus(Duration.ofHours(23)))) {
                renewed.add(user);
            }
        }
        return renewed;
    }

    private int mostCallsInASecond() {
        Map<Long, Integer> bySecond = new HashMap<>();
        service.calls(IdentityOperation.GET_TOKEN)
                .forEach(call -> bySecond.merge(call.time().getEpochSecond(), 1, Integer::sum));
        return bySecond.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    }
}
