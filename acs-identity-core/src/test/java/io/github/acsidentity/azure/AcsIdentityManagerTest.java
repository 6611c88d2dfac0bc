/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.util.ClientOptions;
import com.azure.core.util.Header;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.Samples;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class AcsIdentityManagerTest {

    private static final AccessToken TOKEN = new AccessToken(Wire.TOKEN, Instant.parse("2026-03-03T09:05:07.1234567Z"));

    @RegisterExtension
    static final Wire wire = new Wire();

    @ParameterizedTest
    @EnumSource
    void everyOperation_blockingAndAsync_returnsWhatTheServiceAnswers(IdentityOperation operation) {
        wire.answer(Wire.success(operation));
        AcsIdentityManager manager = wire.manager();

        assertThat(Samples.call(manager, operation)).isEqualTo(answer(operation));
        assertThat(Samples.start(manager.async(), operation))
                .succeedsWithin(10, TimeUnit.SECONDS)
                .isEqualTo(answer(operation));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE_USER | POST | /identities | {}",
                "CREATE_USER_WITH_TOKEN | POST | /identities | {\"createTokenWithScopes\":[\"voip\"]}",
                "GET_TOKEN | POST | /identities/USER/:issueAccessToken | {\"scopes\":[\"voip\"]}",
                "GET_TOKEN_FOR_TEAMS_USER | POST | /teamsUser/:exchangeAccessToken | TEAMS",
                "REVOKE_TOKENS | POST | /identities/USER/:revokeAccessTokens | ''",
                "DELETE_USER | DELETE | /identities/USER | ''"
            })
    void everyOperation_sendsWhatTheServiceSpecifies(
            IdentityOperation operation, String method, String path, String body) {
        String teamsBody = "{\"token\":\"sample-entra-token\",\"appId\":\"11111111-2222-4333-8444-555566667777\","
                + "\"userId\":\"99999999-8888-4777-8666-555544443333\"}";
        wire.answer(Wire.success(operation));

        Samples.call(wire.manager(), operation);

        LoggedRequest request = wire.requests().get(0);
        assertThat(request.getMethod()).isEqualTo(RequestMethod.fromString(method));
        assertThat(request.getUrl()).isEqualTo(path.replace("USER", Samples.USER.rawId()) + "?api-version=2022-10-01");
        assertThat(request.getBodyAsString()).isEqualTo(body.equals("TEAMS") ? teamsBody : body);
        assertThat(request.getHeader("x-ms-client-request-id")).isNotBlank();
        assertThat(request.getHeader("User-Agent")).contains("azsdk-java-azure-communication-identity");
    }

    @ParameterizedTest
    @EnumSource
    void everyOperation_isSignedWithTheAccessKey(IdentityOperation operation) throws Exception {
        wire.answer(Wire.success(operation));

        Samples.call(wire.manager(), operation);

        LoggedRequest request = wire.requests().get(0);
        assertThat(request.getHeader("x-ms-content-sha256")).isEqualTo(Signature.contentHash(request));
        assertThat(request.getHeader("Authorization")).isEqualTo(Signature.authorization(Wire.ACCESS_KEY, request));
    }

    @Test
    void getToken_withValidity_asksForWholeMinutes() {
        wire.answer(Wire.success(IdentityOperation.GET_TOKEN));
        TokenRequest request = TokenRequest.of(TokenScope.VOIP, TokenScope.CHAT).withValidity(Duration.ofMinutes(90));

        wire.manager().getToken(Samples.USER, request);

        assertThat(lastBody()).isEqualTo("{\"scopes\":[\"chat\",\"voip\"],\"expiresInMinutes\":90}");
    }

    @Test
    void createUserWithToken_withValidity_asksForWholeMinutes() {
        wire.answer(Wire.success(IdentityOperation.CREATE_USER_WITH_TOKEN));

        wire.manager().createUserWithToken(Samples.REQUEST.withValidity(Duration.ofHours(24)));

        assertThat(lastBody()).isEqualTo("{\"createTokenWithScopes\":[\"voip\"],\"expiresInMinutes\":1440}");
    }

    @ParameterizedTest
    @CsvSource({
        "chat, 2022-10-01",
        "voip, 2022-10-01",
        "later.scope, 2022-10-01",
        "chat.join, 2023-10-01",
        "chat.join.limited, 2023-10-01",
        "voip.join, 2023-10-01"
    })
    void aScope_isAskedForUnderAnApiVersionThatKnowsItAndSignedSo(String scope, String version) throws Exception {
        TokenRequest request = TokenRequest.of(TokenScope.of(scope), TokenScope.CHAT);
        AcsIdentityManager manager = wire.manager();

        wire.answer(Wire.success(IdentityOperation.GET_TOKEN));
        manager.getToken(Samples.USER, request);
        wire.answer(Wire.success(IdentityOperation.CREATE_USER_WITH_TOKEN));
        manager.createUserWithToken(request);

        for (LoggedRequest sent : wire.requests()) {
            assertThat(sent.getUrl()).endsWith("?api-version=" + version);
            assertThat(sent.getBodyAsString()).contains("\"" + scope + "\"");
            assertThat(sent.getHeader("Authorization")).isEqualTo(Signature.authorization(Wire.ACCESS_KEY, sent));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-03T09:05:07.1234567+00:00, 2026-03-03T09:05:07.123456700Z",
        "2026-03-03T09:05:07Z, 2026-03-03T09:05:07Z",
        "2026-03-03T09:05:07.12+00:00, 2026-03-03T09:05:07.120Z",
        "2026-03-03T10:05:07+01:00, 2026-03-03T09:05:07Z",
        "2000-01-01T00:00:00Z, 2000-01-01T00:00:00Z"
    })
    void expiresOn_isReadInEveryFormOfTheService(String wireForm, Instant expiry) {
        wire.answer(Wire.json(200, "{\"token\":\"t\",\"expiresOn\":\"" + wireForm + "\",\"later\":{\"field\":[1]}}"));

        assertThat(wire.manager().getToken(Samples.USER, Samples.REQUEST)).isEqualTo(new AccessToken("t", expiry));
    }

    @ParameterizedTest
    @EnumSource
    void everyCall_returnsAFutureOfItsOwn(IdentityOperation operation) {
        wire.answer(Wire.success(operation));
        AsyncIdentityManager async = wire.manager().async();
        CompletableFuture<?> poisoned = Samples.start(async, operation);
        poisoned.join();

        poisoned.obtrudeException(new IllegalStateException("poisoned"));

        assertThat(Samples.start(async, operation).join()).isEqualTo(answer(operation));
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullArgument_isThrownAtTheCallOnBothPaths() {
        AcsIdentityManager manager = wire.manager();

        assertThatNullPointerException()
                .isThrownBy(() -> manager.getToken(null, Samples.REQUEST))
                .withMessage("user");
        assertThatNullPointerException()
                .isThrownBy(() -> manager.getToken(Samples.USER, null))
                .withMessage("request");
        assertThatNullPointerException()
                .isThrownBy(() -> manager.createUserWithToken(null))
                .withMessage("request");
        assertThatNullPointerException()
                .isThrownBy(() -> manager.getTokenForTeamsUser(null))
                .withMessage("request");
        assertThatNullPointerException()
                .isThrownBy(() -> manager.revokeTokens(null))
                .withMessage("user");
        assertThatNullPointerException()
                .isThrownBy(() -> manager.deleteUser(null))
                .withMessage("user");
        assertThatNullPointerException()
                .isThrownBy(() -> manager.async().getToken(null, Samples.REQUEST))
                .withMessage("user");
        assertThatNullPointerException()
                .isThrownBy(() -> manager.async().getToken(Samples.USER, null))
                .withMessage("request");
        assertThatNullPointerException()
                .isThrownBy(() -> manager.async().createUserWithToken(null))
                .withMessage("request");
        assertThatNullPointerException()
                .isThrownBy(() -> manager.async().getTokenForTeamsUser(null))
                .withMessage("request");
        assertThatNullPointerException()
                .isThrownBy(() -> manager.async().revokeTokens(null))
                .withMessage("user");
        assertThatNullPointerException()
                .isThrownBy(() -> manager.async().deleteUser(null))
                .withMessage("user");
        assertThat(wire.requests()).isEmpty();
    }

    @Test
    void aPolicy_thatWasAdded_seesEveryAttemptAfterTheSignature() {
        AtomicInteger attempts = new AtomicInteger();
        HttpPipelinePolicy policy = (context, next) -> {
            assertThat(context.getHttpRequest().getHeaders().getValue(HttpHeaderName.AUTHORIZATION))
                    .startsWith("HMAC-SHA256");
            attempts.incrementAndGet();
            return next.process();
        };
        wire.answers(aResponse().withStatus(503), aResponse().withStatus(204));

        wire.manager(builder ->
                        builder.accessKey(Wire.ACCESS_KEY).addPolicy(policy).maximumRetries(1))
                .deleteUser(Samples.USER);

        assertThat(attempts).hasValue(2);
    }

    @Test
    void clientOptions_reachTheWire() {
        wire.answer(Wire.success(IdentityOperation.CREATE_USER));
        ClientOptions options = new ClientOptions()
                .setApplicationId("my-service")
                .setHeaders(List.of(new Header("x-my-header", "mine")));

        wire.manager(builder -> builder.accessKey(Wire.ACCESS_KEY).clientOptions(options))
                .createUser();

        assertThat(wire.requests().get(0).getHeader("User-Agent")).startsWith("my-service ");
        assertThat(wire.requests().get(0).getHeader("x-my-header")).isEqualTo("mine");
    }

    @Test
    void aConnectionString_isAllThatIsNeededBesidesTheTransport() {
        wire.answer(Wire.success(IdentityOperation.CREATE_USER));
        String connectionString = "endpoint=" + wire.endpoint() + "/;accesskey=" + Wire.ACCESS_KEY;

        try (AcsIdentityManager manager = wire.builder()
                .connectionString(connectionString)
                .httpClient(Transports.fresh())
                .build()) {
            UserId user = manager.createUser();

            assertThat(user).isEqualTo(Samples.USER);
        }
        assertThat(wire.requests()).hasSize(1);
    }

    private static @Nullable Object answer(IdentityOperation operation) {
        return switch (operation) {
            case CREATE_USER -> Samples.USER;
            case CREATE_USER_WITH_TOKEN -> new UserWithToken(Samples.USER, TOKEN);
            case GET_TOKEN, GET_TOKEN_FOR_TEAMS_USER -> TOKEN;
            case REVOKE_TOKENS, DELETE_USER -> null;
        };
    }

    private static String lastBody() {
        return wire.requests().get(wire.requests().size() - 1).getBodyAsString();
    }
}
