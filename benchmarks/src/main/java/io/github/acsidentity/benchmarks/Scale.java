/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import io.github.acsidentity.cache.RefreshPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Days of many users in virtual time. */
final class Scale implements Measurement {

    private static final long SEED = 20_260_101;

    @Override
    public List<String> run(boolean quick) throws Exception {
        List<String> table = new ArrayList<>();
        int days = quick ? 8 : 15;
        table.add("virtual days 2 to %d, vending, seed %d".formatted(days, SEED));
        table.add("%-22s %9s %11s %10s %10s %6s %5s %8s %10s %8s %14s"
                .formatted(
                        "traffic",
                        "users",
                        "gets",
                        "calls",
                        "at best",
                        "ratio",
                        "goal",
                        "waited",
                        "in window",
                        "refused",
                        "peak/allowed"));
        int users = quick ? 100_000 : 1_000_000;
        double share = quick ? 0.1 : 1;
        RefreshPolicy day = policy(Duration.ofHours(24), share);
        SplittableRandom random = new SplittableRandom(SEED);
        table.addAll(days(
                "24 h, every 1 to 4 h",
                users,
                day,
                1.36,
                share,
                Traffic.uniform(users, 3_600, 14_400, random.split()),
                days));
        table.addAll(
                days("24 h, Zipf", users, day, 1.36, share, Traffic.zipf(users, 100 * share, random.split()), days));
        RefreshPolicy hour = policy(Duration.ofHours(1), share);
        int fewer = (int) hour.sustainableUsers(Duration.ofHours(1));
        table.addAll(days(
                "1 h, every 2 to 5 min",
                fewer,
                hour,
                1.75,
                share,
                Traffic.uniform(fewer, 120, 300, random.split()),
                days));
        return table;
    }

    private static RefreshPolicy policy(Duration lifetime, double share) {
        return RefreshPolicy.vending().toBuilder()
                .tokenLifetime(lifetime)
                .callsPerSecond(25 * share)
                .refreshesPerSecond(16 * share)
                .build();
    }

    private static List<String> days(
            String name, int users, RefreshPolicy policy, double goal, double share, Traffic traffic, int days) {
        int peakSeconds = (int) Math.round(1 / share);
        System.err.printf("%s: %,d users, %d days%n", name, users, days);
        VirtualDays.Result seen = new VirtualDays(users, policy, traffic).run(days, peakSeconds);
        double perSecond = (double) users / seen.warmUpSeconds();
        return List.of(
                "%-22s %,9d %,11d %,10d %,10d %6.3f %5.2f %7.4f%% %,10d %,8d %,7d/16 in %ds"
                        .formatted(
                                name,
                                users,
                                seen.gets(),
                                seen.calls(),
                                seen.best(),
                                seen.ratio(),
                                goal,
                                100.0 * seen.waited() / seen.gets(),
                                seen.waitedThoughRegular(),
                                seen.refused(),
                                seen.peak(),
                                peakSeconds),
                "    warm-up: %,d s, %.2f calls/s of %.1f; in the second half of the days %,d waited in the window; goals: calls %s, peak %s, none waited in the window %s"
                        .formatted(
                                seen.warmUpSeconds(),
                                perSecond,
                                policy.callsPerSecond(),
                                seen.ofThemLate(),
                                verdict(seen.ratio() <= goal),
                                verdict(seen.peak() <= 16),
                                verdict(seen.waitedThoughRegular() == 0)));
    }

    private static String verdict(boolean met) {
        return met ? "met" : "missed";
    }
}
