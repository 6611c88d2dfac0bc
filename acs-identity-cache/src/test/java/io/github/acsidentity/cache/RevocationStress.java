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
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Readers and revokers on a few users of one manager, while time flies: tokens live for milliseconds.
 *
 * <p>Events are numbered by the service. A violation is a token whose issue began before a revocation, deletion or
 * invalidation of its user, handed out by a get that started after that had returned.
 */
final class RevocationStress {

    private static final TokenRequest REQUEST = TokenRequest.of(TokenScope.CHAT);
    /** Time flies so fast that a thread may lose the processor for the whole life of a token. */
    private static final Duration TOLERANCE = Duration.ofDays(1);

    private static final int USERS = 24;
    private static final int READERS = 6;
    private static final int REVOKERS = 2;

    private final IdentityManager manager;
    private final SlowService service;
    private final MutableClock clock;
    private final Consumer<UserId> invalidate;
    private final Runnable invalidateAll;
    private final AtomicLongArray endedAt = new AtomicLongArray(USERS);
    private final AtomicLong gets = new AtomicLong();
    private final AtomicLong failedGets = new AtomicLong();
    private final AtomicLong revocations = new AtomicLong();
    private final AtomicLong violations = new AtomicLong();
    private final AtomicLong expired = new AtomicLong();
    private volatile boolean ended;

    RevocationStress(
            IdentityManager manager,
            SlowService service,
            MutableClock clock,
            Consumer<UserId> invalidate,
            Runnable invalidateAll) {
        this.manager = manager;
        this.service = service;
        this.clock = clock;
        this.invalidate = invalidate;
        this.invalidateAll = invalidateAll;
    }

    /**
     * Runs until enough has happened.
     *
     * @param violationsWanted with how many violations the run ends before
     */
    Result run(long getsWanted, long issuesWanted, long violationsWanted, long seed)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(READERS + REVOKERS + 1);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            Random random = new Random(seed + i);
            boolean async = i % 2 == 1;
            running.add(threads.submit(repeated(start, () -> {
                read(random.nextInt(USERS), async);
                ended = ended
                        || violations.get() >= violationsWanted
                        || (gets.get() >= getsWanted && service.issues() >= issuesWanted);
            })));
        }
        for (int i = 0; i < REVOKERS; i++) {
            Random random = new Random(seed + 1000 + i);
            running.add(threads.submit(repeated(start, () -> {
                revoke(random);
                LockSupport.parkNanos(100_000);
            })));
        }
        running.add(threads.submit(repeated(start, () -> {
            clock.advance(Duration.ofMinutes(20));
            LockSupport.parkNanos(50_000);
        })));
        start.countDown();
        try {
            for (Future<?> thread : running) {
                thread.get();
            }
        } finally {
            ended = true;
            threads.shutdownNow();
        }
        return new Result(
                gets.get(), failedGets.get(), service.issues(), revocations.get(), violations.get(), expired.get());
    }

    private Callable<?> repeated(CountDownLatch start, Step step) {
        return () -> {
            start.await();
            while (!ended) {
                step.run();
            }
            return ended;
        };
    }

    private void read(int user, boolean async) throws InterruptedException {
        long endKnown = endedAt.get(user);
        long now = clock.millis();
        try {
            AccessToken token = async
                    ? manager.async().getToken(SlowService.user(user), REQUEST).get()
                    : manager.getToken(SlowService.user(user), REQUEST);
            if (SlowService.issueOf(token) < endKnown) {
                violations.incrementAndGet();
            }
            if (token.expiresAt().plus(TOLERANCE).toEpochMilli() <= now) {
                expired.incrementAndGet();
            }
        } catch (IdentityException | ExecutionException e) {
            failedGets.incrementAndGet();
        }
        gets.incrementAndGet();
    }

    private void revoke(Random random) {
        int user = random.nextInt(USERS);
        int kind = random.nextInt(100);
        if (kind < 70) {
            manager.revokeTokens(SlowService.user(user));
            endedAt.accumulateAndGet(user, service.lastRevocationOf(user), Math::max);
        } else if (kind < 80) {
            manager.deleteUser(SlowService.user(user));
            endedAt.accumulateAndGet(user, service.lastRevocationOf(user), Math::max);
        } else if (kind < 98) {
            long event = service.nextEvent();
            invalidate.accept(SlowService.user(user));
            endedAt.accumulateAndGet(user, event, Math::max);
        } else {
            long event = service.nextEvent();
            invalidateAll.run();
            for (int each = 0; each < USERS; each++) {
                endedAt.accumulateAndGet(each, event, Math::max);
            }
        }
        revocations.incrementAndGet();
    }

    private interface Step {

        void run() throws InterruptedException;
    }

    /** What a run has counted. */
    record Result(long gets, long failedGets, long issues, long revocations, long violations, long expired) {}
}
