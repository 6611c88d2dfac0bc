/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.cache.RefreshPolicy;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.Faults;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * That callers and model notice the managers that are wrong, and not the cache: in virtual time, one step after the
 * other.
 */
class BrokenManagersTest {

    private static final TokenRequest REQUEST = Callers.REQUESTS.get(0);
    private static final int STEPS = 3_000;
    private static final int USERS = 8;
    private static final int CROWD = 300;

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ShiftingTime time = new ShiftingTime(clock);
    private final FakeIdentityService service =
            FakeIdentityService.builder().clock(clock).build();
    private final FakeIdentityManager fake = FakeIdentityManager.on(service);
    private final Model model = new Model(Chaos.POLICY, time, clock::millis, new Budget(Chaos.POLICY, clock.nanos()));
    private final WatchedDelegate delegate = new WatchedDelegate(fake.async(), model, time);
    private final SplittableRandom random = new SplittableRandom(1);
    private CachingIdentityManager cache = cache(Chaos.POLICY, model::inBackground);

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void theCacheItself_breaksNoRule() {
        fail(0.1, Fault.status(403));
        fail(0.1, Fault.status(503));
        fail(0.05, Fault.throttled().withRetryAfter(Duration.ofSeconds(20)));

        assertThat(leaps(UnaryOperator.identity())).isNull();
        assertThat(rush()).isNull();
    }

    @Test
    void whoKeepsTokensForEver_isNoticed() {
        assertThat(rule(leaps(BrokenManagers.KeepsForEver::new))).startsWith("a token that ");
    }

    @Test
    void whoMixesUsersUp_isNoticed() {
        assertThat(rule(leaps(BrokenManagers.MixesUsersUp::new)))
                .isEqualTo("a token that was not issued for this user and request");
    }

    @Test
    void whoForgetsRevocations_isNoticed() {
        Violation violation =
                leaps(manager -> new BrokenManagers.ForgetsRevocations(manager, IdentityManager.from(delegate)));

        assertThat(rule(violation)).isEqualTo("a token that was revoked before the get began");
    }

    @Test
    void whoFailsWithoutNeed_isNoticed() {
        assertThat(rule(leaps(BrokenManagers.FailsNowAndThen::new))).contains("failure although a");
    }

    @Test
    void whoDisguisesRefusals_isNoticed() {
        fail(0.2, Fault.status(403));

        assertThat(rule(leaps(BrokenManagers.DisguisesRefusals::new)))
                .isEqualTo("another failure in place of a refusal");
    }

    @Test
    void whoHidesRefusals_isNoticed() {
        fail(0.2, Fault.status(403));

        assertThat(rule(leaps(manager -> new BrokenManagers.HidesRefusals(manager, clock))))
                .isEqualTo("a token in place of a refusal");
    }

    @Test
    void whoMakesMoreCallsThanTheBudgetAllows_isNoticed() {
        use(Chaos.POLICY.toBuilder().callsPerSecond(1000).build());

        assertThat(rule(rush())).isEqualTo("more calls than the budget allows");
    }

    @Test
    void whoDoesNotPauseAfterA429_isNoticed() {
        use(Chaos.POLICY.toBuilder()
                .throttlePause(Duration.ZERO)
                .maximumThrottlePause(Duration.ZERO)
                .build());
        fail(0.05, Fault.throttled().withRetryAfter(Duration.ofMinutes(1)));

        assertThat(rule(rush())).isEqualTo("more calls than the pause after a 429 allows");
    }

    @Test
    void whoRenewsInTheBackgroundDuringAPause_isNoticed_andTheCacheDoesNot() {
        assertThat(renewWhileThrottled(Chaos.POLICY)).isNull();

        RefreshPolicy withoutPause = Chaos.POLICY.toBuilder()
                .throttlePause(Duration.ZERO)
                .maximumThrottlePause(Duration.ZERO)
                .build();
        assertThat(rule(renewWhileThrottled(withoutPause))).isEqualTo("background calls in the pause after a 429");
    }

    @Test
    void whoRenewsFasterThanThePolicyAllows_isNoticed_andTheCacheDoesNot() {
        assertThat(renewAll(Chaos.POLICY)).isNull();
        assertThat(model.renewals().begun()).isGreaterThan(50);
        assertThat(model.renewals().begun()).isLessThan(100);

        RefreshPolicy faster = Chaos.POLICY.toBuilder()
                .refreshesPerSecond(Chaos.POLICY.callsPerSecond())
                .build();
        assertThat(rule(renewAll(faster))).isEqualTo("more background renewals than the policy allows");
    }

