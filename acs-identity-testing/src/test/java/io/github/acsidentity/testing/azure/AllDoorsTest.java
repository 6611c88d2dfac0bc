/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.azure;

import static io.github.acsidentity.IdentityOperation.CREATE_USER;
import static io.github.acsidentity.IdentityOperation.GET_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.LiveToken;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.Quotas;
import io.github.acsidentity.testing.RecordedCall;
import io.github.acsidentity.testing.azure.Door.Opened;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults, quotas, the delay of revocation and the record are the same, whichever door the calls come through. */
@Timeout(60)
class AllDoorsTest {

    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeIdentityService.Builder settings =
            FakeIdentityService.builder().clock(clock);

    @ParameterizedTest
    @EnumSource
    void faults_onOneOperation_strikeInTheirOrder(Door door) {
        FakeIdentityService service = settings.build();
        AtomicBoolean outage = new AtomicBoolean(true);
        try (Opened opened = door.open(service)) {
            IdentityManager manager = opened.manager();
            service.faults().on(CREATE_USER).next(Fault.throttled().withRetryAfter(Duration.ofSeconds(3)));
            service.faults().on(CREATE_USER).whileTrue(outage::get, Fault.status(503));

            ThrottledException throttled = catchThrowableOfType(ThrottledException.class, manager::createUser);
            assertThat(throttled.errorCode()).contains("TooManyRequests");
            assertThat(throttled.retryAfter()).contains(Duration.ofSeconds(3));
            assertThat(manager.createUserWithToken(CHAT)).isNotNull();
            assertThatThrownBy(manager::createUser).isInstanceOf(ServiceUnavailableException.class);
            assertThatThrownBy(manager::createUser).isInstanceOf(ServiceUnavailableException.class);
            outage.set(false);
            assertThat(manager.createUser()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void quotas_exceeded_areAnswered429UntilThePauseIsOver(Door door) {
        FakeIdentityService service = settings.quotas(Quotas.none().withLimit(2, Duration.ofSeconds(30), CREATE_USER))
                .build();
        try (Opened opened = door.open(service)) {
            IdentityManager manager = opened.manager();
            UserId user = manager.createUser();
            clock.advance(Duration.ofSeconds(10));
            manager.createUser();

            ThrottledException failure = catchThrowableOfType(ThrottledException.class, manager::createUser);

            assertThat(failure.httpStatus()).hasValue(429);
            assertThat(failure.errorCode()).contains("TooManyRequests");
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(30));
            assertThat(failure.isLocal()).isFalse();
            assertThat(manager.getToken(user, CHAT)).isNotNull();
            clock.advance(Duration.ofSeconds(30));
            assertThat(manager.createUser()).isNotNull();
            assertThat(service.users()).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void revocationDelay_revokedAndDeleted_tokensWorkUntilItHasPassed(Door door) {
        FakeIdentityService service =
                settings.revocationDelay(Duration.ofMinutes(2)).build();
        try (Opened opened = door.open(service)) {
            IdentityManager manager = opened.manager();
            UserId user = manager.createUser();
            AccessToken first = manager.getToken(user, CHAT);
            manager.revokeTokens(user);
            clock.advance(Duration.ofMinutes(1));
            AccessToken second = manager.getToken(user, CHAT);
            manager.deleteUser(user);

            clock.advance(Duration.ofMinutes(1).minusNanos(1));
            assertThat(service.isAccepted(first)).isTrue();
            clock.advance(Duration.ofNanos(1));
            assertThat(service.isAccepted(first)).isFalse();
            assertThat(service.isAccepted(second)).isTrue();
            clock.advance(Duration.ofMinutes(1));
            assertThat(service.isAccepted(second)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void record_ofCalls_isByUserAndOperation(Door door) {
        FakeIdentityService service = settings.build();
        try (Opened opened = door.open(service)) {
            IdentityManager manager = opened.manager();
            UserId user = manager.createUser();
            UserId other = manager.createUser();
            manager.getToken(user, TokenRequest.of(TokenScope.CHAT, TokenScope.VOIP));
            manager.deleteUser(other);

            assertThat(service.calls(user)).extracting(RecordedCall::operation).containsExactly(CREATE_USER, GET_TOKEN);
            assertThat(service.usersCreated()).containsExactly(user, other);
            assertThat(service.orphans()).isEmpty();
            assertThat(service.maximumConcurrency(CREATE_USER)).isEqualTo(1);
            assertThat(service.liveTokens()).singleElement().satisfies((LiveToken token) -> {
                assertThat(token.user()).contains(user);
                assertThat(token.scopes()).isEqualTo(Set.of(TokenScope.CHAT, TokenScope.VOIP));
                assertThat(token.resourceId()).isEqualTo(service.resource().id());
                assertThat(token.issuedAt()).isEqualTo(clock.instant());
                assertThat(token.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofHours(24)));
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void record_ofCreationsUnderARequestId_hasThatId(Door door) {
        FakeIdentityService service = settings.build();
        UUID blocking = UUID.randomUUID();
        UUID nonBlocking = UUID.randomUUID();
        UUID lost = UUID.randomUUID();
        try (Opened opened = door.open(service)) {
            IdentityManager manager = opened.manager();
            manager.createUser(blocking);
            assertThat(manager.async().createUser(nonBlocking)).succeedsWithin(Duration.ofSeconds(30));
            service.faults().on(CREATE_USER).next(Fault.lostAnswer());
            ServiceUnavailableException failure =
                    catchThrowableOfType(ServiceUnavailableException.class, () -> manager.createUser(lost));

            assertThat(failure.requestId()).contains(lost.toString());
            assertThat(failure.outcomeUnknown()).isTrue();
            assertThat(service.calls())
                    .extracting(call -> call.requestId().orElseThrow())
                    .containsExactly(blocking.toString(), nonBlocking.toString(), lost.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void maximumConcurrency_callsWithLatency_countsThoseUnderWay(Door door) {
        FakeIdentityService service =
                settings.scheduler(new ManualScheduler(clock)).build();
        service.faults().on(CREATE_USER).always(Fault.latency(Duration.ofMillis(1)));
        try (Opened opened = door.open(service)) {
            List<CompletableFuture<UserId>> calls = Stream.generate(
                            () -> opened.manager().async().createUser())
                    .limit(3)
                    .toList();
            while (service.callCount(CREATE_USER) < 3) {
                Thread.onSpinWait();
            }
            advanceUntilDone(CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)));
            advanceUntilDone(opened.manager().async().createUser());

            assertThat(service.maximumConcurrency(CREATE_USER)).isEqualTo(3);
            assertThat(service.maximumConcurrency(GET_TOKEN)).isZero();
            service.clearCalls();
            assertThat(service.maximumConcurrency(CREATE_USER)).isZero();
        }
    }

    /** A call is on record before its answer waits on the clock, so one advance may come too early. */
    private void advanceUntilDone(CompletableFuture<?> calls) {
        while (!calls.isDone()) {
            clock.advance(Duration.ofMillis(1));
            Thread.onSpinWait();
        }
        assertThat(calls).isCompleted();
    }

    @ParameterizedTest
    @EnumSource
    void slowBody_notTooSlow_isTheRightAnswerLate(Door door) {
        FakeIdentityService service = settings.build();
        service.faults().on(CREATE_USER).next(Fault.slowBody(Duration.ofMillis(50)));
        try (Opened opened = door.open(service)) {
            long start = System.nanoTime();

            UserId user = opened.manager().createUser();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
            assertThat(service.users()).containsExactly(user);
            assertThat(service.calls().get(0).answered()).isTrue();
            assertThat(service.maximumConcurrency(CREATE_USER)).isEqualTo(1);
        }
    }

    @Test
    void seed_throughAllDoors_givesTheSameIds() {
        List<List<UserId>> ids = Stream.of(Door.values())
                .map(door -> {
                    FakeIdentityService service = settings.seed(7).build();
                    try (Opened opened = door.open(service)) {
                        return List.of(
                                opened.manager().createUser(),
                                opened.manager().createUserWithToken(CHAT).user());
                    }
                })
                .toList();

        assertThat(ids).hasSize(3).containsOnly(ids.get(0));
    }
}
