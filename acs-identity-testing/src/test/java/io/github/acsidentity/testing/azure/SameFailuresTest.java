/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.azure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The fake manager fails as the real one does where the service answers the same. */
class SameFailuresTest {

    private static final String GUID = "11111111-1111-4111-8111-111111111111";
    private static final TeamsTokenRequest TEAMS_REQUEST = new TeamsTokenRequest("unknown", GUID, GUID);
    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);
    private static final TokenRequest UNKNOWN_SCOPE = TokenRequest.of(TokenScope.of("pstn"));

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final FakeIdentityService service =
            FakeIdentityService.builder().clock(clock).scheduler(scheduler).build();
    private final UserId user = FakeIdentityManager.on(service).createUser();
    private final IdentityManager fake = FakeIdentityManager.on(service);
    private final IdentityManager real = AcsIdentityManager.builder()
            .connectionString(service.resource().connectionString())
            .httpClient(InProcessHttpClient.on(service))
            .maximumRetries(0)
            .timeSource(clock)
            .scheduler(scheduler)
            .executor(Runnable::run)
            .build();

    static Stream<Arguments> operationsAndCodes() {
        List<@Nullable String> codes = Arrays.asList(
                null, "Denied", "IdentityNotFound", "IdentityNotOwned", "InvalidAccessToken", "ValidationError");
        return Arrays.stream(IdentityOperation.values())
                .flatMap(operation -> codes.stream().map(code -> Arguments.of(operation, code)));
    }

    @ParameterizedTest
    @MethodSource("operationsAndCodes")
    void everyStatus_throughBothManagers_isTheSameFailure(IdentityOperation operation, @Nullable String code) {
        int first = code == null ? 300 : 400;
        int last = code == null ? 599 : 429;
        for (int status = first; status <= last; status++) {
            Fault fault = Fault.status(status).withRetryAfter(Duration.ofSeconds(3));
            service.faults().on().times(2, code == null ? fault : fault.withErrorCode(code));

            Failure expected = failure(real, operation, CHAT);

            assertThat(failure(fake, operation, CHAT)).isEqualTo(expected);
        }
        assertThat(service.users()).containsExactly(user);
    }

    @ParameterizedTest
    @EnumSource
    void lostAnswer_throughBothManagers_isTheSameFailure(IdentityOperation operation) {
        service.faults().on().times(2, Fault.drop());

        assertThat(failure(fake, operation, CHAT)).isEqualTo(failure(real, operation, CHAT));
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_USER_WITH_TOKEN", "GET_TOKEN", "GET_TOKEN_FOR_TEAMS_USER"})
    void refusedArgument_throughBothManagers_isTheSameFailure(IdentityOperation operation) {
        assertThat(failure(fake, operation, UNKNOWN_SCOPE)).isEqualTo(failure(real, operation, UNKNOWN_SCOPE));
    }

    @Test
    void deletedUser_throughBothManagers_isTheSameFailure() {
        fake.deleteUser(user);

        assertThat(failure(fake, IdentityOperation.GET_TOKEN, CHAT))
                .isEqualTo(failure(real, IdentityOperation.GET_TOKEN, CHAT));
    }

    @ParameterizedTest
    @EnumSource
    void hang_throughBothManagers_endsAtTheSameTimeWithTheSameFailure(IdentityOperation operation) {
        service.faults().on().times(2, Fault.hang());
        CompletableFuture<?> byReal = call(real.async(), operation, CHAT);
        CompletableFuture<?> byFake = call(fake.async(), operation, CHAT);

        clock.advance(Duration.ofSeconds(30).minusNanos(1));
        assertThat(byReal).isNotDone();
        assertThat(byFake).isNotDone();
        clock.advance(Duration.ofNanos(1));

        assertThat(failure(byFake)).isEqualTo(failure(byReal));
    }

    @Test
    void close_bothManagers_theViewRefusesItsCallsOnly() {
        for (IdentityManager manager : List.of(real, fake)) {
            manager.close();

            AsyncIdentityManager async = manager.async();

            assertThatThrownBy(async::createUser).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> async.getToken(user, CHAT)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(manager::createUser).isInstanceOf(IllegalStateException.class);
        }
    }

    private Failure failure(IdentityManager manager, IdentityOperation operation, TokenRequest request) {
        IdentityException thrown = catchThrowableOfType(IdentityException.class, () -> {
            switch (operation) {
                case CREATE_USER -> manager.createUser();
                case CREATE_USER_WITH_TOKEN -> manager.createUserWithToken(request);
                case GET_TOKEN -> manager.getToken(user, request);
                case GET_TOKEN_FOR_TEAMS_USER -> manager.getTokenForTeamsUser(TEAMS_REQUEST);
                case REVOKE_TOKENS -> manager.revokeTokens(user);
                case DELETE_USER -> manager.deleteUser(user);
            }
        });
        return Failure.of(thrown);
    }

    private CompletableFuture<?> call(AsyncIdentityManager manager, IdentityOperation operation, TokenRequest request) {
        return switch (operation) {
            case CREATE_USER -> manager.createUser();
            case CREATE_USER_WITH_TOKEN -> manager.createUserWithToken(request);
            case GET_TOKEN -> manager.getToken(user, request);
            case GET_TOKEN_FOR_TEAMS_USER -> manager.getTokenForTeamsUser(TEAMS_REQUEST);
            case REVOKE_TOKENS -> manager.revokeTokens(user);
            case DELETE_USER -> manager.deleteUser(user);
        };
    }

    private static Failure failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        CompletionException thrown = catchThrowableOfType(CompletionException.class, future::join);
        return Failure.of((IdentityException) requireNonNull(thrown.getCause()));
    }

    /** What callers can see of a failure, but for its message and request id. */
    private record Failure(Class<?> type, List<Object> details, boolean hasRequestId) {

        static Failure of(IdentityException thrown) {
            return new Failure(
                    thrown.getClass(),
                    List.of(
                            thrown.operation(),
                            thrown.user(),
                            thrown.httpStatus(),
                            thrown.errorCode(),
                            thrown.target(),
                            thrown.retryAfter(),
                            thrown.isTransient(),
                            thrown.outcomeUnknown(),
                            thrown instanceof UserNotFoundException absent && absent.isForeignResource(),
                            thrown instanceof ThrottledException throttled && throttled.isLocal()),
                    thrown.requestId().isPresent());
        }
    }
}
