/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tokens, and the Entra tokens that are exchanged for them, are in no text that the module makes. */
class SecretsTest {

    private static final String SECRET = "eyJhbGciOi.secret";
    private static final String ENTRA = "eyJ0eXAiOi.entra-secret";
    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);
    private static final UserId USER = new UserId("8:acs:resource_1");
    private static final TeamsTokenRequest TEAMS = new TeamsTokenRequest(
            ENTRA, "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222");

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final ManualService service = new ManualService();
    private final AccessToken token = ManualService.token(SECRET, clock.instant());
    private final CachingIdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(service))
            .timeSource(clock)
            .scheduler(scheduler)
            .executor(Runnable::run)
            .build();

    @Test
    void toString_ofWhateverHoldsATokenOnItsWay_doesNotShowIt() {
        HeldToken held = new HeldToken(token, CHAT, 0, 0, 0, 0);
        Flight<UserId> flight = new Flight<>(USER, CHAT, false);
        CompletableFuture<AccessToken> waiting = manager.async().getToken(USER, CHAT);
        CompletableFuture<AccessToken> teams = manager.async().getTokenForTeamsUser(TEAMS);
        service.tokens.forEach(call -> call.complete(token));

        assertThat(List.of(
                        held,
                        flight,
                        new Flight.Landing.Issued(held),
                        new Flights.Boarding.Held<>(held),
                        new Flights.Boarding.Begun<>(flight),
                        TeamsKey.of(TEAMS),
                        manager,
                        manager.async(),
                        manager.stats(),
                        waiting,
                        teams))
                .allSatisfy(SecretsTest::showsNothing);
        assertThat(held).asString().contains("refreshAt=0", "expiresAt=0");
    }

    @Test
    void exceptions_ofTheCache_doNotShowATokenOrACredential() {
        List<CompletableFuture<AccessToken>> failing = new ArrayList<>();
        AccessToken past = new AccessToken(SECRET, clock.instant().minusSeconds(60));
        service.answerWith(() -> CompletableFuture.completedFuture(past));
        failing.add(manager.async().getToken(USER, CHAT));
        service.answerWith(CompletableFuture::new);
        clock.advance(Duration.ofSeconds(1));
        failing.add(manager.async().getToken(USER, CHAT));
        failing.add(manager.async().getTokenForTeamsUser(TEAMS));
        clock.advance(Duration.ofSeconds(10));
        failing.add(manager.async().getTokenForTeamsUser(TEAMS));
        manager.close();

        assertThat(failing).hasSize(4).allSatisfy(future -> {
            assertThat(future).isCompletedExceptionally();
            showsNothing(future.handle((none, failure) -> stackTrace(failure)).join());
        });
    }

    private static void showsNothing(Object anything) {
        assertThat(String.valueOf(anything)).doesNotContain("secret").doesNotContain("eyJ");
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
