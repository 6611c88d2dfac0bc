/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One collaborator throws once, at its n-th use, for every n. Whoever is concerned may get a failure; nobody waits for
 * ever, and once everything works again, every user gets a token.
 */
class FaultSweepTest {

    enum Collaborator {
        TIME,
        SCHEDULER,
        EXECUTOR,
        RANDOM
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(Collaborator.TIME, new IllegalStateException("planted")),
                Arguments.of(Collaborator.SCHEDULER, new LinkageError("planted")),
                Arguments.of(Collaborator.SCHEDULER, new RejectedExecutionException("planted")),
                Arguments.of(Collaborator.EXECUTOR, new LinkageError("planted")),
                Arguments.of(Collaborator.RANDOM, new IllegalStateException("planted")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void oneFault_leavesNobodyWaiting_andNothingBroken(Collaborator who, Throwable what) {
        int uses = new Run(who, what, Integer.MAX_VALUE).uses();
        assertThat(uses).isGreaterThan(10);

        for (int n = 1; n <= uses; n++) {
            Run run = new Run(who, what, n);

            assertThat(run.pending).as("who still waits after fault %s", n).isEmpty();
            assertThat(run.broken).as("who gets no token after fault %s", n).isEmpty();
        }
    }

    /** Many things that go on at once, and then a get of each user. */
    private static final class Run {

        final List<String> pending = new ArrayList<>();
        final List<UserId> broken = new ArrayList<>();
        private final Map<String, CompletableFuture<?>> begun = new LinkedHashMap<>();
        private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
        private final ManualScheduler scheduler = new ManualScheduler(clock);
        private final ManualService service = new ManualService();
        private final Collaborator who;
        private final Throwable what;
        private int faultAt;
        private int uses;

        Run(Collaborator who, Throwable what, int faultAt) {
            this.who = who;
            this.what = what;
            this.faultAt = Integer.MAX_VALUE;
            try (CachingIdentityManager manager = manager()) {
                this.faultAt = faultAt;
                uses = 0;
                happen(manager);
                this.faultAt = Integer.MAX_VALUE;
                manager.invalidateAll();
                IntStream.range(1, 27).mapToObj(Values::user).forEach(user -> check(manager, user));
                clock.advance(Duration.ofMinutes(5));
                begun.forEach((name, future) -> {
                    if (!future.isDone()) {
                        pending.add(name);
                    }
                });
            }
        }

        int uses() {
            return uses;
        }

        private CachingIdentityManager manager() {
            TimeSource time = new TimeSource() {
                @Override
                public long millis() {
                    use(Collaborator.TIME);
                    return clock.millis();
                }

                @Override
                public long nanos() {
                    use(Collaborator.TIME);
                    return clock.nanos();
                }
            };
            RandomGenerator random = () -> {
                use(Collaborator.RANDOM);
                return 42;
            };
            return CachingIdentityManager.builder(IdentityManager.from(service))
                    .timeSource(time)
                    .scheduler(troubledScheduler())
                    .executor(task -> {
                        use(Collaborator.EXECUTOR);
                        task.run();
                    })
                    .random(random)
                    .refreshPolicy(RefreshPolicy.builder()
                            .callsPerSecond(1)
                            .refreshesPerSecond(.5)
                            .concurrentLoads(3)
                            .concurrentRefreshes(2)
                            .build())
                    .build();
        }

        private ScheduledExecutorService troubledScheduler() {
            return (ScheduledExecutorService) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {ScheduledExecutorService.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("schedule")) {
                            use(Collaborator.SCHEDULER);
                        }
                        return method.invoke(scheduler, arguments);
                    });
        }

        private void use(Collaborator used) {
            if (used != who || ++uses != faultAt) {
                return;
            }
            if (what instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) what;
        }

        private void happen(CachingIdentityManager manager) {
            service.answerRevocationsWith(() -> CompletableFuture.completedFuture(null));
            begin("get 1", () -> get(manager, 1));
            begin("get 1 again", () -> get(manager, 1));
            begin("get 2", () -> get(manager, 2));
            begin("revoke 2", () -> manager.async().revokeTokens(Values.user(2)));
            begin("get 2 again", () -> get(manager, 2));
            answer();
            for (int i = 3; i < 14; i++) {
                int user = i;
                begin("get " + user, () -> get(manager, user));
            }
            fail();
            for (int i = 0; i < 10; i++) {
                advance(Duration.ofMillis(700));
                answer();
            }
            List<UserId> users = IntStream.range(18, 27).mapToObj(Values::user).toList();
            begin("prefetch", () -> manager.prefetch(users, Values.CHAT, report -> {}));
            for (int i = 0; i < 40; i++) {
                advance(Duration.ofMillis(700));
                end(i % 5 == 3);
            }
            advance(Duration.ofHours(22));
            for (int i = 0; i < 5; i++) {
                begin("due 1, " + i, () -> get(manager, 1));
                begin("due 21, " + i, () -> get(manager, 21));
                end(i < 2);
                advance(Duration.ofMinutes(6));
            }
            for (int i = 0; i < 5; i++) {
                advance(Duration.ofMinutes(1));
                answer();
            }
        }

        private void check(CachingIdentityManager manager, UserId user) {
            clock.advance(Duration.ofSeconds(20));
            CompletableFuture<AccessToken> got = manager.async().getToken(user, Values.CHAT);
            answer();
            clock.advance(Duration.ofSeconds(20));
            answer();
            if (!got.isDone() || got.isCompletedExceptionally()) {
                broken.add(user);
            }
        }

        private static CompletableFuture<AccessToken> get(CachingIdentityManager manager, int user) {
            return manager.async().getToken(Values.user(user), Values.CHAT);
        }

        private void begin(String name, Supplier<CompletableFuture<?>> operation) {
            planted(() -> begun.put(name, operation.get()));
        }

        private void advance(Duration duration) {
            planted(() -> clock.advance(duration));
        }

        private void end(boolean failing) {
            if (failing) {
                fail();
            } else {
                answer();
            }
        }

        private void answer() {
            for (CompletableFuture<AccessToken> call : service.tokens) {
                planted(() -> call.complete(ManualService.token("t", clock.instant())));
            }
        }

        private void fail() {
            for (CompletableFuture<AccessToken> call : service.tokens) {
                planted(() -> call.completeExceptionally(new ServiceUnavailableException("down", Values.details())));
            }
        }

        /** The fault may reach whoever is at work; nothing else may. */
        private static void planted(Runnable action) {
            try {
                action.run();
            } catch (RuntimeException | LinkageError e) {
                assertThat(e).hasStackTraceContaining("planted");
            }
        }
    }
}