    @Test
    void whoNeverAnswers_isNoticed() {
        CountDownLatch never = new CountDownLatch(1);
        Callers callers = callers(manager -> new BrokenManagers.NeverAnswers(manager, never));
        Crew crew = new Crew(model, Duration.ofMillis(200));

        crew.start("stuck", Duration.ofMillis(1), () -> callers.next(random, false));
        crew.await(Duration.ofMillis(100));

        assertThat(rule(model.violation())).isEqualTo("a caller that waits for ever");
        never.countDown();
    }

    /** Lets time pass between the gets of a few users, so that their tokens become due, spent and expired. */
    private @Nullable Violation leaps(UnaryOperator<IdentityManager> decorator) {
        Callers callers = callers(decorator);
        for (int i = 0; i < STEPS && model.violation() == null; i++) {
            clock.advance(Duration.ofSeconds(random.nextLong(10, 60)));
            callers.next(random, false);
        }
        return model.violation();
    }

    /** Lets hardly any time pass between the gets of many users. */
    private @Nullable Violation rush() {
        List<Watched> crowd = users(CROWD);
        for (int i = 0; i < STEPS && model.violation() == null; i++) {
            clock.advance(Duration.ofMillis(random.nextLong(50)));
            Watched user = crowd.get(random.nextInt(CROWD));
            Get get = model.begin(user, REQUEST);
            CompletableFuture<?> unused = cache.async()
                    .getToken(user.id, REQUEST)
                    .whenComplete((token, failure) -> {
                        if (failure == null) {
                            model.returned(get, token);
                        } else {
                            model.failed(get, (RuntimeException) failure);
                        }
                    });
        }
        return model.violation();
    }

    /** Lets tokens become due, and all that is done about it be answered 429. */
    private @Nullable Violation renewWhileThrottled(RefreshPolicy policy) {
        Deque<Runnable> background = new ArrayDeque<>();
        List<Watched> crowd = crowdWithDueTokens(policy, background);
        Faults.Rule rule = service.faults()
                .on(IdentityOperation.GET_TOKEN)
                .always(Fault.throttled().withRetryAfter(Duration.ofMinutes(1)));
        readEach(crowd, background, 200);
        rule.remove();
        return model.violation();
    }

    /** Lets tokens become due, and all their users come within 12 seconds. */
    private @Nullable Violation renewAll(RefreshPolicy policy) {
        Deque<Runnable> background = new ArrayDeque<>();
        readEach(crowdWithDueTokens(policy, background), background, 40);
        return model.violation();
    }

    private List<Watched> crowdWithDueTokens(RefreshPolicy policy, Deque<Runnable> background) {
        cache.close();
        cache = cache(policy, background::add);
        List<Watched> crowd = users(CROWD);
        readEach(crowd, background, 200);
        clock.advance(Duration.ofMinutes(40));
        return crowd;
    }

    private void readEach(List<Watched> crowd, Deque<Runnable> background, int millisBetween) {
        for (Watched user : crowd) {
            clock.advance(Duration.ofMillis(millisBetween));
            Get get = model.begin(user, REQUEST);
            model.returned(get, cache.getToken(user.id, REQUEST));
            while (!background.isEmpty()) {
                background.remove().run();
            }
        }
    }

    private Callers callers(UnaryOperator<IdentityManager> decorator) {
        return new Callers(
                decorator.apply(cache), delegate, model, new Counts(), users(USERS), List.of(), Witness.NONE);
    }

    private List<Watched> users(int number) {
        return Stream.generate(fake::createUser).limit(number).map(model::user).toList();
    }

    private void fail(double rate, Fault fault) {
        service.faults().on(IdentityOperation.GET_TOKEN).whileTrue(() -> random.nextDouble() < rate, fault);
    }

    private void use(RefreshPolicy policy) {
        cache.close();
        cache = cache(policy, model::inBackground);
    }

    private CachingIdentityManager cache(RefreshPolicy policy, Executor executor) {
        return CachingIdentityManager.builder(IdentityManager.from(delegate))
                .refreshPolicy(policy)
                .timeSource(time)
                .scheduler(new ManualScheduler(clock))
                .executor(executor)
                .random(new SplittableRandom(1))
                .closeDelegate(false)
                .build();
    }

    private static String rule(@Nullable Violation violation) {
        return requireNonNull(violation).rule();
    }
}
