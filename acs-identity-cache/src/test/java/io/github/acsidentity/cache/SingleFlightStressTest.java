/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.InvalidRequestException;
import io.github.acsidentity.OperationInterruptedException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many callers of all kinds want one token at the same moment, again and again. */
@Timeout(60)
class SingleFlightStressTest {

    private static final int CALLERS = 64;
    private static final int ROUNDS = 200;
    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);
    private static final UserId USER = new UserId("8:acs:resource_1");

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ExecutorService serviceThreads = Executors.newFixedThreadPool(2);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicInteger lostInterrupts = new AtomicInteger();
    private final Set<Object> answers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answered = new AtomicInteger();
    private final List<String> wrongRounds = new ArrayList<>();
    private int rounds;

    @Test
    void getToken_byManyAtOnce_makesOneCallForAll() throws Exception {
        ManualService service = new ManualService();
        service.answerWith(this::call);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (CachingIdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(service))
                .timeSource(clock)
                .build()) {
            CyclicBarrier start = new CyclicBarrier(CALLERS);
            CyclicBarrier end = new CyclicBarrier(CALLERS, this::checkRound);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                running.add(callers.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        start.await();
                        get(manager, (caller + round) % 8);
                        end.await();
                    }
                    return null;
                }));
            }
            for (Future<?> caller : running) {
                caller.get();
            }
        } finally {
            callers.shutdownNow();
            serviceThreads.shutdownNow();
        }

        assertThat(wrongRounds).isEmpty();
        assertThat(overlaps).hasValue(0);
        assertThat(lostInterrupts).hasValue(0);
        assertThat(calls).hasValue(ROUNDS);
        assertThat(rounds).isEqualTo(ROUNDS);
    }

    private void get(CachingIdentityManager manager, int kind) throws InterruptedException {
        switch (kind) {
            case 0 -> manager.async().getToken(USER, CHAT).cancel(true);
            case 1 -> giveUpAtOnce(manager.async().getToken(USER, CHAT));
            case 2 -> getInterrupted(manager);
            case 3, 4 -> getAsync(manager.async().getToken(USER, CHAT));
            default -> getBlocking(manager);
        }
    }

    private void getBlocking(CachingIdentityManager manager) {
        try {
            answer(manager.getToken(USER, CHAT));
        } catch (InvalidRequestException e) {
            answer(e);
        }
    }

    private void getAsync(CompletableFuture<AccessToken> future) throws InterruptedException {
        try {
            answer(future.get());
        } catch (ExecutionException e) {
            answer(requireNonNull(e.getCause()));
        }
    }

    private void giveUpAtOnce(CompletableFuture<AccessToken> future) throws InterruptedException {
        try {
            answer(future.get(1, TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            answer(requireNonNull(e.getCause()));
        } catch (TimeoutException e) {
            answered.incrementAndGet();
        }
    }

    private void getInterrupted(CachingIdentityManager manager) {
        Thread.currentThread().interrupt();
        try {
            getBlocking(manager);
        } catch (OperationInterruptedException e) {
            answered.incrementAndGet();
        } finally {
            if (!Thread.interrupted()) {
                lostInterrupts.incrementAndGet();
            }
        }
    }

    private void answer(Object answer) {
        answers.add(answer);
        answered.incrementAndGet();
    }

    private CompletableFuture<AccessToken> call() {
        int call = calls.incrementAndGet();
        if (inFlight.incrementAndGet() > 1) {
            overlaps.incrementAndGet();
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    LockSupport.parkNanos(1_000);
                    inFlight.decrementAndGet();
                    if (call % 10 == 0) {
                        throw new InvalidRequestException("refused " + call, FailureDetails.NONE);
                    }
                    return new AccessToken("token " + call, clock.instant().plus(Duration.ofHours(24)));
                },
                serviceThreads);
    }

    /** Runs when all callers have their answers, before any of them asks again. */
    private void checkRound() {
        rounds++;
        int cancelled = CALLERS / 8;
        if (calls.get() != rounds || answers.size() != 1 || answered.get() != CALLERS - cancelled) {
            wrongRounds.add("Round " + rounds + ": " + calls + " calls so far, " + answers + ", " + answered);
        }
        answers.clear();
        answered.set(0);
        clock.advance(Duration.ofDays(2));
    }
}
