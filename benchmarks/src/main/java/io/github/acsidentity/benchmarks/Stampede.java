/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A thousand threads want one token that is spent. Besides, they wait for a bare future that completes as late: what
 * they take then is the threads' and not the cache's.
 */
final class Stampede implements Measurement {

    private static final int CALLERS = 1000;
    private static final long LATENCY_MILLIS = 50;
    private static final TokenRequest REQUEST = TokenRequest.of(TokenScope.VOIP);
    private static final UserId USER = new UserId(OpaqueTokens.rawId(1));

    @Override
    public List<String> run(boolean quick) throws Exception {
        int rounds = quick ? 10 : 50;
        ScheduledExecutorService wire = Executors.newScheduledThreadPool(1);
        MutableClock clock = MutableClock.following(TimeSource.system());
        OpaqueTokens service = new OpaqueTokens(clock, answer -> {
            Future<?> unused = wire.schedule(answer, LATENCY_MILLIS, TimeUnit.MILLISECONDS);
        });
        List<String> table = new ArrayList<>();
        table.add("%,d threads, one spent token, answer after %d ms, %d rounds each"
                .formatted(CALLERS, LATENCY_MILLIS, rounds));
        table.add("            calls in a round   slowest caller / the service's latency (median, worst)");
        try (CachingIdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(service))
                .timeSource(clock)
                .build()) {
            AsyncIdentityManager async = manager.async();
            List<Round> blocking = new ArrayList<>();
            List<Round> asynchronous = new ArrayList<>();
            List<Round> bare = new ArrayList<>();
            manager.getToken(USER, REQUEST);
            for (int i = -2; i < rounds; i++) {
                Round a = spent(clock, service, () -> manager.getToken(USER, REQUEST));
                Round b = spent(
                        clock, service, () -> async.getToken(USER, REQUEST).join());
                CompletableFuture<AccessToken> answer = new CompletableFuture<>();
                Round c = together(
                        service,
                        () -> {
                            Future<?> unused = wire.schedule(
                                    () -> answer.completeExceptionally(new IllegalStateException()),
                                    LATENCY_MILLIS,
                                    TimeUnit.MILLISECONDS);
                        },
                        () -> answer.handle((token, failure) -> CALLERS).join());
                if (i >= 0) { // the first rounds warm up
                    blocking.add(a);
                    asynchronous.add(b);
                    bare.add(c);
                }
            }
            table.add(line("blocking", blocking));
            table.add(line("async", asynchronous));
            table.add(line("bare future", bare));
            boolean met = blocking.stream().allMatch(round -> round.calls() == 1)
                    && asynchronous.stream().allMatch(round -> round.calls() == 1);
            table.add("goal: exactly one call, " + (met ? "met" : "missed"));
        } finally {
            wire.shutdownNow();
        }
        return table;
    }

    private static Round spent(MutableClock clock, OpaqueTokens service, Runnable caller) throws InterruptedException {
        clock.advance(Duration.ofHours(25));
        return together(service, () -> {}, caller);
    }

    /** Lets all callers loose at once. */
    private static Round together(OpaqueTokens service, Runnable start, Runnable caller) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(CALLERS);
        CountDownLatch go = new CountDownLatch(1);
        long[] ends = new long[CALLERS];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                ready.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                caller.run();
                ends[number] = System.nanoTime();
            });
            thread.start();
            threads.add(thread);
        }
        ready.await();
        long calls = service.calls();
        long begin = System.nanoTime();
        start.run();
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        if (Arrays.stream(ends).anyMatch(end -> end == 0)) {
            throw new IllegalStateException("A caller has failed");
        }
        long slowest = Arrays.stream(ends).map(end -> end - begin).max().orElseThrow();
        return new Round(service.calls() - calls, slowest / 1e6 / LATENCY_MILLIS);
    }

    private static String line(String name, List<Round> rounds) {
        double[] ratios = rounds.stream().mapToDouble(Round::ratio).sorted().toArray();
        return "%-12s %d to %d   %.2f   %.2f"
                .formatted(
                        name,
                        rounds.stream().mapToLong(Round::calls).min().orElseThrow(),
                        rounds.stream().mapToLong(Round::calls).max().orElseThrow(),
                        ratios[ratios.length / 2],
                        ratios[ratios.length - 1]);
    }

    private record Round(long calls, double ratio) {}
}
