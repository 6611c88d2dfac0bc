/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.cache.CacheListener;
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.cache.RefreshPolicy;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Days of traffic through the real cache, in virtual time on one thread: a prefetch of all users, and then their gets.
 * Beside it runs what the lifetime allows at best: a call at the first get after a token's end, and no other.
 */
final class VirtualDays {

    private static final TokenRequest REQUEST = TokenRequest.of(TokenScope.VOIP);
    private static final int DAY = 86_400;
    private static final long SECOND = 1_000_000_000;

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final OpaqueTokens service;
    private final CachingIdentityManager manager;
    private final AsyncIdentityManager async;
    private final UserId[] users;
    private final Traffic traffic;
    private final int lifetime;
    private final int usableWindow;
    private final int[] bestUntil;
    private final int[] lastRead;
    private int second;
    private int reads;
    private int readsBegun;
    private long best;
    private long gets;
    private long waited;
    private long waitedThoughRegular;
    private long waitedInFirstHalf;
    private long refused;
    private long refreshes;

    /**
     * Prepares the days.
     *
     * @param policy whose token lifetime and budget are used
     */
    VirtualDays(int users, RefreshPolicy policy, Traffic traffic) {
        this.service = new OpaqueTokens(clock, answer -> {
            Future<?> unused = scheduler.schedule(answer, 50, TimeUnit.MILLISECONDS);
        });
        this.manager = CachingIdentityManager.builder(IdentityManager.from(service))
                .refreshPolicy(policy)
                .maximumUsers(users)
                .listener(new CacheListener() {
                    @Override
                    public void onRefresh(RefreshOutcome outcome, Duration duration) {
                        refreshes++;
                    }
                })
                .timeSource(clock)
                .scheduler(scheduler)
                .executor(Runnable::run)
                .build();
        this.async = manager.async();
        this.users = IntStream.range(0, users)
                .mapToObj(number -> new UserId(OpaqueTokens.rawId(number)))
                .toArray(UserId[]::new);
        this.traffic = traffic;
        this.lifetime = (int) policy.tokenLifetime().toSeconds();
        long minimum = policy.minimumRemaining().toSeconds();
        this.usableWindow = (int) (Math.max(policy.refreshWindow() * lifetime, 2.0 * minimum) - minimum);
        this.bestUntil = new int[users];
        this.lastRead = new int[users];
        Arrays.fill(lastRead, Integer.MIN_VALUE / 2);
    }

    /**
     * Runs.
     *
     * @param days how many; all but the first are counted
     * @param peakSeconds over how many seconds the peak of refreshes is taken
     */
    Result run(int days, int peakSeconds) {
        CompletableFuture<?> warmUp = manager.prefetch(Arrays.asList(users), REQUEST, soFar -> {});
        while (!warmUp.isDone()) {
            clock.advance(Duration.ofSeconds(1));
            second++;
        }
        int warmedUp = second;
        long peak = 0;
        long refreshesBefore = 0;
        long callsBefore = 0;
        while (second < days * DAY) {
            if (second == Math.max(DAY, warmedUp)) {
                best = gets = waited = waitedThoughRegular = refused = 0;
                callsBefore = service.calls();
            }
            if (second == days * DAY / 2) {
                waitedInFirstHalf = waitedThoughRegular;
            }
            if (second % peakSeconds == 0) {
                peak = Math.max(peak, refreshes - refreshesBefore);
                refreshesBefore = refreshes;
            }
            oneSecond(second - warmedUp);
            second++;
        }
        Result result = new Result(
                gets,
                service.calls() - callsBefore,
                best,
                waited,
                waitedThoughRegular,
                waitedThoughRegular - waitedInFirstHalf,
                refused,
                peak,
                warmedUp);
        manager.close();
        return result;
    }

    private void oneSecond(int trafficSecond) {
        reads = traffic.arrivals(trafficSecond);
        readsBegun = 0;
        traffic.each(this::read);
        if (reads == 0) {
            clock.advance(Duration.ofNanos(SECOND));
        }
    }

    private void read(int user) {
        // the reads of a second are spread over it
        readsBegun++;
        clock.advance(Duration.ofNanos(SECOND * readsBegun / reads - SECOND * (readsBegun - 1) / reads));
        CompletableFuture<AccessToken> answer = async.getToken(users[user], REQUEST);
        gets++;
        if (!answer.isDone()) {
            waited++;
            waitedThoughRegular += second - lastRead[user] <= usableWindow ? 1 : 0;
        } else if (answer.isCompletedExceptionally()) {
            refused++;
            waitedThoughRegular += second - lastRead[user] <= usableWindow ? 1 : 0;
        }
        if (second >= bestUntil[user]) {
            best++;
            bestUntil[user] = second + lifetime;
        }
        lastRead[user] = second;
    }

    /**
     * What was seen.
     *
     * @param best the calls that the lifetime allows at best
     * @param waitedThoughRegular gets that waited, or were turned away, though the user had been there within the last
     *     refresh window
     * @param ofThemLate how many of these in the second half of the days
     * @param refused gets that were turned away
     * @param peak the most refreshes that were seen
     * @param warmUpSeconds how long the prefetch took
     */
    record Result(
            long gets,
            long calls,
            long best,
            long waited,
            long waitedThoughRegular,
            long ofThemLate,
            long refused,
            long peak,
            int warmUpSeconds) {

        double ratio() {
            return (double) calls / best;
        }
    }
}
