/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.cache.CacheStats;
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.cache.RefreshPolicy;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.Quotas;
import io.github.acsidentity.testing.RecordedCall;
import io.github.acsidentity.testing.emulator.AcsEmulator;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cache over the SDK adapter over a service on HTTPS, with everything going wrong that can be made to. */
final class Chaos {

    static final RefreshPolicy POLICY = RefreshPolicy.builder()
            .tokenLifetime(Duration.ofHours(1))
            .loadTimeout(Duration.ofSeconds(3))
            .joinTimeout(Duration.ofSeconds(2))
            .build();

    private static final int THREADS = 16;
    private static final int USERS = 48;
    private static final double SHARE_OF_FAULTS = 0.3;
    private static final double BURST_SECONDS = 8;
    private static final int QUOTA = 1000;
    private static final long QUOTA_MILLIS = 30_000;
    private static final long CALLER_PAUSE_NANOS = 2_000_000;
    private static final long DISTURBANCE_PAUSE_NANOS = 40_000_000;

    private final long seed;
    private final UnaryOperator<IdentityManager> decorator;

    /**
     * Creates a run.
     *
     * @param decorator what stands between the cache and its callers; for managers that are wrong on purpose
     */
    Chaos(long seed, UnaryOperator<IdentityManager> decorator) {
        this.seed = seed;
        this.decorator = decorator;
    }

    /** What a run has seen. */
    record Report(@Nullable Violation violation, Counts counts, String text) {}

    Report run(Duration duration) {
        MutableClock clock = MutableClock.following(TimeSource.system());
        FakeIdentityService service = FakeIdentityService.builder()
                .clock(clock)
                .seed(seed)
                .quotas(Quotas.published())
                .maximumRecordedCalls(2_000_000)
                .build();
        ShiftingTime time = new ShiftingTime(clock);
        double burst = POLICY.callsPerSecond() * BURST_SECONDS + POLICY.concurrentLoads();
        Model model =
                new Model(POLICY, time, clock::millis, new CallRate(POLICY.callsPerSecond(), burst, clock.nanos()));
        Counts counts = new Counts();
        AzureKeyCredential credential =
                new AzureKeyCredential(service.resource().primaryKey());
        try (AcsEmulator emulator = AcsEmulator.builder().service(service).start();
                AcsIdentityManager adapter = adapter(emulator, credential)) {
            WatchedDelegate delegate = new WatchedDelegate(adapter.async(), model, time);
            try (CachingIdentityManager cache = CachingIdentityManager.builder(IdentityManager.from(delegate))
                    .refreshPolicy(POLICY)
                    .timeSource(time)
                    .build()) {
                IdentityManager manager = decorator.apply(cache);
                FakeIdentityManager quiet = FakeIdentityManager.on(service);
                List<Watched> users = Stream.generate(quiet::createUser)
                        .limit(USERS)
                        .map(model::user)
                        .toList();
                RandomFaults faults = RandomFaults.inject(service.faults(), SHARE_OF_FAULTS, seed);
                SplittableRandom random = new SplittableRandom(seed);
                Disturbance disturbance = new Disturbance(service, time, credential, counts, random.split());
                Callers callers = new Callers(manager, delegate, model, counts, users);
                work(callers, disturbance, model, random, duration);
                checkQuota(service, model);
                return new Report(model.violation(), counts, text(faults, counts, cache.stats(), model, service));
            }
        }
    }

    private static AcsIdentityManager adapter(AcsEmulator emulator, AzureKeyCredential credential) {
        HttpClient.Builder http = HttpClient.newBuilder().sslContext(emulator.sslContext());
        return AcsIdentityManager.builder()
                .endpoint(emulator.endpoint().toString())
                .credential(credential)
                .httpClient(new JdkHttpClientBuilder(http).build())
                .operationTimeout(Duration.ofSeconds(4))
                .maximumRetries(1)
                .retryDelays(Duration.ofMillis(50), Duration.ofMillis(200))
                .build();
    }

    private static void work(
            Callers callers, Disturbance disturbance, Model model, SplittableRandom random, Duration duration) {
        long deadline = System.nanoTime() + duration.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SplittableRandom own = random.split();
            threads.add(start("chaos-caller-" + i, CALLER_PAUSE_NANOS, deadline, model, () -> callers.next(own)));
        }
        threads.add(start("chaos-disturbance", DISTURBANCE_PAUSE_NANOS, deadline, model, disturbance::next));
        for (Thread thread : threads) {
            try {
                thread.join(duration.plusSeconds(60).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted during the run", e);
            }
            if (thread.isAlive()) {
                model.violated("a caller that waits for ever", thread.getName());
            }
        }
    }

    private static Thread start(String name, long pauseNanos, long deadline, Model model, Runnable step) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (System.nanoTime() < deadline && model.violation() == null) {
                            step.run();
                            LockSupport.parkNanos(pauseNanos);
                        }
                    } catch (RuntimeException | Error e) {
                        model.violated("an unexpected exception", name + ": " + e);
                        throw e;
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** No window of the quota may hold more calls than it allows, retries of the adapter included. */
    private static void checkQuota(FakeIdentityService service, Model model) {
        int most = mostInAWindow(service);
        if (most > QUOTA) {
            model.violated("more calls than the quota allows", most + " in a window");
        }
    }

    private static int mostInAWindow(FakeIdentityService service) {
        List<Long> times = service.calls(IdentityOperation.GET_TOKEN).stream()
                .map(RecordedCall::time)
                .map(java.time.Instant::toEpochMilli)
                .sorted()
                .toList();
        int most = 0;
        int first = 0;
        for (int last = 0; last < times.size(); last++) {
            while (times.get(last) - times.get(first) >= QUOTA_MILLIS) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private static String text(
            RandomFaults faults, Counts counts, CacheStats stats, Model model, FakeIdentityService service) {
        StringBuilder text = new StringBuilder("Faults injected, by calls struck\n");
        faults.struck()
                .forEach((name, count) -> text.append("  ")
                        .append(name)
                        .append(": ")
                        .append(count)
                        .append('\n'));
        long struck = faults.struck().values().stream()
                .mapToLong(java.util.concurrent.atomic.AtomicLong::get)
                .sum();
        text.append("  in all: ")
                .append(struck)
                .append(" of ")
                .append(service.calls().size())
                .append(" attempts on the wire\n");
        text.append("What else was done, and what callers saw\n").append(counts);
        text.append("The cache\n");
        text.append("  hits: ").append(stats.hits()).append('\n');
        text.append("  calls for tokens: ").append(stats.calls()).append('\n');
        text.append("  most calls in flight: ").append(model.mostInFlight()).append('\n');
        text.append("  most calls in flight for one user and request: ")
                .append(model.mostOfOneKey())
                .append('\n');
        text.append("  most attempts in 30 s of the service's time: ")
                .append(mostInAWindow(service))
                .append(" of ")
                .append(QUOTA)
                .append('\n');
        return text.toString();
    }
}
