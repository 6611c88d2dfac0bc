/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.RecordedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A token that is held is handed out without a call, and only then; a creation passes the cache by. */
class HeldTokenLookupTest {

    private static final TokenRequest CHAT = Values.CHAT;
    private static final UserId USER = ScenarioRun.USER;

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final ScriptedService service = new ScriptedService(clock);
    private final CachingIdentityManager manager = over(IdentityManager.from(service));

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void heldToken_nothingHeld_isEmptyAndMakesNoCall() {
        assertThat(manager.heldToken(USER, CHAT)).isEmpty();
        assertThat(service.calls()).isZero();
    }

    @Test
    void heldToken_fresh_isTheTokenAndCountsAsAHit() {
        AccessToken token = manager.getToken(USER, CHAT);

        assertThat(manager.heldToken(USER, CHAT)).contains(token);
        assertThat(manager.heldToken(USER, Values.request(1))).isEmpty();
        assertThat(manager.heldToken(Values.user(9), CHAT)).isEmpty();
        assertThat(service.calls()).isOne();
        assertThat(manager.stats().freshHits()).isOne();
    }

    @Test
    void heldToken_due_isTheTokenAndARefreshBegins() {
        AccessToken token = manager.getToken(USER, CHAT);
        service.behave("hangs");
        clock.advance(Duration.ofHours(20));

        assertThat(manager.heldToken(USER, CHAT)).contains(token);
        scheduler.runDueTasks();
        assertThat(service.calls()).isEqualTo(2);
        assertThat(manager.heldToken(USER, CHAT)).contains(token);

        service.release();
        assertThat(manager.heldToken(USER, CHAT)).get().isNotEqualTo(token);
        assertThat(service.calls()).isEqualTo(2);
    }

    @Test
    void heldToken_spent_isEmptyAndMakesNoCall() {
        manager.getToken(USER, CHAT);
        clock.advance(Duration.ofHours(24).minusSeconds(1));

        assertThat(manager.heldToken(USER, CHAT)).isEmpty();
        assertThat(service.calls()).isOne();
    }

    @Test
    void heldToken_refusedAMomentAgo_isEmptyAndMakesNoCall() {
        service.behave("denies");
        assertThatThrownBy(() -> manager.getToken(USER, CHAT)).isInstanceOf(IdentityException.class);

        assertThat(manager.heldToken(USER, CHAT)).isEmpty();
        assertThat(service.calls()).isOne();
    }

    @Test
    void heldToken_amidALoad_isEmptyAndDoesNotWait() {
        service.behave("hangs");
        CompletableFuture<AccessToken> load = manager.async().getToken(USER, CHAT);

        assertThat(manager.heldToken(USER, CHAT)).isEmpty();

        service.release();
        assertThat(load).isCompleted();
        assertThat(manager.heldToken(USER, CHAT)).contains(load.join());
    }

    @Test
    void heldToken_amidARevocationAndAfterIt_isEmpty() {
        manager.getToken(USER, CHAT);
        service.behaveOnRevocation("hangs");
        CompletableFuture<Void> revocation = manager.async().revokeTokens(USER);

        assertThat(manager.heldToken(USER, CHAT)).isEmpty();

        service.releaseRevocation();
        assertThat(revocation).isCompleted();
        assertThat(manager.heldToken(USER, CHAT)).isEmpty();
    }

    @Test
    void createUser_underARequestId_passesTheIdOn() {
        FakeIdentityManager fake = FakeIdentityManager.create();
        UUID blocking = UUID.randomUUID();
        UUID nonBlocking = UUID.randomUUID();
        try (CachingIdentityManager over = over(fake)) {
            over.createUser(blocking);
            assertThat(over.async().createUser(nonBlocking)).isCompleted();
        }

        assertThat(fake.service().calls(IdentityOperation.CREATE_USER))
                .extracting((RecordedCall call) -> call.requestId().orElseThrow())
                .containsExactly(blocking.toString(), nonBlocking.toString());
    }

    private CachingIdentityManager over(IdentityManager delegate) {
        return CachingIdentityManager.builder(delegate)
                .timeSource(clock)
                .scheduler(scheduler)
                .executor(Runnable::run)
                .build();
    }
}
