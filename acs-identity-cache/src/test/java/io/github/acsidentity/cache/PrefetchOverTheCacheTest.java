/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.UserId;
import io.github.acsidentity.cache.CacheListener.LoadReason;
import io.github.acsidentity.cache.CacheListener.RefreshOutcome;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Prefetch over the whole cache, at a clock that stands still. */
class PrefetchOverTheCacheTest {

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final PromptService service = new PromptService(clock);
    private final CachingIdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(service))
            .timeSource(clock)
            .scheduler(scheduler)
            .executor(Runnable::run)
            .build();
    private final List<PrefetchReport> reports = new ArrayList<>();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void prefetch_isPacedByTheBudget() {
        CompletableFuture<PrefetchReport> prefetch = manager.prefetch(users(1000), Values.CHAT, reports::add);

        assertThat(service.calls()).as("half of the burst").isEqualTo(100);
        clock.advance(Duration.ofSeconds(30));
        assertThat(service.calls()).isBetween(845, 851);
        assertThat(prefetch).isNotDone();
        clock.advance(Duration.ofSeconds(7));
        assertThat(prefetch).isCompletedWithValueMatching(report -> report.issued() == 1000);
        assertThat(reports).hasSize(1000);
        assertThat(manager.stats().loads(LoadReason.PREFETCH)).isEqualTo(1000);
    }

    @Test
    void prefetch_skipsUsersWhoseTokenIsHeld_andCountsAUserOnce() {
        List<UserId> users = users(10);
        manager.getToken(users.get(3), Values.CHAT);

        List<UserId> twice = new ArrayList<>(users);
        twice.addAll(users);

        PrefetchReport report =
                manager.prefetch(twice, Values.CHAT, reports::add).join();

        assertThat(report.users()).isEqualTo(10);
        assertThat(report.alreadyHeld()).isEqualTo(1);
        assertThat(report.issued()).isEqualTo(9);
        assertThat(service.calls()).isEqualTo(10);
    }

    @Test
    void prefetch_whileItRuns_leavesRefreshesAndCallersTheirCalls() {
        UserId due = manager.createUser();
        manager.getToken(due, Values.CHAT);
        clock.advance(Duration.ofHours(20));
        CompletableFuture<PrefetchReport> prefetch = manager.prefetch(users(5000), Values.CHAT, reports::add);
        clock.advance(Duration.ofSeconds(10));

        manager.getToken(due, Values.CHAT);
        scheduler.runDueTasks();
        manager.getToken(manager.createUser(), Values.CHAT);

        assertThat(manager.stats().refreshes(RefreshOutcome.REFRESHED)).isEqualTo(1);
        assertThat(prefetch).isNotDone();
    }

    @Test
    void prefetch_whenTheServiceFails_reportsTheFailureOfEachUser() {
        ServiceUnavailableException down = new ServiceUnavailableException("down", Values.details());
        service.failures.addAll(List.of(down, down, down));

        PrefetchReport report =
                manager.prefetch(users(10), Values.CHAT, reports::add).join();

        assertThat(report.failed()).isEqualTo(3);
        assertThat(report.failures())
                .hasSize(3)
                .allSatisfy((user, failure) -> assertThat(failure).isInstanceOf(ServiceUnavailableException.class));
    }

    @Test
    void prefetch_whenOurCredentialIsRefused_endsEarly() {
        service.failures.add(new AccessDeniedException("wrong key", Values.details()));

        PrefetchReport report =
                manager.prefetch(users(50), Values.CHAT, reports::add).join();

        assertThat(report.done()).isEqualTo(1);
        assertThat(report.failures().values()).singleElement().isInstanceOf(AccessDeniedException.class);
        assertThat(service.calls()).isEqualTo(1);
    }

    @Test
    void prefetch_afterA429_waitsAndGoesOn() {
        service.failures.add(new ThrottledException(
                "too many", Values.details().withHttpStatus(429).withRetryAfter(Duration.ofSeconds(60))));

        CompletableFuture<PrefetchReport> prefetch = manager.prefetch(users(50), Values.CHAT, reports::add);

        assertThat(service.calls()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(59));
        assertThat(service.calls()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(10));
        assertThat(prefetch).isCompletedWithValueMatching(report -> report.issued() == 49 && report.failed() == 1);
    }

    @Test
    void cancel_endsThePrefetch() {
        CompletableFuture<PrefetchReport> prefetch = manager.prefetch(users(1000), Values.CHAT, reports::add);
        int before = service.calls();

        prefetch.cancel(false);
        clock.advance(Duration.ofMinutes(1));

        assertThat(service.calls()).isEqualTo(before);
        assertThat(reports).hasSize(before);
    }

    @Test
    void cancel_leavesOthersWhoWaitForTheSameTokenTheirs() {
        CompletableFuture<PrefetchReport> prefetch = manager.prefetch(users(200), Values.CHAT, reports::add);
        int before = service.calls();
        CompletableFuture<PrefetchReport> other =
                manager.prefetch(users(200).subList(before, before + 3), Values.CHAT, report -> {});

        prefetch.cancel(false);
        clock.advance(Duration.ofMinutes(1));

        assertThat(other).isCompletedWithValueMatching(report -> report.issued() == 3);
        assertThat(service.calls()).isEqualTo(before + 3);
    }

    @Test
    void credentialRefusedWhileOthersQueue_beginsNoMoreCalls() {
        CompletableFuture<PrefetchReport> prefetch = manager.prefetch(users(300), Values.CHAT, reports::add);
        int before = service.calls();
        service.failures.add(new AccessDeniedException("wrong key", Values.details()));

        clock.advance(Duration.ofMinutes(1));

        assertThat(service.calls()).isEqualTo(before + 1);
        assertThat(prefetch).isCompletedWithValueMatching(report -> report.issued() == before && report.failed() == 1);
    }

    @Test
    void callbackThatThrowsWhileOthersQueue_beginsNoMoreCalls() {
        CompletableFuture<PrefetchReport> prefetch = manager.prefetch(users(300), Values.CHAT, report -> {
            if (report.done() > 100) {
                throw new IllegalArgumentException("mistake of the callback");
            }
        });
        int before = service.calls();

        clock.advance(Duration.ofMinutes(1));

        assertThat(prefetch).isCompletedExceptionally();
        assertThat(service.calls()).isEqualTo(before + 1);
    }

    @Test
    void prefetch_renewsTokensThatAreDue() {
        UserId user = users(1).get(0);
        manager.getToken(user, Values.CHAT);
        clock.advance(Duration.ofHours(22));

        PrefetchReport report =
                manager.prefetch(List.of(user), Values.CHAT, reports::add).join();

        assertThat(report.issued()).isEqualTo(1);
        clock.advance(Duration.ofHours(10));
        manager.getToken(user, Values.CHAT);
        assertThat(service.calls()).isEqualTo(2);
    }

    @Test
    void prefetch_handsOutNothing_soNothingIsHeardOfAReturn() {
        WrittenEvents listener = new WrittenEvents();
        CachingIdentityManager heard = CachingIdentityManager.builder(IdentityManager.from(service))
                .timeSource(clock)
                .scheduler(scheduler)
                .executor(Runnable::run)
                .listener(listener)
                .build();

        heard.prefetch(users(1), Values.CHAT, report -> {}).join();
        assertThat(listener.events).containsExactly("load PREFETCH ISSUED PT0S");
        heard.createUserWithToken(Values.CHAT);

        assertThat(listener.events).containsExactly("load PREFETCH ISSUED PT0S", "return PT24H");
        heard.close();
    }

    @Test
    void callbackThatThrows_endsThePrefetch() {
        CompletableFuture<PrefetchReport> prefetch = manager.prefetch(users(1000), Values.CHAT, report -> {
            throw new IllegalArgumentException("mistake of the callback");
        });

        assertThat(prefetch).isCompletedExceptionally();
        assertThat(service.calls()).isEqualTo(1);
    }

    @Test
    void close_endsThePrefetch() {
        CompletableFuture<PrefetchReport> prefetch = manager.prefetch(users(1000), Values.CHAT, reports::add);

        manager.close();

        assertThatIllegalStateException().isThrownBy(() -> {
            try {
                prefetch.join();
            } catch (CompletionException e) {
                throw e.getCause();
            }
        });
    }

    @Test
    void prefetch_ofAHundredThousandUsers_needsNoDeepStack() {
        CachingIdentityManager fast = CachingIdentityManager.builder(IdentityManager.from(service))
                .timeSource(clock)
                .scheduler(scheduler)
                .executor(Runnable::run)
                .maximumUsers(200_000)
                .refreshPolicy(RefreshPolicy.builder()
                        .callsPerSecond(10_000)
                        .concurrentLoads(1000)
                        .build())
                .build();
        CompletableFuture<PrefetchReport> prefetch = fast.prefetch(users(100_000), Values.CHAT, report -> {});

        clock.advance(Duration.ofSeconds(10));

        assertThat(prefetch).isCompletedWithValueMatching(report -> report.done() == 100_000);
        fast.close();
    }

    private static List<UserId> users(int count) {
        return IntStream.range(0, count).mapToObj(Values::user).toList();
    }
}
