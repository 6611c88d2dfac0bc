/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.communication.common.CommunicationUserIdentifier;
import com.azure.communication.identity.CommunicationIdentityAsyncClient;
import com.azure.communication.identity.CommunicationIdentityClient;
import com.azure.communication.identity.CommunicationIdentityClientBuilder;
import com.azure.communication.identity.models.CommunicationTokenScope;
import com.azure.communication.identity.models.CommunicationUserIdentifierAndToken;
import com.azure.communication.identity.models.GetTokenForTeamsUserOptions;
import com.azure.core.credential.AccessToken;
import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.util.Context;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.FakeResource;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.RecordedCall;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The official client, unmodified, on the in-process transport. */
class OfficialClientTest {

    private static final List<CommunicationTokenScope> CHAT = List.of(CommunicationTokenScope.CHAT);
    private static final String CLIENT = "11111111-1111-4111-8111-111111111111";
    private static final String OBJECT = "22222222-2222-4222-8222-222222222222";

    private final FakeIdentityService service = FakeIdentityService.create();
    private final CommunicationIdentityClient client =
            builder(service.resource()).buildClient();
    private final CommunicationIdentityAsyncClient async =
            builder(service.resource()).buildAsyncClient();

    @Test
    void createUser_sync_createsAUser() {
        var response = client.createUserWithResponse(Context.NONE);

        assertThat(response.getStatusCode()).isEqualTo(201);
        assertThat(service.users())
                .containsExactly(new UserId(response.getValue().getId()));
    }

    @Test
    void createUser_async_createsAUser() {
        CommunicationUserIdentifier user = async.createUser().block();

        assertThat(user).isNotNull();
        assertThat(service.users()).containsExactly(new UserId(user.getId()));
    }

    @ParameterizedTest
    @CsvSource({"60", "1440"})
    void createUserAndToken_withAValidity_issuesATokenThatLivesThatLong(int minutes) {
        CommunicationUserIdentifierAndToken created = client.createUserAndToken(CHAT, Duration.ofMinutes(minutes));

        assertThat(service.isAccepted(created.getUserToken().getToken())).isTrue();
        assertLives(created.getUserToken(), Duration.ofMinutes(minutes));
    }

    @Test
    void createUserAndToken_async_issuesAToken() {
        CommunicationUserIdentifierAndToken created = async.createUserAndToken(
                        List.of(CommunicationTokenScope.CHAT, CommunicationTokenScope.VOIP))
                .block();

        assertThat(created).isNotNull();
        assertThat(service.isAccepted(created.getUserToken().getToken())).isTrue();
        assertLives(created.getUserToken(), Duration.ofHours(24));
    }

    @Test
    void getToken_syncAndAsync_issueTokens() {
        CommunicationUserIdentifier user = client.createUser();

        var sync = client.getTokenWithResponse(user, CHAT, Duration.ofHours(2), Context.NONE);
        AccessToken other = async.getToken(user, List.of(CommunicationTokenScope.fromString("voip.join")))
                .block();

        assertThat(sync.getStatusCode()).isEqualTo(200);
        assertLives(sync.getValue(), Duration.ofHours(2));
        assertThat(service.isAccepted(sync.getValue().getToken())).isTrue();
        assertThat(other).isNotNull();
        assertThat(service.isAccepted(other.getToken())).isTrue();
    }

    @Test
    void revokeTokens_syncAndAsync_endTokens() {
        CommunicationUserIdentifier user = client.createUser();
        String first = client.getToken(user, CHAT).getToken();

        assertThat(client.revokeTokensWithResponse(user, Context.NONE).getStatusCode())
                .isEqualTo(204);
        String second = client.getToken(user, CHAT).getToken();
        assertThat(service.isAccepted(first)).isFalse();
        assertThat(service.isAccepted(second)).isTrue();

        async.revokeTokens(user).block();
        assertThat(service.isAccepted(second)).isFalse();
    }

    @Test
    void deleteUser_syncAndAsync_deleteUsers() {
        CommunicationUserIdentifier first = client.createUser();
        CommunicationUserIdentifier second = client.createUser();

        assertThat(client.deleteUserWithResponse(first, Context.NONE).getStatusCode())
                .isEqualTo(204);
        async.deleteUser(second).block();

        assertThat(service.users()).isEmpty();
    }

