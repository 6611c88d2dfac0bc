/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.cache.CacheListener.RefreshOutcome;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are due when the budget has no room for their refresh. */
class RefreshesInLineTest {

    private static final TokenRequest CHAT = Values.CHAT;
    private static final Duration UNTIL_DUE = Duration.ofHours(20);
    private static final List<UserId> USERS =
            IntStream.range(0, 100).mapToObj(Values::user).toList();

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final PromptService service = new PromptService(clock);
    private final CachingIdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(service))
            .timeSource(clock)
            .scheduler(scheduler)
            .executor(Runnable::run)
            .random(() -> 0)
            .build();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void visitorsWhoComeOnce_allHaveNewTokensWhenTheyComeAgain() {
        loadOneEachSecond();
        clock.advance(UNTIL_DUE);
        USERS.forEach(this::get);
        clock.advance(Duration.ofSeconds(7));

        assertThat(manager.stats().refreshes(RefreshOutcome.REFRESHED)).isEqualTo(100);
        assertThat(manager.stats().skippedRefreshes()).isZero();
        clock.advance(Duration.ofHours(10));
        USERS.forEach(this::get);
        assertThat(service.calls()).as("nobody waits").isEqualTo(200);
    }

    @Test
    void visitorInLine_whoComesAgain_isStillRenewedOnce() {
        loadOneEachSecond();
        clock.advance(UNTIL_DUE);
        for (int visit = 0; visit < 50; visit++) {
            USERS.forEach(this::get);
            clock.advance(Duration.ofMillis(150));
        }

        assertThat(service.calls()).isEqualTo(200);
    }

    @Test
    void threadsThatMeetTheSameDueTokens_renewEachOnce() throws Exception {
        loadOneEachSecond();
        clock.advance(UNTIL_DUE);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(new Thread(() -> {
                for (int visit = 0; visit < 20; visit++) {
                    USERS.forEach(user -> manager.heldToken(user, CHAT));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(10_000);
        }
        clock.advance(Duration.ofMinutes(1));

        assertThat(service.calls()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"revoked", "deleted", "invalidated", "all invalidated", "refused downstream"})
    void visitorInLine_whoseTokenIsTakenAway_isNotCalledFor(String how) {
        loadOneEachSecond();
        clock.advance(UNTIL_DUE);
        USERS.subList(0, 2).forEach(this::get);
        UserId second = USERS.get(1);
        switch (how) {
            case "revoked" -> manager.revokeTokens(second);
            case "deleted" -> manager.deleteUser(second);
            case "invalidated" -> manager.invalidate(second);
            case "all invalidated" -> manager.invalidateAll();
            default -> manager.invalidate(second, get(second));
        }
        int callsBefore = service.calls();
        clock.advance(Duration.ofMinutes(1));

        assertThat(service.calls()).isEqualTo(callsBefore);
        assertThat(manager.stats().skippedRefreshes()).isZero();
    }

    @Test
    void refreshInLine_thatFails_isTriedAgainByALaterVisit() {
        loadOneEachSecond();
        clock.advance(UNTIL_DUE);
        USERS.subList(0, 2).forEach(this::get);
        service.failures.add(new ServiceUnavailableException("down", Values.details()));
        clock.advance(Duration.ofMillis(63));
        assertThat(manager.stats().refreshes(RefreshOutcome.FAILED)).isOne();

        get(USERS.get(1));
        assertThat(service.calls()).as("not at once").isEqualTo(102);
        clock.advance(Duration.ofMinutes(5));
        get(USERS.get(1));
        assertThat(service.calls()).isEqualTo(103);
    }

    @Test
    void tokenInLine_thatIsForcedToBeNew_isNotRenewedOnceMore() {
        loadOneEachSecond();
        clock.advance(UNTIL_DUE);
        USERS.subList(0, 2).forEach(this::get);
        AccessToken forced = manager.refreshToken(USERS.get(1), CHAT);
        clock.advance(Duration.ofMinutes(1));

        assertThat(get(USERS.get(1))).isEqualTo(forced);
        assertThat(service.calls()).isEqualTo(102);
    }

    @Test
    void otherTokenOfAVisitorInLine_staysAsItIs() {
        TokenRequest voip = TokenRequest.of(TokenScope.VOIP);
        loadOneEachSecond();
        clock.advance(Duration.ofMinutes(1));
        AccessToken other = manager.getToken(USERS.get(1), voip);
        clock.advance(UNTIL_DUE.minusMinutes(1));
        USERS.subList(0, 2).forEach(this::get);

        assertThat(manager.heldToken(USERS.get(1), voip)).contains(other);
        clock.advance(Duration.ofMinutes(1));
        assertThat(manager.heldToken(USERS.get(1), voip)).get().isNotEqualTo(other);
        assertThat(service.calls()).isEqualTo(104);
    }

    @Test
    void bothTokensOfAVisitor_areRenewedAfterOneVisit() {
        TokenRequest voip = TokenRequest.of(TokenScope.VOIP);
        UserId user = USERS.get(0);
        get(user);
        manager.getToken(user, voip);
        clock.advance(UNTIL_DUE);

        get(user);
        manager.getToken(user, voip);
        clock.advance(Duration.ofSeconds(1));

        assertThat(manager.stats().refreshes(RefreshOutcome.REFRESHED)).isEqualTo(2);
    }

    @Test
    void teamsToken_isNotRenewedInLine_sinceTheLineWouldHoldTheSecretItIsExchangedFor() {
        TeamsTokenRequest first = teams("entra-1");
        TeamsTokenRequest second = teams("entra-2");
        manager.getTokenForTeamsUser(first);
        manager.getTokenForTeamsUser(second);
        clock.advance(UNTIL_DUE);

        manager.getTokenForTeamsUser(first);
        manager.getTokenForTeamsUser(second);
        clock.advance(Duration.ofMinutes(1));
        assertThat(manager.stats().refreshes(RefreshOutcome.REFRESHED)).isOne();

        manager.getTokenForTeamsUser(second);
        assertThat(manager.stats().refreshes(RefreshOutcome.REFRESHED)).isEqualTo(2);
    }

    @Test
    void visitorInLine_whosePrefetchIsWithdrawn_isRenewedAtTheNextVisit() {
        UserId user = USERS.get(1);
        loadOneEachSecond();
        clock.advance(UNTIL_DUE);
        service.failures.add(new ThrottledException(
                "too many", Values.details().withHttpStatus(429).withRetryAfter(Duration.ofMinutes(1))));
        USERS.subList(0, 2).forEach(this::get);
        CompletableFuture<PrefetchReport> prefetch = manager.prefetch(List.of(user), CHAT, soFar -> {});
        clock.advance(Duration.ofMinutes(1).plusMillis(100));
        assertThat(service.calls()).as("the prefetch, still to come, is enough").isEqualTo(101);

        prefetch.cancel(false);
        get(user);

        assertThat(service.calls()).isEqualTo(102);
    }

    @Test
    void close_whileRefreshesAreInLine_endsThem() {
        loadOneEachSecond();
        clock.advance(UNTIL_DUE);
        USERS.forEach(this::get);

        manager.close();
        clock.advance(Duration.ofMinutes(1));

        assertThat(service.calls()).isEqualTo(101);
    }

    private void loadOneEachSecond() {
        for (UserId user : USERS) {
            get(user);
            clock.advance(Duration.ofSeconds(1));
        }
    }

    private static TeamsTokenRequest teams(String entraToken) {
        return new TeamsTokenRequest(
                entraToken, "11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222");
    }

    private AccessToken get(UserId user) {
        return manager.getToken(user, CHAT);
    }
}
