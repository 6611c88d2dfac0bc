/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the contracts ask for, and how they look at the answers. */
final class Samples {

    static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);
    static final TokenRequest VOIP = TokenRequest.of(TokenScope.VOIP);
    static final List<TokenScope> SCOPES = List.of(
            TokenScope.CHAT, TokenScope.CHAT_JOIN, TokenScope.CHAT_JOIN_LIMITED, TokenScope.VOIP, TokenScope.VOIP_JOIN);
    static final UserId FOREIGN_USER =
            new UserId("8:acs:0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f_0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f");
    static final TeamsTokenRequest TEAMS = new TeamsTokenRequest(
            "not-an-entra-token", "0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f", "0e0e0e0e-0e0e-4e0e-8e0e-0e0e0e0e0e0e");

    /** What the clocks of service and test may differ, and the time that a test may take. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    /** How long a test waits for what shall happen at once. */
    static final long PATIENCE_SECONDS = 60;

    private Samples() {}

    static void assertLives(AccessToken token, Instant now, Duration validity) {
        assertThat(token.value()).isNotBlank();
        assertThat(Duration.between(now, token.expiresAt()))
                .isBetween(validity.minus(TOLERANCE), validity.plus(TOLERANCE));
    }

    static void assertConcerns(IdentityException failure, IdentityOperation operation, UserId user) {
        assertThat(failure).isNotNull();
        assertThat(failure.operation()).contains(operation);
        assertThat(failure.user()).contains(user);
    }

    static <T> T await(CompletableFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    static void awaitVoid(CompletableFuture<Void> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        String done = await(future.thenApply(nothing -> "done"));
        assertThat(done).isEqualTo("done");
    }

    static Map<IdentityOperation, ThrowingCallable> calls(IdentityManager manager, UserId user) {
        return new EnumMap<>(Map.of(
                IdentityOperation.CREATE_USER, manager::createUser,
                IdentityOperation.CREATE_USER_WITH_TOKEN, () -> manager.createUserWithToken(CHAT),
                IdentityOperation.GET_TOKEN, () -> manager.getToken(user, CHAT),
                IdentityOperation.GET_TOKEN_FOR_TEAMS_USER, () -> manager.getTokenForTeamsUser(TEAMS),
                IdentityOperation.REVOKE_TOKENS, () -> manager.revokeTokens(user),
                IdentityOperation.DELETE_USER, () -> manager.deleteUser(user)));
    }

    static Map<IdentityOperation, ThrowingCallable> asyncCalls(AsyncIdentityManager manager, UserId user) {
        return new EnumMap<>(Map.of(
                IdentityOperation.CREATE_USER, manager::createUser,
                IdentityOperation.CREATE_USER_WITH_TOKEN, () -> manager.createUserWithToken(CHAT),
                IdentityOperation.GET_TOKEN, () -> manager.getToken(user, CHAT),
                IdentityOperation.GET_TOKEN_FOR_TEAMS_USER, () -> manager.getTokenForTeamsUser(TEAMS),
                IdentityOperation.REVOKE_TOKENS, () -> manager.revokeTokens(user),
                IdentityOperation.DELETE_USER, () -> manager.deleteUser(user)));
    }

    /** Each of the calls has to throw that. */
    static void assertThrow(Class<? extends Throwable> type, String when, Map<?, ThrowingCallable> calls) {
        calls.forEach((call, made) ->
                assertThat(catchThrowable(made)).as("%s %s", call, when).isInstanceOf(type));
    }

    /** Returns what a call throws; it has to throw. */
    static IdentityException failure(ThrowingCallable call) {
        return failure(IdentityException.class, call);
    }

    /** Returns what a call throws; it has to throw that. */
    static <T extends Throwable> T failure(Class<T> type, ThrowingCallable call) {
        Throwable failure = catchThrowable(call);
        assertThat(failure).isInstanceOf(type);
        return type.cast(failure);
    }

    /** Returns what those of the calls throw that throw something. */
    static List<Throwable> thrown(ThrowingCallable... calls) {
        return Arrays.stream(calls)
                .map(Assertions::catchThrowable)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns what the operations throw: all of them have to. */
    static Map<IdentityOperation, IdentityException> failures(IdentityManager manager, UserId user) {
        Map<IdentityOperation, IdentityException> failures = new EnumMap<>(IdentityOperation.class);
        calls(manager, user).forEach((operation, call) -> {
            Throwable failure = catchThrowable(call);
            assertThat(failure).as("%s", operation).isInstanceOf(IdentityException.class);
            failures.put(operation, (IdentityException) failure);
        });
        return failures;
    }

    static void awaitCondition(BooleanSupplier condition) {
        TimeSource time = TimeSource.system();
        long start = time.nanos();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(time.nanos() - start)).isLessThan(Duration.ofSeconds(PATIENCE_SECONDS));
            Thread.onSpinWait();
        }
    }

    @SuppressWarnings("NullAway") // what callers do who do not run it
    static Map<String, ThrowingCallable> callsWithoutArgument(IdentityManager manager, UserId user) {
        return Map.of(
                "createUser(null)", () -> manager.createUser(null),
                "createUserWithToken(null)", () -> manager.createUserWithToken(null),
                "getToken(null, request)", () -> manager.getToken(null, CHAT),
                "getToken(user, null)", () -> manager.getToken(user, null),
                "heldToken(null, request)", () -> manager.heldToken(null, CHAT),
                "heldToken(user, null)", () -> manager.heldToken(user, null),
                "getTokenForTeamsUser(null)", () -> manager.getTokenForTeamsUser(null),
                "revokeTokens(null)", () -> manager.revokeTokens(null),
                "deleteUser(null)", () -> manager.deleteUser(null));
    }

    @SuppressWarnings("NullAway") // what callers do who do not run it
    static Map<String, ThrowingCallable> asyncCallsWithoutArgument(AsyncIdentityManager manager, UserId user) {
        return Map.of(
                "createUser(null)", () -> manager.createUser(null),
                "createUserWithToken(null)", () -> manager.createUserWithToken(null),
                "getToken(null, request)", () -> manager.getToken(null, CHAT),
                "getToken(user, null)", () -> manager.getToken(user, null),
                "getTokenForTeamsUser(null)", () -> manager.getTokenForTeamsUser(null),
                "revokeTokens(null)", () -> manager.revokeTokens(null),
                "deleteUser(null)", () -> manager.deleteUser(null));
    }
}
