/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static io.github.acsidentity.cache.RefreshPolicyTest.nothing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.cache.CacheListener.LoadOutcome;
import io.github.acsidentity.cache.CacheListener.LoadReason;
import io.github.acsidentity.cache.CacheListener.RefreshOutcome;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the numbers and the listener say of things that happen to a whole cache. */
class CacheStatsTest {

    private static final UserId USER = ScenarioRun.USER;
    private static final TokenRequest CHAT = Values.CHAT;

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final ScriptedService service = new ScriptedService(clock);
    private final WrittenEvents listener = new WrittenEvents();
    private final CachingIdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(service))
            .timeSource(clock)
            .scheduler(scheduler)
            .executor(Runnable::run)
            .random(() -> 0)
            .listener(listener)
            .maximumUsers(10)
            .build();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void loadAndHits() {
        manager.getToken(USER, CHAT);
        manager.getToken(USER, CHAT);
        manager.async().getToken(USER, CHAT).join();

        CacheStats stats = manager.stats();
        assertThat(stats.loads(LoadReason.ABSENT)).isEqualTo(1);
        assertThat(stats.loads(LoadOutcome.ISSUED)).isEqualTo(1);
        assertThat(stats.freshHits()).isEqualTo(2);
        assertThat(stats.calls()).isEqualTo(1).isEqualTo(service.calls());
        assertThat(stats.users()).isEqualTo(1);
        assertThat(listener.events).containsExactlyInAnyOrder("load ABSENT ISSUED PT0S", "return PT24H");
    }

    @Test
    void dueHitAndRefresh() {
        manager.getToken(USER, CHAT);
        clock.advance(Duration.ofHours(20));
        listener.events.clear();

        manager.getToken(USER, CHAT);
        scheduler.runDueTasks();

        CacheStats stats = manager.stats();
        assertThat(stats.dueHits()).isEqualTo(1);
        assertThat(stats.hits()).isEqualTo(1);
        assertThat(stats.refreshes(RefreshOutcome.REFRESHED)).isEqualTo(1);
        assertThat(stats.calls()).isEqualTo(2);
        assertThat(listener.events).containsExactly("return PT4H", "refresh REFRESHED PT0S");
    }

    @Test
    void refreshThatFails_thatBringsNothing_orThatIsThrottled() {
        manager.getToken(USER, CHAT);
        clock.advance(Duration.ofHours(20));

        refreshWhileTheService("fails");
        refreshWhileTheService("throttles 10s");
        refreshWhileTheService("repeats");

        assertThat(manager.stats().refreshes())
                .containsEntry(RefreshOutcome.FAILED, 1L)
                .containsEntry(RefreshOutcome.THROTTLED, 1L)
                .containsEntry(RefreshOutcome.NO_PROGRESS, 1L)
                .containsEntry(RefreshOutcome.REFRESHED, 0L);
        assertThat(listener.events)
                .filteredOn(event -> event.startsWith("refresh"))
                .containsExactly("refresh FAILED PT0S", "refresh THROTTLED PT0S", "refresh NO_PROGRESS PT0S");
    }

    @Test
    void dueHit_whileTheRefreshIsUnderWay_isNoSkippedRefresh() {
        manager.getToken(USER, CHAT);
        clock.advance(Duration.ofHours(20));
        service.behave("hangs");

        manager.getToken(USER, CHAT);
        manager.getToken(USER, CHAT);

        assertThat(manager.stats().dueHits()).isEqualTo(2);
        assertThat(manager.stats().skippedRefreshes()).isZero();
        assertThat(service.calls()).isEqualTo(2);
    }

    @Test
    void refreshThatHasNoRoomUntilItsTokenIsSpent_isSkipped() {
        manager.getToken(USER, CHAT);
        UserId other = Values.user(2);
        manager.getToken(other, CHAT);
        clock.advance(Duration.ofHours(24).minusMinutes(11).minusMillis(50));

        manager.getToken(USER, CHAT);
        manager.getToken(other, CHAT);
        clock.advance(Duration.ofSeconds(1));

        assertThat(manager.stats().refreshes(RefreshOutcome.REFRESHED)).isEqualTo(1);
        assertThat(manager.stats().skippedRefreshes())
                .as("16 per second, one at once")
                .isEqualTo(1);
    }

    @Test
    void loadThatFails_isRefusedForAWhile() {
        service.behave("fails");

        assertThatThrownBy(() -> manager.getToken(USER, CHAT)).hasMessage("down");
        assertThatThrownBy(() -> manager.getToken(USER, CHAT)).hasMessage("down");

        CacheStats stats = manager.stats();
        assertThat(stats.loads(LoadOutcome.FAILED)).isEqualTo(1);
        assertThat(stats.refusals()).isEqualTo(1);
        assertThat(stats.hits()).isZero();
        assertThat(listener.events).containsExactly("load ABSENT FAILED PT0S");
    }

    @Test
    void loadThatIsThrottled() {
        service.behave("throttles 10s");

        assertThatThrownBy(() -> manager.getToken(USER, CHAT)).hasMessage("too many");

        assertThat(manager.stats().loads(LoadOutcome.THROTTLED)).isEqualTo(1);
    }

    @Test
    void loadThatHangs_isJoinedAndTimesOut() {
        service.behave("hangs");
        CompletableFuture<AccessToken> first = manager.async().getToken(USER, CHAT);
        CompletableFuture<AccessToken> second = manager.async().getToken(USER, CHAT);

        clock.advance(Duration.ofSeconds(10));

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
        CacheStats stats = manager.stats();
        assertThat(stats.joins()).isEqualTo(1);
        assertThat(stats.loads(LoadOutcome.TIMED_OUT)).isEqualTo(1);
        assertThat(listener.events).containsExactly("load ABSENT TIMED_OUT PT10S");
    }

    @Test
    void outageHit_isATokenWithLessThanTheMinimumRemaining() {
        manager.getToken(USER, CHAT);
        clock.advance(Duration.ofHours(24).minusMinutes(5));
        service.behave("fails");
        listener.events.clear();

        manager.getToken(USER, CHAT);

        assertThat(manager.stats().outageHits()).isEqualTo(1);
        assertThat(manager.stats().hits()).isEqualTo(1);
        assertThat(manager.stats().loads(LoadReason.SPENT)).isEqualTo(1);
        assertThat(listener.events).containsExactly("load SPENT FAILED PT0S", "return PT5M");
    }

    @Test
    void outageHit_whileTheFailureIsRemembered_isOneToo() {
        manager.getToken(USER, CHAT);
        clock.advance(Duration.ofHours(24).minusMinutes(5));
        service.behave("fails");
        manager.getToken(USER, CHAT);
        listener.events.clear();

        manager.getToken(USER, CHAT);

        assertThat(manager.stats().outageHits()).isEqualTo(2);
        assertThat(manager.stats().refusals()).isZero();
        assertThat(listener.events).containsExactly("return PT5M");
    }

    @Test
    void reasons_ofLoads() {
        manager.getToken(USER, CHAT);
        manager.refreshToken(USER, CHAT);
        clock.advance(Duration.ofHours(1));
        manager.getToken(USER, CHAT, Duration.ofHours(23).plusMinutes(30));
        manager.prefetch(List.of(Values.user(3)), CHAT, report -> {}).join();

        assertThat(manager.stats().loads())
                .containsEntry(LoadReason.ABSENT, 1L)
                .containsEntry(LoadReason.FORCED, 1L)
                .containsEntry(LoadReason.MINIMUM_REMAINING, 1L)
                .containsEntry(LoadReason.PREFETCH, 1L);
    }

    @Test
    void revocations_countWhetherTheySucceedOrNot() {
        manager.revokeTokens(USER);
        manager.deleteUser(USER);
        service.behaveOnRevocation("fails");
        assertThatThrownBy(() -> manager.revokeTokens(USER)).hasMessage("down");

        assertThat(manager.stats().revocations()).isEqualTo(3);
        assertThat(listener.events).containsExactly("revocation true", "revocation true", "revocation false");
    }

    @Test
    void loadThatMeetsARevocation_isFenced() {
        service.behave("hangs");
        CompletableFuture<AccessToken> waiting = manager.async().getToken(USER, CHAT);
        service.behave("answers");

        manager.revokeTokens(USER);
        service.release();

        assertThat(waiting).isCompletedWithValueMatching(token -> token.value().equals("t2"));
        assertThat(manager.stats().loads(LoadOutcome.FENCED)).isEqualTo(1);
        assertThat(manager.stats().loads(LoadOutcome.ISSUED)).isEqualTo(1);
    }

    @Test
    void refreshThatMeetsARevocation_isFenced() {
        manager.getToken(USER, CHAT);
        clock.advance(Duration.ofHours(20));
        service.behave("hangs");
        manager.getToken(USER, CHAT);
        scheduler.runDueTasks();

        manager.revokeTokens(USER);
        service.release();

        assertThat(manager.stats().refreshes(RefreshOutcome.FENCED)).isEqualTo(1);
    }

    @Test
    void users_beyondTheMaximum_areEvicted() {
        for (int i = 0; i < 30; i++) {
            manager.getToken(Values.user(i), CHAT);
            scheduler.runDueTasks();
        }

        CacheStats stats = manager.stats();
        assertThat(stats.evictions()).isEqualTo(20);
        assertThat(stats.users()).isEqualTo(10);
        assertThat(listener.events).filteredOn("eviction"::equals).hasSize(20);
    }

    @Test
    void tokens_ofAManagerWithoutAGivenRandom_areNotAllDueAtOnce() {
        try (CachingIdentityManager spread = CachingIdentityManager.builder(IdentityManager.from(service))
                .timeSource(clock)
                .scheduler(scheduler)
                .executor(Runnable::run)
                .build()) {
            for (int i = 0; i < 100; i++) {
                spread.getToken(Values.user(i), CHAT);
            }
            clock.advance(Duration.ofHours(18));
            for (int i = 0; i < 100; i++) {
                spread.getToken(Values.user(i), CHAT);
            }

            assertThat(spread.stats().dueHits()).isBetween(1L, 99L);
        }
    }

    @Test
    void maps_areInTheOrderOfTheirEnums_andUnmodifiable() {
        Map<LoadReason, Long> loads = new HashMap<>(Map.of(LoadReason.PREFETCH, 2L, LoadReason.ABSENT, 1L));
        CacheStats stats = stats(loads, Map.of(LoadOutcome.TIMED_OUT, 3L), Map.of(RefreshOutcome.FENCED, 4L));

        loads.put(LoadReason.FORCED, 9L);

        assertThat(stats)
                .hasToString("CacheStats[freshHits=1, dueHits=2, outageHits=3, refusals=4, joins=5, "
                        + "loads={ABSENT=1, SPENT=0, MINIMUM_REMAINING=0, FORCED=0, PREFETCH=2}, "
                        + "loadOutcomes={ISSUED=0, FAILED=0, THROTTLED=0, FENCED=0, TIMED_OUT=3}, "
                        + "refreshes={REFRESHED=0, NO_PROGRESS=0, FAILED=0, THROTTLED=0, FENCED=4}, "
                        + "skippedRefreshes=6, revocations=7, evictions=8, users=9]");
        assertThat(stats.hits()).isEqualTo(6);
        assertThat(List.<Map<?, Long>>of(stats.loads(), stats.loadOutcomes(), stats.refreshes()))
                .allSatisfy(map -> assertThat(map).isUnmodifiable());
    }

    @Test
    void nulls_areRefusedByName() {
        assertNamed("loads", () -> stats(nothing(), Map.of(), Map.of()));
        assertNamed("loadOutcomes", () -> stats(Map.of(), nothing(), Map.of()));
        assertNamed("refreshes", () -> stats(Map.of(), Map.of(), nothing()));
        CacheStats stats = stats(Map.of(), Map.of(), Map.of());
        assertNamed("reason", () -> stats.loads((LoadReason) nothing()));
        assertNamed("outcome", () -> stats.loads((LoadOutcome) nothing()));
        assertNamed("outcome", () -> stats.refreshes(nothing()));
        assertNamed("failures", () -> new PrefetchReport(0, 0, 0, nothing(), 0));
    }

    private static CacheStats stats(
            Map<LoadReason, Long> loads, Map<LoadOutcome, Long> loadOutcomes, Map<RefreshOutcome, Long> refreshes) {
        return new CacheStats(1, 2, 3, 4, 5, loads, loadOutcomes, refreshes, 6, 7, 8, 9);
    }

    private static void assertNamed(String parameter, ThrowingCallable call) {
        assertThatNullPointerException().isThrownBy(call).withMessage(parameter);
    }

    private void refreshWhileTheService(String behaviour) {
        service.behave(behaviour);
        manager.getToken(USER, CHAT);
        scheduler.runDueTasks();
        clock.advance(Duration.ofSeconds(30));
    }
}
