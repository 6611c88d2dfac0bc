/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.cache.CacheListener.LoadOutcome;
import io.github.acsidentity.cache.CacheListener.RefreshOutcome;
import io.github.acsidentity.testing.MutableClock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class RevocationStressTest {

    private static final long GETS = Long.getLong("acsidentity.stress.gets", 500_000);
    private static final long ISSUES = GETS / 25;
    private static final long SEED = 42;

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final SlowService service = new SlowService(clock);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void getToken_afterRevocationReturned_neverHandsOutATokenFromBefore() throws Exception {
        try (CachingIdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(service))
                .timeSource(clock)
                .build()) {
            RevocationStress stress =
                    new RevocationStress(manager, service, clock, manager::invalidate, manager::invalidateAll);

            RevocationStress.Result result = stress.run(GETS, ISSUES, 1, SEED);

            CacheStats stats = manager.stats();
            System.out.println("Cache under revocations: " + result + " " + stats);
            assertThat(result.violations()).isZero();
            assertThat(result.expired()).isZero();
            assertThat(result.failedGets()).isLessThan(result.gets() / 100);
            assertThat(result.revocations()).isGreaterThan(1_000);
            assertThat(stats.loadOutcomes())
                    .hasEntrySatisfying(
                            LoadOutcome.FENCED, fenced -> assertThat(fenced).isGreaterThan(100));
            assertThat(stats.refreshes())
                    .hasEntrySatisfying(
                            RefreshOutcome.REFRESHED, done -> assertThat(done).isGreaterThan(1_000));
            assertThat(stats.refreshes())
                    .hasEntrySatisfying(
                            RefreshOutcome.FENCED, fenced -> assertThat(fenced).isGreaterThan(10));
        }
    }

    @Test
    void getToken_ofANaiveCache_isFoundWrong() throws Exception {
        NaiveCache manager = new NaiveCache(IdentityManager.from(service), clock);
        RevocationStress stress =
                new RevocationStress(manager, service, clock, manager::invalidate, manager::invalidateAll);

        RevocationStress.Result result = stress.run(GETS / 5, 0, Long.MAX_VALUE, SEED);

        System.out.println("Naive cache under revocations: " + result);
        assertThat(result.violations()).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource
    void getToken_ofAHalfFencedCache_isFoundWrong(HalfFencedCache.Mistake mistake) throws Exception {
        HalfFencedCache manager = new HalfFencedCache(IdentityManager.from(service), clock, mistake);
        RevocationStress stress =
                new RevocationStress(manager, service, clock, manager::invalidate, manager::invalidateAll);

        RevocationStress.Result result = stress.run(10 * GETS, 0, 1, SEED);

        System.out.println(mistake + ": " + result);
        assertThat(result.violations()).isPositive();
    }
}