    @Test
    void getTokenForTeamsUser_syncAndAsync_exchangeTokens() {
        Instant expiry = service.clock().instant().plusSeconds(3600);
        String entraToken = service.teamsToken(CLIENT, OBJECT, expiry);
        GetTokenForTeamsUserOptions options = new GetTokenForTeamsUserOptions(entraToken, CLIENT, OBJECT);

        AccessToken sync = client.getTokenForTeamsUser(options);
        AccessToken other = async.getTokenForTeamsUser(options).block();

        assertThat(service.isAccepted(sync.getToken())).isTrue();
        assertThat(sync.getExpiresAt())
                .isEqualTo(Instant.ofEpochMilli(expiry.toEpochMilli()).atOffset(ZoneOffset.UTC));
        assertThat(other).isNotNull();
        assertThat(service.isAccepted(other.getToken())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {59, 1441, -60})
    void getToken_validityOutOfRange_is400(long minutes) {
        CommunicationUserIdentifier user = client.createUser();

        assertFails(() -> client.getToken(user, CHAT, Duration.ofMinutes(minutes)), 400, "ExpiresInMinutes");
        assertFails(
                () -> async.getToken(user, CHAT, Duration.ofMinutes(minutes)).block(), 400, "ExpiresInMinutes");
        assertFails(() -> client.createUserAndToken(CHAT, Duration.ofMinutes(minutes)), 400, "ExpiresInMinutes");
    }

    @Test
    void getToken_noScopes_is400() {
        CommunicationUserIdentifier user = client.createUser();

        assertFails(() -> client.getToken(user, List.of()), 400, "\"target\":\"scopes\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8:acs:00000000-0000-0000-0000-000000000000_00000000-0000-0000-0000-000000000000",
                "8:acs:not/an id%?é",
                "8:orgid:22222222-2222-4222-8222-222222222222"
            })
    void anyOperation_foreignOrMalformedUser_is401(String id) {
        CommunicationUserIdentifier foreign = new CommunicationUserIdentifier(id);

        assertFails(() -> client.getToken(foreign, CHAT), 401, "IdentityNotOwned");
        assertFails(() -> client.revokeTokens(foreign), 401, "IdentityNotOwned");
        assertFails(() -> client.deleteUser(foreign), 401, "IdentityNotOwned");
        assertFails(() -> async.deleteUser(foreign).block(), 401, "IdentityNotOwned");
    }

    @Test
    void getToken_deletedUser_is404() {
        CommunicationUserIdentifier user = client.createUser();
        client.deleteUser(user);

        assertFails(() -> client.getToken(user, CHAT), 404, "IdentityNotFound");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null    | ID  | ID  | 400 | token",
                "''      | ID  | ID  | 401 | InvalidAccessToken",
                "invalid | ID  | ID  | 401 | InvalidAccessToken",
                "valid   | ''  | ID  | 400 | AppId",
                "valid   | null| ID  | 400 | appId",
                "valid   | x   | ID  | 400 | appId",
                "valid   | ID  | ''  | 400 | UserId",
                "valid   | ID  | null| 400 | userId",
                "valid   | ID  | x   | 400 | userId",
            })
    void getTokenForTeamsUser_badArgument_isRefused(String token, String app, String user, int status, String body) {
        service.registerTeamsToken(
                "valid", CLIENT, OBJECT, service.clock().instant().plusSeconds(3600));
        GetTokenForTeamsUserOptions options = new GetTokenForTeamsUserOptions(
                token, "ID".equals(app) ? CLIENT : app, "ID".equals(user) ? OBJECT : user);

        assertFails(() -> client.getTokenForTeamsUser(options), status, body);
        assertFails(() -> async.getTokenForTeamsUser(options).block(), status, body);
    }

    @Test
    void clockOfTheServiceMoved24Hours_everyCallStillSucceeds() {
        CommunicationUserIdentifier user = client.createUser();
        AccessToken old = client.getToken(user, CHAT);

        service.clock().advance(Duration.ofHours(24));

        assertThat(service.isAccepted(old.getToken())).isFalse();
        AccessToken fresh = client.getToken(user, CHAT);
        assertThat(service.isAccepted(fresh.getToken())).isTrue();
        assertThat(Duration.between(old.getExpiresAt(), fresh.getExpiresAt()))
                .isGreaterThanOrEqualTo(Duration.ofHours(24));
        client.revokeTokens(user);
        client.deleteUser(user);
        assertThat(client.createUserAndToken(CHAT).getUser()).isNotEqualTo(user);
    }

