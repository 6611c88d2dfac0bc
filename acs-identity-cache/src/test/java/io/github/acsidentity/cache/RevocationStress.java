/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Readers and revokers on a few users of one manager, while time flies.
 *
 * <p>Events are numbered. A violation is a token whose issue began before a revocation of its user returned, handed out
 * by a get that started after it.
 */
final class RevocationStress {

    private static final TokenRequest REQUEST = TokenRequest.of(TokenScope.CHAT);

    private final IdentityManager manager;
    private final SlowService service;
    private final MutableClock clock;
    private final int users;
    private final AtomicLongArray revokedAt;
    private final AtomicLong gets = new AtomicLong();
    private final AtomicLong failedGets = new AtomicLong();
    private final AtomicLong revocations = new AtomicLong();
    private final AtomicLong violations = new AtomicLong();
    private final AtomicLong expired = new AtomicLong();

    RevocationStress(IdentityManager manager, SlowService service, MutableClock clock, int users) {
        this.manager = manager;
        this.service = service;
        this.clock = clock;
        this.users = users;
        this.revokedAt = new AtomicLongArray(users);
    }

    Result run(int readers, int revokers, long getsWanted, long seed) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(readers + revokers + 1);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> running = new ArrayList<>();
        AtomicInteger readersLeft = new AtomicInteger(readers);
        for (int i = 0; i < readers; i++) {
            Random random = new Random(seed + i);
            boolean async = i % 2 == 1;
            running.add(threads.submit(() -> {
                start.await();
                while (gets.get() < getsWanted) {
                    read(random.nextInt(users), async);
                }
                readersLeft.decrementAndGet();
                return null;
            }));
        }
        for (int i = 0; i < revokers; i++) {
            Random random = new Random(seed + 1000 + i);
            running.add(threads.submit(() -> {
                start.await();
                while (readersLeft.get() > 0) {
                    revoke(random.nextInt(users));
                }
                return null;
            }));
        }
        running.add(threads.submit(() -> {
            start.await();
            while (readersLeft.get() > 0) {
                clock.advance(Duration.ofMinutes(10));
                LockSupport.parkNanos(100_000);
            }
            return null;
        }));
        start.countDown();
        try {
            for (Future<?> thread : running) {
                thread.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return new Result(gets.get(), failedGets.get(), revocations.get(), violations.get(), expired.get());
    }

    private void read(int user, boolean async) throws InterruptedException {
        long knownRevocation = revokedAt.get(user);
        long now = clock.millis();
        try {
            AccessToken token = async
                    ? manager.async().getToken(SlowService.user(user), REQUEST).get()
                    : manager.getToken(SlowService.user(user), REQUEST);
            if (SlowService.issueOf(token) < knownRevocation) {
                violations.incrementAndGet();
            }
            if (token.expiresAt().toEpochMilli() <= now) {
                expired.incrementAndGet();
            }
        } catch (IdentityException | ExecutionException e) {
            failedGets.incrementAndGet();
        }
        gets.incrementAndGet();
    }

    private void revoke(int user) {
        manager.revokeTokens(SlowService.user(user));
        revokedAt.accumulateAndGet(user, service.lastRevocationOf(user), Math::max);
        revocations.incrementAndGet();
        LockSupport.parkNanos(300_000);
    }

    /** What a run has counted. */
    record Result(long gets, long failedGets, long revocations, long violations, long expired) {}
}
