/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.azure;

import static io.github.acsidentity.IdentityOperation.CREATE_USER;
import static io.github.acsidentity.IdentityOperation.CREATE_USER_WITH_TOKEN;
import static io.github.acsidentity.IdentityOperation.GET_TOKEN;
import static io.github.acsidentity.IdentityOperation.GET_TOKEN_FOR_TEAMS_USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.azure.Door.Opened;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Spoiled bodies are the same failure to the fake manager and to the real one, in process and over a socket. */
@Timeout(60)
class SpoiledBodiesTest {

    private static final String GUID = "11111111-1111-4111-8111-111111111111";
    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);
    private static final TokenRequest UNKNOWN_SCOPE = TokenRequest.of(TokenScope.of("pstn"));

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeIdentityService service =
            FakeIdentityService.builder().clock(clock).build();
    private final UserId user = FakeIdentityManager.on(service).createUser();

    static Stream<Arguments> operationsWithBodiesAndFaults() {
        return Stream.of(CREATE_USER, CREATE_USER_WITH_TOKEN, GET_TOKEN, GET_TOKEN_FOR_TEAMS_USER)
                .flatMap(operation -> Stream.of(Fault.truncatedBody(), Fault.malformedBody())
                        .map(fault -> Arguments.of(operation, fault)));
    }

    @ParameterizedTest
    @MethodSource("operationsWithBodiesAndFaults")
    void spoiledSuccess_throughAllDoors_isTheSameFailureOfUnknownOutcome(IdentityOperation operation, Fault fault) {
        service.registerTeamsToken("known", GUID, GUID, clock.instant().plus(Duration.ofHours(1)));
        service.clearCalls();
        service.faults().on().always(fault);

        List<Failure> failures = failures(operation, CHAT, "known");

        assertThat(failures).hasSize(3).containsOnly(failures.get(0));
        assertThat(failures.get(0).outcomeUnknown()).isTrue();
        assertThat(service.calls(operation)).hasSize(3).allSatisfy(call -> {
            assertThat(call.answered()).isFalse();
            assertThat(call.status().orElseThrow()).isBetween(200, 201);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_USER_WITH_TOKEN", "GET_TOKEN", "GET_TOKEN_FOR_TEAMS_USER"})
    void malformedRefusal_throughAllDoors_isTheSameFailureWithoutACode(IdentityOperation operation) {
        service.faults().on().always(Fault.malformedBody());

        List<Failure> failures = failures(operation, UNKNOWN_SCOPE, "unknown");

        assertThat(failures).hasSize(3).containsOnly(failures.get(0));
        assertThat(failures.get(0).errorCode()).isEmpty();
        assertThat(failures.get(0).outcomeUnknown()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_USER_WITH_TOKEN", "GET_TOKEN", "GET_TOKEN_FOR_TEAMS_USER"})
    void truncatedRefusal_throughAllDoors_isTheSameAsNoAnswer(IdentityOperation operation) {
        service.faults().on().always(Fault.truncatedBody());

        List<Failure> failures = failures(operation, UNKNOWN_SCOPE, "unknown");

        assertThat(failures).hasSize(3).containsOnly(failures.get(0));
        assertThat(failures.get(0).outcomeUnknown()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void spoiledBody_answersWithoutABody_arriveAsTheyAre(Door door) {
        service.faults().on().times(1, Fault.truncatedBody());
        service.faults().on().times(1, Fault.malformedBody());
        service.faults().on().times(1, Fault.slowBody(Duration.ofDays(1)));
        try (Opened opened = door.open(service)) {
            opened.manager().revokeTokens(user);
            opened.manager().revokeTokens(user);
            opened.manager().deleteUser(user);
        }

        assertThat(service.users()).isEmpty();
        assertThat(service.calls()).allMatch(call -> call.answered());
    }

    @Test
    void slowBody_beyondTheDeadline_isTheSameTimeOut() {
        ManualScheduler scheduler = new ManualScheduler(clock);
        FakeIdentityService slow =
                FakeIdentityService.builder().clock(clock).scheduler(scheduler).build();
        IdentityManager real = AcsIdentityManager.builder()
                .connectionString(slow.resource().connectionString())
                .httpClient(InProcessHttpClient.on(slow))
                .maximumRetries(0)
                .timeSource(clock)
                .scheduler(scheduler)
                .executor(Runnable::run)
                .build();
        slow.faults().on().always(Fault.slowBody(Duration.ofSeconds(20)).withLatency(Duration.ofSeconds(10)));
        CompletableFuture<UserId> byReal = real.async().createUser();
        CompletableFuture<UserId> byFake = FakeIdentityManager.on(slow).async().createUser();

        clock.advance(Duration.ofSeconds(30).minusNanos(1));
        assertThat(byReal).isNotDone();
        assertThat(byFake).isNotDone();
        clock.advance(Duration.ofNanos(1));

        assertThat(Failure.of(byFake)).isEqualTo(Failure.of(byReal));
        assertThat(slow.maximumConcurrency(CREATE_USER)).isEqualTo(2);
        slow.clearCalls();
        assertThat(slow.maximumConcurrency(CREATE_USER)).isZero();
    }

    private List<Failure> failures(IdentityOperation operation, TokenRequest request, String entraToken) {
        List<Failure> failures = new ArrayList<>();
        for (Door door : Door.values()) {
            try (Opened opened = door.open(service)) {
                IdentityManager manager = opened.manager();
                failures.add(Failure.of(catchThrowableOfType(IdentityException.class, () -> {
                    switch (operation) {
                        case CREATE_USER -> manager.createUser();
                        case CREATE_USER_WITH_TOKEN -> manager.createUserWithToken(request);
                        case GET_TOKEN -> manager.getToken(user, request);
                        default -> manager.getTokenForTeamsUser(new TeamsTokenRequest(entraToken, GUID, GUID));
                    }
                })));
            }
        }
        return failures;
    }
}
