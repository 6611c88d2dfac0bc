/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class AsyncOverBlockingTest {

    private static final String POOL_THREAD = "the only thread of the pool";

    private final CountDownLatch gate = new CountDownLatch(1);
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(2), task -> new Thread(task, POOL_THREAD));
    private final ExecutorService continuations = Executors.newCachedThreadPool();

    @AfterEach
    void shutDown() {
        gate.countDown();
        pool.shutdownNow();
        continuations.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void everyOperation_succeeding_completesTheFutureWithTheResult(IdentityOperation operation) {
        AsyncIdentityManager async = StubManager.answering().async();

        assertThat(Samples.start(async, operation))
                .succeedsWithin(10, TimeUnit.SECONDS)
                .isEqualTo(Samples.answer(operation));
    }

    @ParameterizedTest
    @EnumSource
    void everyOperation_failing_failsTheFutureWithTheVeryException(IdentityOperation operation) {
        UserNotFoundException failure = new UserNotFoundException("x", FailureDetails.of(operation));
        CompletableFuture<?> future = Samples.start(StubManager.failing(failure).async(), operation);

        assertThat(failureOf(future)).isSameAs(failure);
    }

    @Test
    void anError_ofTheBlockingMethod_failsTheFutureToo() {
        StackOverflowError error = new StackOverflowError();
        IdentityManager manager = new StubManager(operation -> {
            throw error;
        });

        assertThat(failureOf(manager.async().createUser())).isSameAs(error);
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullArgument_isThrownAtTheCallWithoutCallingTheManager() {
        AtomicInteger calls = new AtomicInteger();
        AsyncIdentityManager async = over(new StubManager(operation -> calls.incrementAndGet()));

        assertThatNullPointerException()
                .isThrownBy(() -> async.createUserWithToken(null))
                .withMessage("request");
        assertThatNullPointerException()
                .isThrownBy(() -> async.getToken(null, Samples.REQUEST))
                .withMessage("user");
        assertThatNullPointerException()
                .isThrownBy(() -> async.getToken(Samples.USER, null))
                .withMessage("request");
        assertThatNullPointerException()
                .isThrownBy(() -> async.getTokenForTeamsUser(null))
                .withMessage("request");
        assertThatNullPointerException()
                .isThrownBy(() -> async.revokeTokens(null))
                .withMessage("user");
        assertThatNullPointerException()
                .isThrownBy(() -> async.deleteUser(null))
                .withMessage("user");
        assertThat(pool.getTaskCount()).isZero();
        assertThat(calls).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    void everyCall_returnsAFutureOfItsOwn(IdentityOperation operation) {
        AsyncIdentityManager async = StubManager.answering().async();
        CompletableFuture<?> poisoned = Samples.start(async, operation);
        poisoned.join();

        poisoned.obtrudeException(new IllegalStateException("poisoned"));

        assertThat(Samples.start(async, operation).join()).isEqualTo(Samples.answer(operation));
    }

    @Test
    void cancel_detachesThatCallerOnly_andTheOperationRunsToItsEnd() {
        ConcurrentLinkedQueue<Boolean> endedUninterrupted = new ConcurrentLinkedQueue<>();
        CountDownLatch started = new CountDownLatch(1);
        AsyncIdentityManager async = over(new StubManager(operation -> {
            started.countDown();
            boolean undisturbed = await(gate);
            endedUninterrupted.add(undisturbed);
            return Samples.answer(operation);
        }));
        CompletableFuture<UserId> running = async.createUser();
        CompletableFuture<UserId> waiting = async.createUser();
        CompletableFuture<UserId> other = async.createUser();
        assertThat(await(started)).isTrue();

        assertThat(running.cancel(true)).isTrue();
        assertThat(waiting.cancel(true)).isTrue();
        gate.countDown();

        assertThat(other).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(Samples.USER);
        assertThat(running).isCancelled();
        assertThat(endedUninterrupted).containsExactly(true, true, true);
    }

    @Test
    void aFullQueue_failsTheFutureAsThrottledLocally() {
        AsyncIdentityManager async = over(new StubManager(operation -> {
            assertThat(await(gate)).isTrue();
            return Samples.answer(operation);
        }));
        List<CompletableFuture<?>> accepted = List.of(async.createUser(), async.createUser(), async.createUser());

        for (IdentityOperation operation : IdentityOperation.values()) {
            CompletableFuture<?> refused = Samples.start(async, operation);

            assertThat(failureOf(refused)).isInstanceOfSatisfying(ThrottledException.class, e -> {
                assertThat(e.isLocal()).isTrue();
                assertThat(e.isTransient()).isTrue();
                assertThat(e.outcomeUnknown()).isFalse();
                assertThat(e.operation()).contains(operation);
                assertThat(e).hasMessageContaining("pool of blocking calls is full");
            });
        }

        gate.countDown();
        assertThat(accepted)
                .allSatisfy(future ->
                        assertThat(future).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(Samples.USER));
    }

    @Test
    void dependents_runOnNoThreadOfThePool() {
        AsyncIdentityManager async = over(new StubManager(operation -> {
            assertThat(await(gate)).isTrue();
            if (operation == IdentityOperation.DELETE_USER) {
                throw new UserNotFoundException("x", FailureDetails.NONE);
            }
            return Samples.answer(operation);
        }));
        CompletableFuture<String> afterSuccess =
                async.createUser().thenApply(user -> Thread.currentThread().getName());
        CompletableFuture<String> afterFailure = async.deleteUser(Samples.USER)
                .handle((nothing, thrown) -> Thread.currentThread().getName());

        gate.countDown();

        assertThat(afterSuccess).succeedsWithin(10, TimeUnit.SECONDS).isNotEqualTo(POOL_THREAD);
        assertThat(afterFailure).succeedsWithin(10, TimeUnit.SECONDS).isNotEqualTo(POOL_THREAD);
    }

    @Test
    void aDependentThatWaitsForAnotherCall_onAPoolOfOneThread_doesNotDeadlock() {
        AsyncIdentityManager async = over(new StubManager(operation -> {
            assertThat(await(gate)).isTrue();
            return Samples.answer(operation);
        }));
        IdentityManager blocking = IdentityManager.from(async);
        CompletableFuture<AccessToken> token =
                async.createUser().thenApply(user -> blocking.getToken(user, Samples.REQUEST));

        gate.countDown();

        assertThat(token).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(Samples.TOKEN);
    }

    @Test
    void theSharedPool_hasDaemonThreadsThatDependentsDoNotRunOn() {
        ConcurrentLinkedQueue<Thread> callers = new ConcurrentLinkedQueue<>();
        IdentityManager manager = new StubManager(operation -> {
            callers.add(Thread.currentThread());
            assertThat(await(gate)).isTrue();
            return Samples.answer(operation);
        });
        CompletableFuture<Thread> dependent = manager.async().createUser().thenApply(user -> Thread.currentThread());

        gate.countDown();

        assertThat(dependent)
                .succeedsWithin(10, TimeUnit.SECONDS)
                .satisfies(thread -> assertThat(thread.getName()).doesNotStartWith("acs-identity-blocking-"));
        assertThat(callers)
                .singleElement()
                .satisfies(thread -> assertThat(thread.getName()).startsWith("acs-identity-blocking-"))
                .matches(Thread::isDaemon);
    }

    @Test
    void async_isOneView() {
        IdentityManager manager = StubManager.answering();

        assertThat(manager.async()).isEqualTo(manager.async());
        assertThat(manager.async()).isNotEqualTo(StubManager.answering().async());
    }

    private AsyncIdentityManager over(IdentityManager manager) {
        return new AsyncOverBlocking(manager, new BlockingCalls(pool, continuations));
    }

    /** Returns whether the latch opened; {@code false} if the thread was interrupted while it waited. */
    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static @Nullable Throwable failureOf(CompletableFuture<?> future) {
        return future.<Throwable>handle((result, thrown) -> thrown).join();
    }
}
