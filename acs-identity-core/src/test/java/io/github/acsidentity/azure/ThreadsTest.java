/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.azure.core.http.HttpResponse;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.InvalidRequestException;
import io.github.acsidentity.OperationInterruptedException;
import io.github.acsidentity.Samples;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Who may call from where, who is woken where, and what an interrupt, a cancellation and a close do. */
@Timeout(60)
class ThreadsTest {

    @RegisterExtension
    static final Wire wire = new Wire();

    @AfterEach
    void clearTheInterruptFlag() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @EnumSource
    void aBlockingCall_worksFromThreadsOfReactor(IdentityOperation operation) {
        wire.answer(Wire.success(operation));
        AcsIdentityManager manager = wire.manager();

        for (Scheduler scheduler : List.of(Schedulers.parallel(), Schedulers.single(), Schedulers.boundedElastic())) {
            wire.server().resetRequests();
            Optional<Object> result = Mono.fromCallable(() -> {
                        assertThat(Schedulers.isInNonBlockingThread())
                                .isEqualTo(!scheduler.equals(Schedulers.boundedElastic()));
                        return Optional.ofNullable(Samples.call(manager, operation));
                    })
                    .subscribeOn(scheduler)
                    .block(Duration.ofSeconds(20));

            assertThat(result).isNotNull();
            assertThat(wire.requests()).hasSize(1);
        }
    }

