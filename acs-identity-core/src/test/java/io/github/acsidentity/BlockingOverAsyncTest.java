/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class BlockingOverAsyncTest {

    @AfterEach
    void clearTheInterruptFlag() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @EnumSource
    void everyOperation_succeeding_returnsTheResult(IdentityOperation operation) {
        IdentityManager manager = IdentityManager.from(StubAsyncManager.answering());

        assertThat(Samples.call(manager, operation)).isEqualTo(Samples.answer(operation));
    }

    @ParameterizedTest
    @EnumSource
    void everyOperation_failing_throwsTheVeryException(IdentityOperation operation) {
        ThrottledException failure = new ThrottledException("x", FailureDetails.of(operation));
        IdentityManager manager = IdentityManager.from(StubAsyncManager.failing(failure));

        assertThatThrownBy(() -> Samples.call(manager, operation)).isSameAs(failure);
    }

    @ParameterizedTest
    @EnumSource
    void everyOperation_failingWrapped_throwsWhatIsInside(IdentityOperation operation) {
        ThrottledException failure = new ThrottledException("x", FailureDetails.of(operation));
        Throwable wrapped = new CompletionException(new ExecutionException(new CompletionException(failure)));
        IdentityManager manager = IdentityManager.from(StubAsyncManager.failing(wrapped));

        assertThatThrownBy(() -> Samples.call(manager, operation)).isSameAs(failure);
    }

    @Test
    void anError_isThrownAsItIs() {
        StackOverflowError error = new StackOverflowError();
        IdentityManager manager = IdentityManager.from(StubAsyncManager.failing(error));

        assertThatThrownBy(manager::createUser).isSameAs(error);
        assertThatThrownBy(() -> manager.deleteUser(Samples.USER)).isSameAs(error);
    }

    @Test
    void aCheckedException_becomesAFailureOfUnknownOutcome() {
        IOException failure = new IOException("reset");
        IdentityManager manager = IdentityManager.from(StubAsyncManager.failing(failure));

        assertThatThrownBy(() -> manager.revokeTokens(Samples.USER))
                .isInstanceOfSatisfying(ServiceUnavailableException.class, e -> {
                    assertThat(e.operation()).contains(IdentityOperation.REVOKE_TOKENS);
                    assertThat(e.user()).contains(Samples.USER);
                    assertThat(e.outcomeUnknown()).isTrue();
                })
                .hasCause(failure);
    }

    @Test
    void aCancelledFuture_throwsCancellationException() {
        CompletableFuture<Object> cancelled = new CompletableFuture<>();
        cancelled.cancel(false);
        IdentityManager manager = IdentityManager.from(new StubAsyncManager(operation -> cancelled));

        assertThatThrownBy(manager::createUser).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> manager.deleteUser(Samples.USER)).isInstanceOf(CancellationException.class);
    }

    @Test
    void anExceptionOfTheCallItself_isThrownAsItIs() {
        IllegalStateException closed = new IllegalStateException("closed");
        IdentityManager manager = IdentityManager.from(new StubAsyncManager(operation -> {
            throw closed;
        }));

        assertThatThrownBy(manager::createUser).isSameAs(closed);
    }

    @Test
    void aResultOfNull_whereThereMustBeOne_isRefused() {
        IdentityManager manager =
                IdentityManager.from(new StubAsyncManager(operation -> CompletableFuture.completedFuture(null)));

        assertThatNullPointerException().isThrownBy(manager::createUser).withMessage("the result of the operation");
        assertThatNoException().isThrownBy(() -> manager.deleteUser(Samples.USER));
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptWhileWaiting_isReportedWithUnknownOutcomeAndTheFlagIsSetAgain(IdentityOperation operation) {
        CompletableFuture<Object> running = new CompletableFuture<>();
        IdentityManager manager = IdentityManager.from(new StubAsyncManager(started -> {
            Thread.currentThread().interrupt();
            return running;
        }));

        Throwable thrown = catchThrowable(() -> Samples.call(manager, operation));
        boolean flag = Thread.interrupted();

        assertThat(flag).isTrue();
        assertThat(thrown).isInstanceOfSatisfying(OperationInterruptedException.class, e -> {
            assertThat(e.operation()).contains(operation);
            assertThat(e.outcomeUnknown()).isTrue();
            assertThat(e.isTransient()).isFalse();
        });
        assertThat(running).isNotDone();
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptBeforeTheCall_startsNothing(IdentityOperation operation) {
        AtomicInteger started = new AtomicInteger();
        IdentityManager manager = IdentityManager.from(new StubAsyncManager(any -> {
            started.incrementAndGet();
            return new CompletableFuture<>();
        }));
        Thread.currentThread().interrupt();

        Throwable thrown = catchThrowable(() -> Samples.call(manager, operation));
        boolean flag = Thread.interrupted();

        assertThat(flag).isTrue();
        assertThat(started).hasValue(0);
        assertThat(thrown).isInstanceOfSatisfying(OperationInterruptedException.class, e -> {
            assertThat(e.operation()).contains(operation);
            assertThat(e.outcomeUnknown()).isFalse();
        });
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullArgument_isRefused() {
        IdentityManager manager = IdentityManager.from(StubAsyncManager.answering());

        assertThatNullPointerException()
                .isThrownBy(() -> IdentityManager.from(null))
                .withMessage("manager");
        assertThatNullPointerException().isThrownBy(() -> manager.getToken(null, Samples.REQUEST));
        assertThatNullPointerException().isThrownBy(() -> manager.revokeTokens(null));
        assertThatNullPointerException().isThrownBy(() -> manager.deleteUser(null));
    }

    @ParameterizedTest
    @EnumSource
    void everyOperation_afterClose_isRefused(IdentityOperation operation) {
        AtomicInteger started = new AtomicInteger();
        IdentityManager manager = IdentityManager.from(new StubAsyncManager(any -> {
            started.incrementAndGet();
            return new CompletableFuture<>();
        }));

        manager.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> Samples.call(manager, operation))
                .withMessage("This identity manager is closed");
        assertThatIllegalStateException().isThrownBy(manager::async);
        assertThat(started).hasValue(0);
    }

    @Test
    void close_twice_closesTheAsynchronousManagerOnce() {
        StubAsyncManager async = StubAsyncManager.answering();
        IdentityManager manager = IdentityManager.from(async);

        manager.close();
        manager.close();

        assertThat(async.timesClosed()).isEqualTo(1);
    }

    @Test
    void close_doesNotWaitForCallsUnderWay() {
        CompletableFuture<Object> running = new CompletableFuture<>();
        IdentityManager manager = IdentityManager.from(new StubAsyncManager(operation -> running));
        CompletableFuture<UserId> call = manager.async().createUser();

        manager.close();

        assertThat(call).isNotDone();
    }

    @Test
    void close_ofAManagerThatCannotBeClosed_onlyEndsTheUse() {
        IdentityManager manager = IdentityManager.from(StubManager.answering().async());

        manager.close();

        assertThatIllegalStateException().isThrownBy(manager::createUser);
    }

    @Test
    void close_failing_isReported() {
        IllegalArgumentException failure = new IllegalArgumentException("x");
        IOException checked = new IOException("x");

        assertThatThrownBy(() -> IdentityManager.from(failingToClose(failure)).close())
                .isSameAs(failure);
        assertThatThrownBy(() -> IdentityManager.from(failingToClose(checked)).close())
                .isInstanceOf(IllegalStateException.class)
                .hasCause(checked);
    }

    @Test
    void close_interrupted_setsTheFlagAgain() {
        InterruptedException interrupt = new InterruptedException();

        Throwable thrown = catchThrowable(
                () -> IdentityManager.from(failingToClose(interrupt)).close());
        boolean flag = Thread.interrupted();

        assertThat(flag).isTrue();
        assertThat(thrown).isInstanceOf(IllegalStateException.class).hasCause(interrupt);
    }

    @Test
    void async_isTheManagerThatWasGiven() {
        StubAsyncManager async = StubAsyncManager.answering();

        assertThat(IdentityManager.from(async).async()).isSameAs(async);
    }

    private static AsyncIdentityManager failingToClose(Exception failure) {
        return (AsyncIdentityManager) Proxy.newProxyInstance(
                BlockingOverAsyncTest.class.getClassLoader(),
                new Class<?>[] {AsyncIdentityManager.class, AutoCloseable.class},
                (proxy, method, arguments) -> {
                    throw failure;
                });
    }
}
