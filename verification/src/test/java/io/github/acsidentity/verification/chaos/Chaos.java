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
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.cache.RefreshPolicy;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.Quotas;
import io.github.acsidentity.testing.emulator.AcsEmulator;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cache over the SDK adapter over a service on HTTPS, with everything going wrong that can be made to. */
final class Chaos {

    /** A small budget, so that it is used up; the quota is to it as the published one is to the default budget. */
    static final RefreshPolicy POLICY = RefreshPolicy.builder()
            .tokenLifetime(Duration.ofHours(1))
            .loadTimeout(Duration.ofSeconds(3))
            .joinTimeout(Duration.ofSeconds(2))
            .callsPerSecond(8)
            .refreshesPerSecond(5)
            .throttlePause(Duration.ofSeconds(1))
            .build();

    static final int QUOTA = 320;
    static final Duration QUOTA_WINDOW = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int THREADS = 16;
    private static final int USERS = 48;
    private static final int CROWD = 1000;
    private static final int MAXIMUM_USERS = 120;
    private static final double SHARE_OF_FAULTS = 0.3;
    private static final Duration CALLER_PAUSE = Duration.ofMillis(2);
    private static final Duration DISTURBANCE_PAUSE = Duration.ofMillis(40);

    private final long seed;
    private final UnaryOperator<IdentityManager> decorator;
    private final Witness witness;

    /**
     * Creates a run.
     *
     * @param decorator what stands between the cache and its callers; for managers that are wrong on purpose
     */
    Chaos(long seed, UnaryOperator<IdentityManager> decorator) {
        this(seed, decorator, Witness.NONE);
    }

    Chaos(long seed, UnaryOperator<IdentityManager> decorator, Witness witness) {
        this.seed = seed;
        this.decorator = decorator;
        this.witness = witness;
    }

    /**
     * What a run has seen.
     *
     * @param renewals how many background renewals have begun
     */
    record Report(@Nullable Violation violation, Counts counts, int renewals, String text) {}

    Report run(Duration duration) {
        MutableClock clock = MutableClock.following(TimeSource.system());
        FakeIdentityService service = FakeIdentityService.builder()
                .clock(clock)
                .seed(seed)
                .quotas(Quotas.none().withLimit(QUOTA, QUOTA_WINDOW, IdentityOperation.GET_TOKEN))
                .maximumRecordedCalls(2_000_000)
                .build();
        ShiftingTime time = new ShiftingTime(clock);
        Budget budget = new Budget(POLICY, clock.nanos());
        Model model = new Model(POLICY, time, clock::millis, budget);
        Counts counts = new Counts();
        AzureKeyCredential credential =
                new AzureKeyCredential(service.resource().primaryKey());
        try (AcsEmulator emulator = AcsEmulator.builder().service(service).start();
                AcsIdentityManager adapter = adapter(emulator, credential)) {
            WatchedDelegate delegate = new WatchedDelegate(adapter.async(), model, time);
            try (CachingIdentityManager cache = CachingIdentityManager.builder(IdentityManager.from(delegate))
                    .refreshPolicy(POLICY)
                    .timeSource(time)
                    .maximumUsers(MAXIMUM_USERS)
                    .build()) {
                model.countEvictions(() -> cache.stats().evictions());
                FakeIdentityManager quiet = FakeIdentityManager.on(service);
                List<Watched> users = users(quiet, model, USERS);
                List<Watched> crowd = users(quiet, model, CROWD);
                service.clearCalls();
                RandomFaults faults = RandomFaults.inject(service.faults(), SHARE_OF_FAULTS, seed);
                SplittableRandom random = new SplittableRandom(seed);
                Disturbance disturbance = new Disturbance(service, time, credential, counts, random.split());
                Callers callers = new Callers(decorator.apply(cache), delegate, model, counts, users, crowd, witness);
                work(callers, disturbance, model, random, duration);
                WireTraffic traffic = WireTraffic.of(service);
                traffic.check(model);
                Summary summary = new Summary(faults, counts, cache.stats(), model, traffic);
                return new Report(model.violation(), counts, model.renewals().begun(), summary.toString());
            }
        }
    }

    private static List<Watched> users(FakeIdentityManager manager, Model model, int number) {
        return Stream.generate(manager::createUser)
                .limit(number)
                .map(model::user)
                .toList();
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
        Crew crew = new Crew(model, duration);
        for (int i = 0; i < THREADS; i++) {
            SplittableRandom own = random.split();
            crew.start("chaos-caller-" + i, CALLER_PAUSE, () -> callers.next(own, disturbance.isRush()));
        }
        crew.start("chaos-disturbance", DISTURBANCE_PAUSE, disturbance::next);
        crew.await(PATIENCE);
    }
}
