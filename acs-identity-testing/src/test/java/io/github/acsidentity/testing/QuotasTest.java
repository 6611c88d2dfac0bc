/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import static io.github.acsidentity.IdentityOperation.CREATE_USER;
import static io.github.acsidentity.IdentityOperation.CREATE_USER_WITH_TOKEN;
import static io.github.acsidentity.IdentityOperation.GET_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotasTest {

    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);
    private static final String GUID = "11111111-1111-4111-8111-111111111111";
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));

    @ParameterizedTest
    @CsvSource({
        "CREATE_USER, 1000",
        "CREATE_USER_WITH_TOKEN, 1000",
        "GET_TOKEN, 1000",
        "DELETE_USER, 500",
        "REVOKE_TOKENS, 500",
        "GET_TOKEN_FOR_TEAMS_USER, 500",
    })
    void published_ofEachOperation_isExactlyWhatTheServiceSays(IdentityOperation operation, int calls) {
        FakeIdentityManager manager = manager(Quotas.published());
        UserId user =
                new UserId("8:acs:" + manager.service().resource().id() + "_00000000-0000-0000-0000-000000000000");

        for (int i = 0; i < calls + 1; i++) {
            assertThat(call(manager, operation, user)).isDone();
        }

        assertThat(manager.service().calls())
                .extracting(call -> call.status().orElseThrow() == 429)
                .containsOnlyOnce(true)
                .last()
                .isEqualTo(true);
    }

    private static CompletableFuture<?> call(FakeIdentityManager manager, IdentityOperation operation, UserId user) {
        AsyncIdentityManager async = manager.async();
        return switch (operation) {
            case CREATE_USER -> async.createUser();
            case CREATE_USER_WITH_TOKEN -> async.createUserWithToken(CHAT);
            case GET_TOKEN -> async.getToken(user, CHAT);
            case GET_TOKEN_FOR_TEAMS_USER -> async.getTokenForTeamsUser(new TeamsTokenRequest("unknown", GUID, GUID));
            case REVOKE_TOKENS -> async.revokeTokens(user);
            case DELETE_USER -> async.deleteUser(user);
        };
    }

    @Test
    void none_byDefault_refusesNothing() {
        FakeIdentityManager manager = FakeIdentityManager.builder().clock(clock).build();

        for (int i = 0; i < 1100; i++) {
            assertThat(manager.async().createUser()).isCompleted();
        }
    }

    @Test
    void limit_slides_soRoomComesBackAsCallsGrowOld() {
        FakeIdentityManager manager = manager(Quotas.none().withLimit(2, WINDOW, CREATE_USER));
        manager.createUser();
        clock.advance(Duration.ofSeconds(20));
        manager.createUser();
        clock.advance(Duration.ofSeconds(10));
        manager.createUser();

        assertThat(refusal(manager).retryAfter()).contains(Duration.ofSeconds(30));
    }

    @Test
    void limit_callsRefused_count() {
        FakeIdentityManager manager = manager(Quotas.none().withLimit(1, WINDOW, CREATE_USER));
        manager.createUser();
        for (int i = 0; i < 5; i++) {
            clock.advance(WINDOW.minusNanos(1));
            assertThat(refusal(manager).retryAfter()).contains(WINDOW);
        }

        clock.advance(WINDOW);

        assertThat(manager.createUser()).isNotNull();
    }

    @Test
    void limit_ofSeveralOperations_countsThemTogether() {
        FakeIdentityManager manager = manager(Quotas.none().withLimit(2, WINDOW, CREATE_USER, CREATE_USER_WITH_TOKEN));
        UserId user = manager.createUser();
        manager.createUserWithToken(CHAT);

        refusal(manager);
        assertThat(manager.getToken(user, CHAT)).isNotNull();
    }

    @Test
    void limits_severalOfOneOperation_allHold() {
        FakeIdentityManager manager = manager(
                Quotas.none().withLimit(1, Duration.ofSeconds(1)).withLimit(2, Duration.ofSeconds(60), CREATE_USER));
        manager.createUser();
        assertThat(refusal(manager).retryAfter()).contains(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));

        assertThat(refusal(manager).retryAfter()).contains(Duration.ofSeconds(59));
    }

    @Test
    void limit_otherResource_hasItsOwn() {
        FakeIdentityManager manager = manager(Quotas.none().withLimit(1, WINDOW));
        FakeIdentityManager other =
                FakeIdentityManager.on(manager.service(), manager.service().addResource());
        manager.createUser();

        assertThat(other.createUser()).isNotNull();
        refusal(manager);
        refusal(other);
    }

    @Test
    void limit_wallClockSetBack_isNotTouched() {
        FakeIdentityManager manager = manager(Quotas.none().withLimit(1, WINDOW));
        manager.createUser();

        clock.set(Instant.parse("2020-01-01T00:00:00Z"));
        clock.advance(WINDOW);

        assertThat(manager.createUser()).isNotNull();
    }

    @Test
    void limit_faultsBeforeProcessing_doNotCount() {
        FakeIdentityManager manager = manager(Quotas.none().withLimit(1, WINDOW));
        manager.service().faults().on().times(3, Fault.drop());
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(manager::createUser).hasMessageContaining("broke");
        }

        assertThat(manager.createUser()).isNotNull();
        refusal(manager);
    }

    @Test
    void exceeded_assumedToNameNoPause_namesNone() {
        FakeIdentityManager manager = FakeIdentityManager.builder()
                .clock(clock)
                .quotas(Quotas.none().withLimit(1, WINDOW))
                .assume(AssumedBehaviour.QUOTA_EXCEEDED_NAMES_NO_PAUSE)
                .build();
        manager.createUser();

        assertThat(refusal(manager).retryAfter()).isEmpty();
    }

    @Test
    void withLimit_outOfRange_isRefused() {
        assertThatThrownBy(() -> Quotas.none().withLimit(0, WINDOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("calls must be at least 1, but was 0");
        assertThatThrownBy(() -> Quotas.none().withLimit(1, Duration.ZERO, GET_TOKEN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0S");
        assertThatThrownBy(() -> Quotas.none().withLimit(1, Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private FakeIdentityManager manager(Quotas quotas) {
        return FakeIdentityManager.builder().clock(clock).quotas(quotas).build();
    }

    private static ThrottledException refusal(FakeIdentityManager manager) {
        ThrottledException refusal = catchThrowableOfType(ThrottledException.class, manager::createUser);
        assertThat(refusal.errorCode()).contains("TooManyRequests");
        return refusal;
    }
}
