/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import static io.github.acsidentity.IdentityOperation.CREATE_USER;
import static io.github.acsidentity.IdentityOperation.GET_TOKEN;
import static io.github.acsidentity.IdentityOperation.REVOKE_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.InvalidRequestException;
import io.github.acsidentity.OperationInterruptedException;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {

    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final FakeIdentityService service =
            FakeIdentityService.builder().clock(clock).scheduler(scheduler).build();
    private final FakeIdentityManager manager = FakeIdentityManager.on(service);

    @Test
    void drop_nothingIsDone_andTheCallerCannotKnow() {
        service.faults().on().next(Fault.drop());

        ServiceUnavailableException failure =
                catchThrowableOfType(ServiceUnavailableException.class, manager::createUser);

        assertThat(failure.outcomeUnknown()).isTrue();
        assertThat(failure.isTransient()).isTrue();
        assertThat(failure.httpStatus()).isEmpty();
        assertThat(service.users()).isEmpty();
        assertThat(service.calls().get(0).status()).isEmpty();
        assertThat(service.calls().get(0).answered()).isFalse();
    }

    @Test
    void lostAnswer_theWorkIsDone_andTheCallerCannotKnow() {
        service.faults().on().next(Fault.lostAnswer());

        ServiceUnavailableException failure =
                catchThrowableOfType(ServiceUnavailableException.class, manager::createUser);

        assertThat(failure.outcomeUnknown()).isTrue();
        assertThat(service.users()).hasSize(1);
        RecordedCall call = service.calls().get(0);
        assertThat(call.status()).hasValue(201);
        assertThat(call.answered()).isFalse();
        assertThat(call.user()).isPresent();
    }

    @Test
    void status_429WithRetryAfter_isThrottled() {
        service.faults()
                .on()
                .next(Fault.status(429).withErrorCode("TooManyRequests").withRetryAfter(Duration.ofSeconds(3)));

        ThrottledException failure = catchThrowableOfType(ThrottledException.class, manager::createUser);

        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(failure.errorCode()).contains("TooManyRequests");
        assertThat(failure.isLocal()).isFalse();
        assertThat(service.users()).isEmpty();
    }

    @Test
    void status_everyOne_hasAnException() {
        for (int status = 300; status <= 599; status++) {
            service.faults().on().next(Fault.status(status));

            IdentityException failure = catchThrowableOfType(IdentityException.class, manager::createUser);

            assertThat(failure.httpStatus()).hasValue(status);
            assertThat(failure).isExactlyInstanceOf(expected(status));
        }
        assertThat(service.users()).isEmpty();
    }

    private static Class<? extends IdentityException> expected(int status) {
        return switch (status) {
            case 401, 403 -> AccessDeniedException.class;
            case 408 -> ServiceUnavailableException.class;
            case 429 -> ThrottledException.class;
            default -> status / 100 == 4 ? InvalidRequestException.class : ServiceUnavailableException.class;
        };
    }

    @Test
    void afterProcessing_statusOnRevocation_revokes() {
        UserId user = manager.createUser();
        var token = manager.getToken(user, CHAT);
        service.faults().on().next(Fault.status(503).afterProcessing());

        assertThatThrownBy(() -> manager.revokeTokens(user)).isInstanceOf(ServiceUnavailableException.class);

        assertThat(service.isAccepted(token)).isFalse();
        assertThat(service.calls(REVOKE_TOKENS).get(0).status()).hasValue(503);
    }

    @Test
    void inject_forSomeCallsOfOneOperation_strikesOnlyThose() {
        service.faults().on(GET_TOKEN).times(2, Fault.status(503));
        UserId user = manager.createUser();

        assertThatThrownBy(() -> manager.getToken(user, CHAT)).isInstanceOf(ServiceUnavailableException.class);
        assertThatThrownBy(() -> manager.getToken(user, CHAT)).isInstanceOf(ServiceUnavailableException.class);

        assertThat(service.isAccepted(manager.getToken(user, CHAT))).isTrue();
    }

    @Test
    void inject_severalFaults_strikeInTheirOrder() {
        service.faults().on(CREATE_USER).next(Fault.status(500));
        service.faults().on().next(Fault.status(429));

        assertThatThrownBy(manager::createUser).isInstanceOf(ServiceUnavailableException.class);
        assertThatThrownBy(manager::createUser).isInstanceOf(ThrottledException.class);
        assertThat(manager.createUser()).isNotNull();
    }

    @Test
    void clearFaults_waitingFaults_neverStrike() {
        service.faults().on().times(100, Fault.drop());

        service.faults().clear();

        assertThat(manager.createUser()).isNotNull();
    }

    @Test
    void latency_async_completesWhenTheTimeHasCome() {
        service.faults().on().next(Fault.latency(Duration.ofSeconds(2)));

        CompletableFuture<UserId> user = manager.async().createUser();

        assertThat(user).isNotDone();
        clock.advance(Duration.ofMillis(1999));
        assertThat(user).isNotDone();
        clock.advance(Duration.ofMillis(1));
        assertThat(user).isCompletedWithValue(service.users().iterator().next());
    }

    @Test
    void latency_withoutAScheduler_isWaitedFor() {
        FakeIdentityService waiting = FakeIdentityService.create();
        waiting.faults().on().next(Fault.latency(Duration.ofMillis(30)));
        long start = TimeSource.system().nanos();

        UserId user = FakeIdentityManager.on(waiting).createUser();

        assertThat(waiting.users()).containsExactly(user);
        assertThat(Duration.ofNanos(TimeSource.system().nanos() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
    }

    @Test
    void withLatency_droppedCall_failsLate() {
        service.faults().on().next(Fault.drop().withLatency(Duration.ofSeconds(20)));

        CompletableFuture<UserId> user = manager.async().createUser();
        assertThat(user).isNotDone();
        clock.advance(Duration.ofSeconds(20));

        assertThat(user).isCompletedExceptionally();
    }

    @Test
    void latency_beyondTheDeadline_isATimeOut() {
        service.faults().on().next(Fault.latency(Duration.ofHours(1)));

        CompletableFuture<UserId> user = manager.async().createUser();
        clock.advance(Duration.ofSeconds(30));

        assertThat(failure(user)).hasMessageContaining("30000 ms");
        assertThat(failure(user).outcomeUnknown()).isTrue();
        assertThat(service.users()).hasSize(1);
    }

    @Test
    void hang_async_endsAtTheDeadline() {
        service.faults().on().next(Fault.hang().afterProcessing());

        CompletableFuture<UserId> user = manager.async().createUser();
        clock.advance(Duration.ofMillis(29_999));
        assertThat(user).isNotDone();
        clock.advance(Duration.ofMillis(1));

        assertThat(failure(user).outcomeUnknown()).isTrue();
        assertThat(failure(user).httpStatus()).isEmpty();
        assertThat(service.users()).hasSize(1);
    }

    @Test
    void hang_blockingCallAndClose_endsTheCall() {
        service.faults().on().next(Fault.hang());
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread caller = new Thread(() -> thrown.complete(catchThrowable(manager::createUser)));
        caller.setDaemon(true);
        caller.start();
        while (service.calls().isEmpty()) {
            Thread.onSpinWait();
        }

        manager.close();

        assertThat(thrown)
                .succeedsWithin(Duration.ofSeconds(10))
                .asInstanceOf(type(Throwable.class))
                .isInstanceOf(IdentityException.class);
    }

    @Test
    void close_operationsUnderWay_fail() {
        service.faults().on().next(Fault.hang());
        service.faults().on().next(Fault.latency(Duration.ofSeconds(2)));
        List<CompletableFuture<UserId>> calls =
                List.of(manager.async().createUser(), manager.async().createUser());

        manager.close();

        assertThat(calls).allSatisfy(call -> {
            assertThat(failure(call).outcomeUnknown()).isTrue();
            assertThat(failure(call).requestId()).isPresent();
        });
        clock.advance(Duration.ofMinutes(1));
        assertThat(calls).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void hang_blockingCall_endsWithAnInterrupt() {
        service.faults().on().next(Fault.hang());
        Thread.currentThread().interrupt();

        assertThatThrownBy(manager::createUser).isInstanceOf(OperationInterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(service.users()).isEmpty();
    }

    private static ServiceUnavailableException failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        return (ServiceUnavailableException)
                future.handle((value, failure) -> failure).join();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 200, 299, 600})
    void status_thatIsNoError_isRefused(int status) {
        assertThatThrownBy(() -> Fault.status(status)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void negativeDurations_areRefused() {
        assertThatThrownBy(() -> Fault.latency(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fault.status(429).withRetryAfter(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
