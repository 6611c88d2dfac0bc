/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.MutableClock;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a fresh hit allocates, by the counter of the thread. */
class AllocationTest {

    private static final int USERS = 200;
    private static final int WARM_UP = 100_000;
    private static final int BATCHES = 10;
    private static final int HITS = 10_000;
    private static final long BYTES_OF_A_FUTURE = 24;
    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Keeps the compiler from leaving the hits out. */
    private @Nullable AccessToken lastHit;

    static Stream<Arguments> settings() {
        return Stream.of(true, false)
                .flatMap(systemTime -> Stream.of(true, false).map(sameUsers -> Arguments.of(systemTime, sameUsers)));
    }

    @ParameterizedTest(name = "system time {0}, same UserId objects {1}")
    @MethodSource("settings")
    void getToken_freshHit_allocatesNothing(boolean systemTime, boolean sameUsers) {
        MutableClock clock = systemTime
                ? MutableClock.following(TimeSource.system())
                : MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
        FakeIdentityManager delegate = FakeIdentityManager.on(
                FakeIdentityService.builder().clock(clock).build());
        try (CachingIdentityManager manager = CachingIdentityManager.builder(delegate)
                .timeSource(systemTime ? TimeSource.system() : clock)
                .build()) {
            UserId[] users = users(manager, sameUsers);
            long calls = delegate.service().calls().size();

            long blocking = leastBytesPerBatch(() -> hit(manager, users, HITS));
            long async = leastBytesPerBatch(() -> hit(manager.async(), users, HITS));

            assertThat(lastHit).isNotNull();
            assertThat(blocking).isZero();
            assertThat(async).isLessThanOrEqualTo(HITS * BYTES_OF_A_FUTURE);
            assertThat(delegate.service().calls()).hasSize((int) calls);
        }
    }

    private static UserId[] users(CachingIdentityManager manager, boolean same) {
        List<UserId> users = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            UserId user = manager.createUserWithToken(CHAT).user();
            users.add(same ? user : new UserId(String.valueOf(user.rawId().toCharArray())));
        }
        return users.toArray(new UserId[0]);
    }

    private static long leastBytesPerBatch(Runnable batch) {
        for (int i = 0; i < WARM_UP / HITS; i++) {
            batch.run();
        }
        long least = Long.MAX_VALUE;
        for (int i = 0; i < BATCHES; i++) {
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            batch.run();
            long after = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            least = Math.min(least, after - before);
        }
        return least;
    }

    private void hit(CachingIdentityManager manager, UserId[] users, int hits) {
        for (int i = 0; i < hits; i++) {
            lastHit = manager.getToken(users[i % users.length], CHAT);
        }
    }

    private void hit(AsyncIdentityManager manager, UserId[] users, int hits) {
        for (int i = 0; i < hits; i++) {
            lastHit = manager.getToken(users[i % users.length], CHAT).join();
        }
    }
}
