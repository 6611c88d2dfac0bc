/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Policies drawn at random, each of them valid. */
final class RandomPolicies {

    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3600 * SECOND;

    private RandomPolicies() {}

    static List<RefreshPolicy> of(int count, RandomGenerator random) {
        List<RefreshPolicy> policies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            policies.add(next(random));
        }
        return policies;
    }

    private static RefreshPolicy next(RandomGenerator random) {
        Duration lifetime = Duration.ofMinutes(random.nextLong(60, 1441));
        double calls = random.nextDouble(0.01, 10_000);
        int loads = random.nextInt(1, 10_001);
        Duration pause = nanos(random, 0, HOUR);
        RefreshPolicy.Builder builder = RefreshPolicy.builder()
                .tokenLifetime(lifetime)
                .minimumRemaining(nanos(random, 0, lifetime.toNanos() / 4))
                .refreshWindow(random.nextDouble(0, 0.5))
                .jitter(random.nextDouble(0, 0.4))
                .callsPerSecond(calls)
                .refreshesPerSecond(random.nextDouble(0.01, Math.nextUp(calls)))
                .replicas(random.nextInt(1, 10_001))
                .concurrentLoads(loads)
                .concurrentRefreshes(random.nextInt(1, loads + 1))
                .loadTimeout(Duration.ofMillis(random.nextLong(1, 600_001)))
                .joinTimeout(Duration.ofSeconds(random.nextLong(1, 601)))
                .retryDelay(nanos(random, SECOND / 1000, 60 * SECOND))
                .maximumThrottlePause(pause)
                .throttlePause(nanos(random, 0, pause.toNanos()))
                .rememberTransientFailure(nanos(random, 0, HOUR / 6))
                .rememberUnknownUser(Duration.ofMinutes(random.nextLong(0, 11)))
                .rememberAccessDenied(nanos(random, 0, HOUR / 6))
                .outage(random.nextBoolean() ? RefreshPolicy.Outage.SERVE_UNTIL_EXPIRY : RefreshPolicy.Outage.FAIL_FAST)
                .outageFloor(nanos(random, 0, 6 * HOUR));
        return random.nextBoolean()
                ? builder.build()
                : builder.maximumRetryDelay(nanos(random, 60 * SECOND, HOUR)).build();
    }

    private static Duration nanos(RandomGenerator random, long from, long to) {
        return Duration.ofNanos(random.nextLong(from, to + 1));
    }
}