    @Test
    void dependents_runOnTheGivenExecutor() throws Exception {
        wire.gate().close();
        wire.answer(Wire.success(IdentityOperation.CREATE_USER).withTransformers(Wire.Gate.NAME));
        ExecutorService executor =
                Executors.newSingleThreadExecutor(task -> new Thread(task, "executor of the application"));
        AcsIdentityManager manager =
                wire.manager(builder -> builder.accessKey(Wire.ACCESS_KEY).executor(executor));

        CompletableFuture<String> dependent = manager.async()
                .createUser()
                .thenApply(user -> Thread.currentThread().getName());
        wire.gate().open();

        assertThat(dependent).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo("executor of the application");
        executor.shutdown();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void dependents_mayCallTheBlockingApi() {
        wire.gate().close();
        wire.answer(Wire.success(IdentityOperation.CREATE_USER_WITH_TOKEN).withTransformers(Wire.Gate.NAME));
        AcsIdentityManager manager = wire.manager();
        List<CompletableFuture<AccessToken>> tokens = Stream.generate(() -> manager.async()
                        .createUserWithToken(Samples.REQUEST)
                        .thenApply(created ->
                                manager.createUserWithToken(Samples.REQUEST).token()))
                .limit(40)
                .toList();

        wire.gate().open();

        assertThat(tokens).allSatisfy(token -> assertThat(token).succeedsWithin(20, TimeUnit.SECONDS));
    }

    @Test
    void dependents_ofADeadline_doNotRunOnTheScheduler() throws Exception {
        StubTransport transport = new StubTransport(request -> Mono.never());
        AcsIdentityManager manager =
                wire.manager(builder -> builder.accessKey(Wire.ACCESS_KEY).httpClient(transport));
        CompletableFuture<Thread> dependent =
                manager.async().createUser().handle((user, thrown) -> Thread.currentThread());

        wire.scheduler().passDeadlines();

        assertThat(dependent).succeedsWithin(10, TimeUnit.SECONDS).isNotSameAs(Thread.currentThread());
    }

    @Test
    void anExecutorThatRefuses_leavesNoFutureOpen() {
        wire.answer(Wire.success(IdentityOperation.CREATE_USER));
        Executor refusing = task -> {
            throw new RejectedExecutionException("full");
        };
        AcsIdentityManager manager =
                wire.manager(builder -> builder.accessKey(Wire.ACCESS_KEY).executor(refusing));

        assertThat(manager.async().createUser())
                .succeedsWithin(10, TimeUnit.SECONDS)
                .isEqualTo(Samples.USER);
    }

    @ParameterizedTest
    @EnumSource
    void cancel_detachesTheCallerOnly(IdentityOperation operation) {
        AtomicBoolean cancelled = new AtomicBoolean();
        Sinks.Empty<Void> answer = Sinks.empty();
        StubTransport transport = new StubTransport(request -> answer.asMono()
                .doOnCancel(() -> cancelled.set(true))
                .then(Mono.fromSupplier(() -> StubTransport.response(request, 500, ""))));
        AcsIdentityManager manager =
                wire.manager(builder -> builder.accessKey(Wire.ACCESS_KEY).httpClient(transport));
        CompletableFuture<?> call = Samples.start(manager.async(), operation);

        assertThat(call.cancel(true)).isTrue();

        assertThat(cancelled).isFalse();
        assertThat(transport.requests()).hasSize(1);
        assertThat(answer.tryEmitEmpty()).isEqualTo(Sinks.EmitResult.OK);
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptWhileWaiting_isReportedAndTheOperationGoesOn(IdentityOperation operation) {
        AtomicBoolean cancelled = new AtomicBoolean();
        StubTransport transport = new StubTransport(request -> {
            Thread.currentThread().interrupt();
            return Mono.<HttpResponse>never().doOnCancel(() -> cancelled.set(true));
        });
        AcsIdentityManager manager =
                wire.manager(builder -> builder.accessKey(Wire.ACCESS_KEY).httpClient(transport));

        Throwable thrown = catchThrowable(() -> Samples.call(manager, operation));
        boolean flag = Thread.interrupted();

        assertThat(flag).isTrue();
        assertThat(thrown).isInstanceOfSatisfying(OperationInterruptedException.class, e -> {
            assertThat(e.operation()).contains(operation);
            assertThat(e.outcomeUnknown()).isTrue();
        });
        assertThat(transport.requests()).hasSize(1);
        assertThat(cancelled).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptBeforeTheCall_sendsNothing(IdentityOperation operation) {
        wire.answer(Wire.success(operation));
        AcsIdentityManager manager = wire.manager();
        Thread.currentThread().interrupt();

        Throwable thrown = catchThrowable(() -> Samples.call(manager, operation));
        boolean flag = Thread.interrupted();

        assertThat(flag).isTrue();
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        OperationInterruptedException.class,
                        e -> assertThat(e.outcomeUnknown()).isFalse());
        assertThat(wire.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyOperation_afterClose_isRefusedAtTheCall(IdentityOperation operation) {
        AcsIdentityManager manager = wire.manager();
        AsyncIdentityManager async = manager.async();

        manager.close();
        manager.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> Samples.call(manager, operation))
                .withMessage("This identity manager is closed");
        assertThatIllegalStateException()
                .isThrownBy(() -> Samples.start(async, operation))
                .withMessage("This identity manager is closed");
        assertThat(wire.requests()).isEmpty();
    }

    @Test
    void close_leavesWhatWasGivenAlone() {
        wire.answer(Wire.success(IdentityOperation.CREATE_USER));
        ExecutorService executor = Executors.newSingleThreadExecutor();
        wire.manager(builder -> builder.accessKey(Wire.ACCESS_KEY).executor(executor))
                .close();

        assertThat(wire.scheduler().isShutdown()).isFalse();
        assertThat(executor.isShutdown()).isFalse();
        assertThat(wire.manager().createUser()).isEqualTo(Samples.USER);
        executor.shutdown();
    }

    @Test
    void close_doesNotWait_andWhatIsUnderWayMayEndWell() throws Exception {
        wire.gate().close();
        wire.answer(Wire.success(IdentityOperation.CREATE_USER).withTransformers(Wire.Gate.NAME));
        AcsIdentityManager manager = wire.builder()
                .endpoint(wire.endpoint())
                .accessKey(Wire.ACCESS_KEY)
                .httpClient(Transports.fresh())
                .build();
        CompletableFuture<UserId> call = manager.async().createUser();
        wire.gate().awaitArrival();

        manager.close();
        assertThat(call).isNotDone();
        wire.gate().open();

        assertThat(call).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(Samples.USER);
    }

    @Test
    void close_whileAnAttemptIsUnderWay_beginsNoWaitForAnother() throws Exception {
        wire.gate().close();
        wire.answer(aResponse().withStatus(503).withTransformers(Wire.Gate.NAME));
        AcsIdentityManager manager = wire.builder()
                .endpoint(wire.endpoint())
                .accessKey(Wire.ACCESS_KEY)
                .httpClient(Transports.fresh())
                .build();
        CompletableFuture<Void> call = manager.async().deleteUser(Samples.USER);
        wire.gate().awaitArrival();

        manager.close();
        wire.gate().open();

        assertThat(call.<Throwable>handle((nothing, thrown) -> thrown))
                .succeedsWithin(10, TimeUnit.SECONDS)
                .isInstanceOfSatisfying(
                        ServiceUnavailableException.class,
                        e -> assertThat(e.httpStatus()).hasValue(503));
        assertThat(wire.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void anOperation_thatHasEnded_leavesNothingInTheScheduler(IdentityOperation operation) {
        wire.answers(
                aResponse().withStatus(429),
                Wire.success(operation),
                aResponse().withStatus(400));
        AcsIdentityManager manager =
                wire.manager(builder -> builder.accessKey(Wire.ACCESS_KEY).maximumRetries(1));

        Samples.call(manager, operation);
        Throwable thrown = catchThrowable(() -> Samples.call(manager, operation));

        assertThat(thrown).isInstanceOf(InvalidRequestException.class);
        assertThat(wire.scheduler().getQueue()).isEmpty();
    }

    @Test
    void aSchedulerThatWasShutDown_isToldAtTheCallAndNothingIsSent() {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        AcsIdentityManager manager =
                wire.manager(builder -> builder.accessKey(Wire.ACCESS_KEY).scheduler(scheduler));
        scheduler.shutdownNow();

        assertThatIllegalStateException().isThrownBy(manager::createUser);
        assertThatIllegalStateException().isThrownBy(() -> manager.async().createUser());
        assertThat(wire.requests()).isEmpty();
    }

    @Test
    void theDefaultScheduler_isADaemon() {
        StubTransport transport = new StubTransport(request -> Mono.never());
        try (AcsIdentityManager manager = wire.builder()
                .endpoint(wire.endpoint())
                .accessKey(Wire.ACCESS_KEY)
                .httpClient(transport)
                .build()) {
            CompletableFuture<UserId> running = manager.async().createUser();

            assertThat(running).isNotDone();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().equals("acs-identity-timer"))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
        }
    }

    @Test
    void async_isOneView() {
        AcsIdentityManager manager = wire.manager();

        assertThat(manager.async()).isSameAs(manager.async());
        assertThatCode(manager::close).doesNotThrowAnyException();
    }
}