    @Test
    void regeneratedKey_is401UntilTheCredentialIsUpdated() {
        FakeResource resource = service.resource();
        AzureKeyCredential credential = new AzureKeyCredential(resource.primaryKey());
        CommunicationIdentityClient rotating = new CommunicationIdentityClientBuilder()
                .endpoint(resource.endpoint())
                .credential(credential)
                .httpClient(InProcessHttpClient.on(service))
                .buildClient();
        resource.regeneratePrimaryKey();

        assertFails(rotating::createUser, 401, "Denied");
        credential.update(resource.primaryKey());

        assertThat(rotating.createUser().getId()).contains(resource.id());
    }

    @Test
    void tokenCredential_isAcceptedAndCanBeChecked() {
        CommunicationIdentityClientBuilder builder = new CommunicationIdentityClientBuilder()
                .endpoint(service.resource().endpoint())
                .credential(request -> Mono.just(new AccessToken("opaque", OffsetDateTime.MAX)));

        CommunicationIdentityClient accepted =
                builder.httpClient(InProcessHttpClient.on(service)).buildClient();
        assertThat(accepted.createUser().getId()).contains(service.resource().id());

        CommunicationIdentityClient checked = builder.httpClient(InProcessHttpClient.builder(service)
                        .checkBearerTokens(true, true)
                        .build())
                .buildClient();
        assertFails(checked::createUser, 401, "bearer token");
    }

    @Test
    void eachResource_isFoundByItsEndpoint() {
        FakeResource other = service.addResource();

        CommunicationUserIdentifier user = builder(other).buildClient().createUser();

        assertThat(user.getId()).startsWith("8:acs:" + other.id());
        assertFails(() -> client.getToken(user, CHAT), 401, "IdentityNotOwned");
    }

    @Test
    void lostAnswer_isRetriedByTheClientAndLeavesAnOrphan() {
        service.faults().on().next(Fault.lostAnswer());

        client.createUser();

        assertThat(service.users()).hasSize(2);
        assertThat(service.calls(IdentityOperation.CREATE_USER))
                .extracting(RecordedCall::requestId)
                .doesNotContainNull()
                .containsOnly(service.calls().get(0).requestId());
    }

    @Test
    void throttled_isRetriedAfterThePauseThatTheServiceAsksFor() {
        service.faults()
                .on()
                .next(Fault.status(429).withErrorCode("TooManyRequests").withRetryAfter(Duration.ZERO));

        assertThat(client.createUser()).isNotNull();

        assertThat(service.calls()).extracting(call -> call.status().getAsInt()).containsExactly(429, 201);
    }

    @Test
    void drop_everyTime_reachesTheCallerAsAnIoException() {
        service.faults().on().times(100, Fault.drop());

        assertThatThrownBy(() -> async.createUser().block()).hasRootCauseInstanceOf(IOException.class);
        assertThatThrownBy(client::createUser).hasRootCauseInstanceOf(IOException.class);
        assertThat(service.users()).isEmpty();
    }

    @Test
    void hang_canBeTimedOut() {
        service.faults().on().next(Fault.hang());

        assertThatThrownBy(() -> async.createUser().block(Duration.ofMillis(50)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(async.createUser().block()).isNotNull();
    }

    @Test
    void dateBeyondTheSkew_is401() {
        CommunicationIdentityClient late = new CommunicationIdentityClientBuilder()
                .connectionString(service.resource().connectionString())
                .httpClient(InProcessHttpClient.builder(service)
                        .transportTime(MutableClock.startingAt(Instant.EPOCH))
                        .maximumDateSkew(Duration.ofMinutes(1))
                        .build())
                .buildClient();

        assertFails(late::createUser, 401, "more than 60 seconds");
    }

    @Test
    void async_onAReactorThread_works() {
        CommunicationUserIdentifier user =
                async.createUser().subscribeOn(Schedulers.parallel()).block();

        assertThat(user).isNotNull();
    }

    private CommunicationIdentityClientBuilder builder(FakeResource resource) {
        return new CommunicationIdentityClientBuilder()
                .connectionString(resource.connectionString())
                .retryOptions(new RetryOptions(new FixedDelayOptions(2, Duration.ofMillis(1))))
                .httpClient(InProcessHttpClient.on(service));
    }

    private static void assertLives(AccessToken token, Duration lifetime) {
        assertThat(Duration.between(OffsetDateTime.now(ZoneOffset.UTC), token.getExpiresAt()))
                .isBetween(lifetime.minusMinutes(1), lifetime);
    }

    private static void assertFails(Runnable call, int status, String body) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(HttpResponseException.class, failure -> {
            assertThat(failure.getResponse().getStatusCode()).isEqualTo(status);
            assertThat(failure.getResponse().getBodyAsString().block()).contains(body);
        });
    }
}
