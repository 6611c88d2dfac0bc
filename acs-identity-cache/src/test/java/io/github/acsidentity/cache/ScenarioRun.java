/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the steps of one scenario, with blocking or with asynchronous calls. The language is in scenarios.txt.
 */
final class ScenarioRun implements AutoCloseable {

    static final UserId USER = new UserId("8:acs:resource_1");

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final ScriptedService service = new ScriptedService(clock);
    private final boolean async;
    private final CachingIdentityManager manager;
    private final Map<String, CompletableFuture<AccessToken>> waiting = new HashMap<>();
    private final Map<String, AccessToken> seen = new HashMap<>();
    private TokenRequest request = TokenRequest.of(TokenScope.CHAT);
    private UserId user = USER;

    ScenarioRun(boolean async, List<String> policy) {
        this.async = async;
        Map<String, String> settings = new LinkedHashMap<>();
        policy.forEach(setting -> settings.put(setting.split("=", 2)[0], setting.split("=", 2)[1]));
        manager = CachingIdentityManager.builder(IdentityManager.from(service))
                .timeSource(clock)
                .scheduler(scheduler)
                .executor(Runnable::run)
                .random(() -> 0)
                .refreshPolicy(RefreshPolicy.fromProperties(settings))
                .build();
    }

    void step(String step) throws Exception {
        String[] sides = step.split("->", -1);
        String[] words = sides[0].strip().split(" +", -1);
        String expected = sides.length > 1 ? sides[1].strip() : "";
        switch (words[0]) {
            case "service" -> service.behave(step.substring("service ".length()).strip());
            case "revocation" -> service.behaveOnRevocation(words[1]);
            case "service-clock" -> service.setClock(signed(words[1]));
            case "grants" -> service.grant(duration(words[1]));
            case "request" -> request = request.withValidity(duration(words[1]));
            case "scope" -> request = TokenRequest.of(TokenScope.of(words[1]));
            case "user" -> user = new UserId("8:acs:resource_" + words[1]);
            case "advance" -> clock.advance(duration(words[1]));
            case "step-wall-clock" -> clock.stepWallClock(signed(words[1]));
            case "release" -> service.release();
            case "release-revocation" -> service.releaseRevocation();
            case "get" -> check(get(words), expected);
            case "refresh" -> check(call(() -> manager.refreshToken(user, request), null), expected);
            case "create-with-token" -> manager.createUserWithToken(request);
            case "teams" -> check(teams(words[1]), expected);
            case "revoke" -> revoke(expected);
            case "prefetch" -> {
                CompletableFuture<PrefetchReport> unused = manager.prefetch(List.of(user), request, report -> {});
            }
            case "invalidate" -> manager.invalidate(user);
            case "invalidate-all" -> manager.invalidateAll();
            case "invalidate-token" ->
                assertThat(manager.invalidate(user, requireNonNull(seen.get(words[1]))))
                        .hasToString(expected);
            case "close" -> manager.close();
            case "calls" -> assertThat(service.calls()).isEqualTo(Integer.parseInt(words[1]));
            default -> check(requireNonNull(waiting.get(words[0]), "There is no such step"), expected);
        }
        scheduler.runDueTasks();
    }

    @Override
    public void close() {
        manager.close();
    }

    private CompletableFuture<AccessToken> get(String[] words) {
        if (words.length > 1) {
            Duration minimum = duration(words[1]);
            return call(() -> manager.getToken(user, request, minimum), null);
        }
        return call(() -> manager.getToken(user, request), () -> manager.async().getToken(user, request));
    }

    private CompletableFuture<AccessToken> teams(String entraToken) {
        TeamsTokenRequest exchange = new TeamsTokenRequest(
                entraToken, "00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002");
        return call(
                () -> manager.getTokenForTeamsUser(exchange),
                () -> manager.async().getTokenForTeamsUser(exchange));
    }

    /** Calls, and returns when there is a result or the caller waits. */
    private CompletableFuture<AccessToken> call(
            Supplier<AccessToken> blocking, @Nullable Supplier<CompletableFuture<AccessToken>> nonBlocking) {
        if (async && nonBlocking != null) {
            try {
                return nonBlocking.get();
            } catch (RuntimeException thrown) {
                return CompletableFuture.failedFuture(thrown);
            }
        }
        CompletableFuture<AccessToken> result = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                result.complete(blocking.get());
            } catch (RuntimeException thrown) {
                result.completeExceptionally(thrown);
            }
        });
        caller.setDaemon(true);
        caller.start();
        while (!result.isDone() && caller.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return result;
    }

    private void check(CompletableFuture<AccessToken> result, String expected) throws Exception {
        String[] words = expected.split(" +", -1);
        if (words[0].equals("waits")) {
            assertThat(result).isNotDone();
            waiting.put(words[1], result);
            return;
        }
        if (words[0].equals("fails")) {
            assertThat(failureOf(result)).isEqualTo(words[1]);
        } else {
            AccessToken token = await(result);
            assertThat(token.value()).isEqualTo(words[0]);
            seen.put(words[0], token);
        }
        if (words.length > 2 && words[words.length - 2].equals("calls")) {
            scheduler.runDueTasks();
            assertThat(service.calls()).isEqualTo(Integer.parseInt(words[words.length - 1]));
        }
    }

    private void revoke(String expected) {
        if (expected.equals("waits")) {
            CompletableFuture<Void> running = manager.async().revokeTokens(user);
            assertThat(running).isNotDone();
        } else if (expected.startsWith("fails")) {
            assertThat(failureOf(call(
                            () -> {
                                manager.revokeTokens(user);
                                throw new AssertionError("The revocation should have failed");
                            },
                            null)))
                    .isEqualTo(expected.split(" +", -1)[1]);
        } else {
            manager.revokeTokens(user);
        }
    }

    /**
     * A result that is on its way from another thread arrives; one that is not there lets the test's time-out strike.
     */
    private AccessToken await(CompletableFuture<AccessToken> result) throws Exception {
        if (async) {
            assertThat(result).isDone();
        }
        return result.get(10, TimeUnit.SECONDS);
    }

    private static String failureOf(CompletableFuture<AccessToken> result) {
        try {
            return "token " + result.orTimeout(10, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            return String.valueOf(e.getCause())
                    .replaceFirst(":.*", "")
                    .replaceFirst(".*\\.", "")
                    .replaceFirst("Exception$", "");
        }
    }

    private static Duration duration(String text) {
        return text.endsWith("ms") ? SettingText.duration("step", text) : Duration.parse("PT" + text);
    }

    private static Duration signed(String text) {
        return text.startsWith("-") ? duration(text.substring(1)).negated() : duration(text.substring(1));
    }
}
