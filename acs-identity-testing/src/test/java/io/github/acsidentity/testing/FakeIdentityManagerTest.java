/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.InvalidRequestException;
import io.github.acsidentity.TeamsTokenRejectedException;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import io.github.acsidentity.UserWithToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FakeIdentityManagerTest {

    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String CLIENT = "11111111-1111-4111-8111-111111111111";
    private static final String OBJECT = "aaaaaaaa-1111-4111-8111-111111111111";
    private static final String OTHER = "22222222-2222-4222-8222-222222222222";

    private final MutableClock clock = MutableClock.startingAt(NOW);
    private final FakeIdentityService service =
            FakeIdentityService.builder().clock(clock).build();
    private final FakeIdentityManager manager = FakeIdentityManager.on(service);

    @Test
    void createUserWithToken_createsAUserWhoseTokenWorks() {
        UserWithToken created = manager.createUserWithToken(CHAT.withValidity(Duration.ofMinutes(61)));

        assertThat(service.users()).containsExactly(created.user());
        assertThat(service.isAccepted(created.token())).isTrue();
        assertThat(created.token().expiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(61)));
    }

    @Test
    void getToken_withoutValidity_lives24Hours() {
        AccessToken token = manager.getToken(manager.createUser(), CHAT);

        assertThat(token.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(24)));
    }

    @Test
    void getToken_deletedUser_isNotFound() {
        UserId user = manager.createUser();
        manager.deleteUser(user);

        UserNotFoundException failure =
                catchThrowableOfType(UserNotFoundException.class, () -> manager.getToken(user, CHAT));

        assertThat(failure.httpStatus()).hasValue(404);
        assertThat(failure.user()).contains(user);
        assertThat(failure.requestId()).isPresent();
        assertThat(failure.isForeignResource()).isFalse();
        assertThat(failure.outcomeUnknown()).isFalse();
    }

    @Test
    void anyOperation_userOfAnotherResource_isNotOwned() {
        UserId foreign = FakeIdentityManager.on(service, service.addResource()).createUser();

        assertThatThrownBy(() -> manager.getToken(foreign, CHAT)).satisfies(FakeIdentityManagerTest::isForeign);
        assertThatThrownBy(() -> manager.revokeTokens(foreign)).satisfies(FakeIdentityManagerTest::isForeign);
        assertThatThrownBy(() -> manager.deleteUser(foreign)).satisfies(FakeIdentityManagerTest::isForeign);
        assertThat(service.users()).contains(foreign);
    }

    @Test
    void getToken_unknownScope_isInvalid() {
        UserId user = manager.createUser();

        InvalidRequestException failure = catchThrowableOfType(
                InvalidRequestException.class, () -> manager.getToken(user, TokenRequest.of(TokenScope.of("pstn"))));

        assertThat(failure.errorCode()).contains("ValidationError");
        assertThat(failure.target()).contains("scopes");
    }

    @Test
    void createUserWithToken_unknownScope_createsNobody() {
        assertThatThrownBy(() -> manager.createUserWithToken(TokenRequest.of(TokenScope.of("pstn"))))
                .isInstanceOf(InvalidRequestException.class);

        assertThat(service.users()).isEmpty();
    }

    @Test
    void getTokenForTeamsUser_mintedToken_isExchangedForOneThatLivesAsLong() {
        Instant expiry = NOW.plus(Duration.ofMinutes(75));
        String entraToken = service.teamsToken(CLIENT, OBJECT, expiry);

        AccessToken token = manager.getTokenForTeamsUser(new TeamsTokenRequest(entraToken, CLIENT, OBJECT));

        assertThat(token.expiresAt()).isEqualTo(expiry);
        assertThat(service.isAccepted(token)).isTrue();
        assertThat(Jwts.payload(token.value())).contains("\"skypeid\":\"orgid:" + OBJECT + "\"");
        clock.advanceTo(expiry);
        assertThat(service.isAccepted(token)).isFalse();
    }

    @Test
    void getTokenForTeamsUser_registeredTokenAndIdsInAnotherCase_isExchanged() {
        service.registerTeamsToken("entra", CLIENT, OBJECT, NOW.plusSeconds(3600));

        AccessToken token =
                manager.getTokenForTeamsUser(new TeamsTokenRequest("entra", CLIENT, OBJECT.toUpperCase(Locale.ROOT)));

        assertThat(service.isAccepted(token)).isTrue();
    }

    @Test
    void getTokenForTeamsUser_unknownOrExpiredToken_isRejected() {
        String entraToken = service.teamsToken(CLIENT, OBJECT, NOW.plusSeconds(60));
        clock.advance(Duration.ofSeconds(60));

        assertThatThrownBy(() -> manager.getTokenForTeamsUser(new TeamsTokenRequest(entraToken, CLIENT, OBJECT)))
                .isInstanceOf(TeamsTokenRejectedException.class);
        assertThatThrownBy(() -> manager.getTokenForTeamsUser(new TeamsTokenRequest("unknown", CLIENT, OBJECT)))
                .isInstanceOf(TeamsTokenRejectedException.class);
    }

    @Test
    void getTokenForTeamsUser_otherApplicationOrUser_isInvalid() {
        String entraToken = service.teamsToken(CLIENT, OBJECT, NOW.plusSeconds(3600));

        assertThatThrownBy(() -> manager.getTokenForTeamsUser(new TeamsTokenRequest(entraToken, OTHER, OBJECT)))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        failure -> assertThat(failure.target()).contains("appId"));
        assertThatThrownBy(() -> manager.getTokenForTeamsUser(new TeamsTokenRequest(entraToken, CLIENT, OTHER)))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        failure -> assertThat(failure.target()).contains("userId"));
    }

    @Test
    void async_withoutFaults_isDoneWhenItReturns() {
        AsyncIdentityManager async = manager.async();

        UserId user = async.createUser().join();
        AccessToken token = async.getToken(user, CHAT).join();

        assertThat(service.isAccepted(token)).isTrue();
        assertThat(async.createUserWithToken(CHAT)).isCompleted();
        assertThat(async.revokeTokens(user)).isCompleted();
        assertThat(service.isAccepted(token)).isFalse();
        assertThat(async.deleteUser(user)).isCompleted();
        assertThat(service.users()).doesNotContain(user);
    }

    @Test
    void async_failure_isNotWrapped() {
        UserId user = manager.createUser();
        manager.deleteUser(user);
        CompletableFuture<Throwable> seen = new CompletableFuture<>();

        CompletableFuture<AccessToken> future = manager.async().getToken(user, CHAT);
        CompletableFuture<AccessToken> unused = future.whenComplete((token, failure) -> seen.complete(failure));

        assertThat(seen.join()).isInstanceOf(UserNotFoundException.class);
        assertThat(unused).isCompletedExceptionally();
    }

    @Test
    void async_everyCall_hasAFutureOfItsOwn() {
        UserId user = manager.createUser();

        assertThat(manager.async().getToken(user, CHAT))
                .isNotSameAs(manager.async().getToken(user, CHAT));
    }

    @Test
    void close_everyMethod_throwsAfterwards() {
        UserId user = manager.createUser();
        AsyncIdentityManager async = manager.async();

        manager.close();
        manager.close();

        assertThatThrownBy(manager::createUser).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manager.getToken(user, CHAT)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manager.revokeTokens(user)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manager.deleteUser(user)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(async::createUser).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manager.async().createUser()).isInstanceOf(IllegalStateException.class);
        assertThat(FakeIdentityManager.on(service).createUser()).isNotEqualTo(user);
    }

    @Test
    void on_resourceOfAnotherService_isRefused() {
        FakeResource foreign = FakeIdentityService.create().resource();

        assertThatThrownBy(() -> FakeIdentityManager.on(service, foreign)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void builder_seedAndResource_determineIdsAndKeys() {
        String resource = "AAAAAAAA-0000-4000-8000-000000000001";
        FakeIdentityManager first =
                FakeIdentityManager.builder().seed(1).resource(resource).build();
        FakeIdentityManager second =
                FakeIdentityManager.builder().seed(1).resource(resource).build();
        FakeIdentityManager other =
                FakeIdentityManager.builder().seed(2).resource(resource).build();

        UserId user = first.createUser();

        assertThat(user.resourceId()).isEqualTo("aaaaaaaa-0000-4000-8000-000000000001");
        assertThat(second.createUser()).isEqualTo(user);
        assertThat(second.createUser()).isNotEqualTo(user);
        assertThat(other.createUser()).isNotEqualTo(user);
        assertThat(second.service().resource().connectionString())
                .isEqualTo(first.service().resource().connectionString())
                .isNotEqualTo(other.service().resource().connectionString());
    }

    @Test
    void builder_eachBuild_hasAServiceOfItsOwnOnTheGivenClock() {
        FakeIdentityManager.Builder builder = FakeIdentityManager.builder().clock(clock);
        FakeIdentityManager first = builder.build();
        FakeIdentityManager second = builder.build();

        first.createUser();

        assertThat(first.service().clock()).isSameAs(clock);
        assertThat(second.service().users()).isEmpty();
    }

    private static void isForeign(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        UserNotFoundException.class,
                        e -> assertThat(e.isForeignResource()).isTrue());
        assertThat(((IdentityException) failure).httpStatus()).hasValue(401);
    }
}
