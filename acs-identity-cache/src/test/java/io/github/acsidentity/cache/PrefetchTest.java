/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.UserId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefetchTest {

    private static final AccessToken TOKEN = Values.token(1000);

    private final List<PrefetchReport> reports = new ArrayList<>();
    private final Set<UserId> held = new HashSet<>();
    private final Deque<CompletableFuture<AccessToken>> calls = new ArrayDeque<>();
    private Executor executor = Runnable::run;
    private int loads;
    private int withdrawals;

    @Test
    void prefetch_ofNobody_isDoneAtOnce() {
        Prefetch prefetch = prefetch(0, user -> issued(), reports::add);

        assertThat(prefetch.result()).isCompletedWithValue(new PrefetchReport(0, 0, 0, Map.of(), 0));
        assertThat(reports).isEmpty();
    }

    @Test
    void prefetch_reportsEachUserAndSkipsThoseWhoHaveAToken() {
        held.add(Values.user(1));

        Prefetch prefetch = prefetch(3, user -> issued(), reports::add);

        assertThat(prefetch.result()).isCompletedWithValue(new PrefetchReport(3, 1, 2, Map.of(), 0));
        assertThat(reports).extracting(PrefetchReport::done).containsExactly(1, 2, 3);
        assertThat(loads).isEqualTo(2);
    }

    @Test
    void prefetch_loadsAFewUsersAtATime() {
        Prefetch prefetch = prefetch(10, user -> hanging(), reports::add);
        assertThat(loads).isEqualTo(4);

        calls.remove().complete(TOKEN);
        assertThat(loads).isEqualTo(5);
        assertThat(reports).hasSize(1);
        while (!calls.isEmpty()) {
            calls.remove().complete(TOKEN);
        }

        assertThat(prefetch.result()).isCompletedWithValueMatching(report -> report.issued() == 10);
    }

    @Test
    void prefetch_reportsFailuresWithoutWrapper_andGoesOn() {
        RuntimeException down = new ServiceUnavailableException("down", Values.details());

        Prefetch prefetch = prefetch(
                5,
                user -> user.equals(Values.user(2))
                        ? CompletableFuture.failedFuture(new CompletionException(down))
                        : issued(),
                reports::add);

        assertThat(prefetch.result())
                .isCompletedWithValue(new PrefetchReport(5, 0, 4, Map.of(Values.user(2), down), 1));
    }

    @Test
    void prefetch_countsAllFailuresAndShowsTheFirstThousand() {
        Prefetch prefetch = prefetch(
                3000,
                user -> CompletableFuture.failedFuture(new ServiceUnavailableException("down", Values.details())),
                report -> {});

        assertThat(prefetch.result())
                .isCompletedWithValueMatching(report -> report.failed() == 3000
                        && report.failures().size() == 1000
                        && report.failures().containsKey(Values.user(0))
                        && !report.failures().containsKey(Values.user(2999)));
    }

    @Test
    void prefetch_ofAHundredThousandUsersOverASynchronousDelegate_needsNoDeepStack() {
        Prefetch prefetch = prefetch(100_000, user -> issued(), report -> {});

        assertThat(prefetch.result()).isCompletedWithValueMatching(report -> report.issued() == 100_000);
    }

    @Test
    void prefetch_whenOurCredentialIsRefused_endsEarly() {
        Prefetch prefetch = prefetch(100, user -> hanging(), reports::add);
        calls.remove().complete(TOKEN);

        calls.remove()
                .completeExceptionally(new CompletionException(new AccessDeniedException("no", Values.details())));

        assertThat(prefetch.result())
                .isCompletedWithValueMatching(report -> report.done() == 2 && report.failed() == 1);
        calls.forEach(call -> call.complete(TOKEN));
        assertThat(withdrawals).as("for the loads that wait for their turn").isOne();
        assertThat(calls).allSatisfy(call -> assertThat(call).isCancelled());
        assertThat(loads).as("no load after the end").isEqualTo(5);
        assertThat(reports).as("no report after the end").hasSize(2);
    }

    @Test
    void prefetch_whenOurCredentialIsRefused_withdrawsLoadsBeforeAnybodyHasHeardOfIt() {
        Deque<Runnable> tasks = new ArrayDeque<>();
        executor = tasks::add;
        Prefetch prefetch = prefetch(100, user -> hanging(), reports::add);

        calls.remove().completeExceptionally(new AccessDeniedException("no", Values.details()));

        assertThat(withdrawals).isOne();
        assertThat(calls).allSatisfy(call -> assertThat(call).isCancelled());
        assertThat(prefetch.result()).isNotDone();
        tasks.remove().run();
        assertThat(prefetch.result()).isCompletedWithValueMatching(report -> report.failed() == 1);
    }

    @Test
    void cancel_beginsNoFurtherLoads() {
        Prefetch prefetch = prefetch(100, user -> hanging(), reports::add);

        prefetch.result().cancel(false);

        assertThat(withdrawals).as("for the loads that wait for their turn").isOne();
        calls.forEach(call -> call.complete(TOKEN));

        assertThat(loads).isEqualTo(4);
        assertThat(reports).isEmpty();
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> prefetch.result().join());
    }

    @Test
    void slowCallback_doesNotHoldUpTheLoads_andHearsAllThatHappenedInOneCall() {
        Deque<Runnable> tasks = new ArrayDeque<>();
        executor = tasks::add;
        Prefetch prefetch = prefetch(10, user -> hanging(), reports::add);
        while (!calls.isEmpty()) {
            calls.remove().complete(TOKEN);
        }

        assertThat(loads).isEqualTo(10);
        assertThat(tasks).as("one call of the callback at a time").hasSize(1);
        assertThat(prefetch.result()).as("before the last report is over").isNotDone();
        tasks.remove().run();

        assertThat(reports).extracting(PrefetchReport::done).containsExactly(10);
        assertThat(prefetch.result()).isCompletedWithValue(reports.get(0));
    }

    @Test
    void whatHappensDuringACallback_isReportedByTheSameThread() {
        Prefetch prefetch = prefetch(4, user -> hanging(), report -> {
            reports.add(report);
            if (report.done() == 1) {
                calls.remove().complete(TOKEN);
                calls.remove().complete(TOKEN);
                assertThat(reports).as("no call within the call").hasSize(1);
            }
        });

        calls.remove().complete(TOKEN);

        assertThat(reports).extracting(PrefetchReport::done).containsExactly(1, 3);
        calls.remove().complete(TOKEN);
        assertThat(prefetch.result()).isCompletedWithValueMatching(report -> report.issued() == 4);
    }

    @Test
    void executorThatThrows_endsThePrefetch() {
        IllegalStateException mistake = new IllegalStateException("mistake of the executor");
        executor = task -> {
            throw mistake;
        };
        Prefetch prefetch = prefetch(100, user -> hanging(), reports::add);

        calls.remove().complete(TOKEN);

        assertFailed(prefetch, mistake);
    }

    @Test
    void callbackThatThrows_endsThePrefetch() {
        IllegalArgumentException mistake = new IllegalArgumentException("mistake of the callback");
        Prefetch prefetch = prefetch(100, user -> hanging(), report -> {
            throw mistake;
        });

        calls.remove().complete(TOKEN);

        assertFailed(prefetch, mistake);
        assertThat(loads).isEqualTo(4);
    }

    @Test
    void callbackThatThrowsAnError_endsThePrefetch() {
        AssertionError mistake = new AssertionError("mistake of the callback");
        Prefetch prefetch = prefetch(100, user -> hanging(), report -> {
            throw mistake;
        });

        calls.remove().complete(TOKEN);

        assertFailed(prefetch, mistake);
    }

    @Test
    void loadThatThrows_endsThePrefetch() {
        IllegalStateException closed = new IllegalStateException("closed");
        Prefetch prefetch = prefetch(
                100,
                user -> {
                    loads++;
                    throw closed;
                },
                reports::add);

        assertFailed(prefetch, closed);
        assertThat(loads).isEqualTo(1);
        assertThat(reports).isEmpty();
    }

    @Test
    void prefetch_withANullUser_isRefused() {
        Set<UserId> users = new LinkedHashSet<>();
        users.add(Values.user(1));
        users.add(null);

        assertThatNullPointerException()
                .isThrownBy(() ->
                        new Prefetch(users, held::contains, user -> issued(), reports::add, Runnable::run, () -> {}));
    }

    private static void assertFailed(Prefetch prefetch, Throwable failure) {
        assertThat(prefetch.result())
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCause(failure);
    }

    private CompletableFuture<AccessToken> issued() {
        loads++;
        return CompletableFuture.completedFuture(TOKEN);
    }

    private CompletableFuture<AccessToken> hanging() {
        loads++;
        CompletableFuture<AccessToken> call = new CompletableFuture<>();
        calls.add(call);
        return call;
    }

    private Prefetch prefetch(
            int users, Function<UserId, CompletableFuture<AccessToken>> load, Consumer<PrefetchReport> progress) {
        Set<UserId> all = new LinkedHashSet<>();
        IntStream.range(0, users).mapToObj(Values::user).forEach(all::add);
        Prefetch prefetch = new Prefetch(all, held::contains, load, progress, executor, () -> withdrawals++);
        prefetch.start(4);
        return prefetch;
    }
}
