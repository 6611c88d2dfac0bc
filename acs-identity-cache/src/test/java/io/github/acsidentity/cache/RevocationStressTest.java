/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.testing.MutableClock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RevocationStressTest {

    private static final long GETS = Long.getLong("acsidentity.stress.gets", 500_000);

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final SlowService service = new SlowService(clock);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void getToken_afterRevocationReturned_neverHandsOutATokenFromBefore() throws Exception {
        CachingIdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(service))
                .timeSource(clock)
                .build();

        RevocationStress.Result result = new RevocationStress(manager, service, clock, 3).run(6, 2, GETS, 42);

        System.out.println("Cache: " + result + " " + manager.stats());
        assertThat(result.violations()).isZero();
        assertThat(result.expired()).isZero();
        assertThat(result.gets()).isGreaterThanOrEqualTo(GETS);
        assertThat(result.revocations()).isGreaterThan(100);
        manager.close();
    }

    @Test
    void getToken_ofANaiveCache_isFoundWrong() throws Exception {
        NaiveCache manager = new NaiveCache(IdentityManager.from(service));

        RevocationStress.Result result = new RevocationStress(manager, service, clock, 3).run(6, 2, GETS, 42);

        System.out.println("Naive: " + result);
        assertThat(result.violations()).isPositive();
    }
}
