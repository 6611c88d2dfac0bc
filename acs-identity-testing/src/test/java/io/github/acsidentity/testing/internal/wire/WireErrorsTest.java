/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import static io.github.acsidentity.testing.internal.wire.WireFixture.VERSION;
import static io.github.acsidentity.testing.internal.wire.WireFixture.code;
import static io.github.acsidentity.testing.internal.wire.WireFixture.headers;
import static io.github.acsidentity.testing.internal.wire.WireFixture.issue;
import static io.github.acsidentity.testing.internal.wire.WireFixture.message;
import static io.github.acsidentity.testing.internal.wire.WireFixture.revoke;
import static io.github.acsidentity.testing.internal.wire.WireFixture.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.testing.AssumedBehaviour;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.Faults;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors in more variants than the table of {@link ProtocolTest} has, and those that the fake makes on its own. */
class WireErrorsTest {

    private static final String FOREIGN =
            "8:acs:00000000-0000-0000-0000-000000000000_00000000-0000-0000-0000-000000000000";

    private final WireFixture wire = new WireFixture();

    @ParameterizedTest
    @ValueSource(ints = {59, 1441, 0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void validityOutOfRange_onCreateAndIssue_isInvalid(int minutes) {
        WireResponse create = wire.answer(TestRequest.post("/identities?" + VERSION)
                .body("{\"createTokenWithScopes\":[\"chat\"],\"expiresInMinutes\":" + minutes + "}"));
        WireResponse issue = wire.answer(TestRequest.post(issue(wire.newUser().rawId()))
                .body("{\"scopes\":[\"chat\"],\"expiresInMinutes\":" + minutes + "}"));

        assertError(create, 400, "ValidationError", "ExpiresInMinutes", true);
        assertError(issue, 400, "ValidationError", "ExpiresInMinutes", true);
        assertThat(message(create)).contains("ExpiresInMinutes", "" + minutes, "[60, 1440]");
        assertThat(wire.service.users()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pstn", "", "Chat", "chat,voip", "chat\\u0000"})
    void unknownScope_isInvalid(String scope) {
        WireResponse response = wire.answer(
                TestRequest.post("/identities?" + VERSION).body("{\"createTokenWithScopes\":[\"" + scope + "\"]}"));

        assertError(response, 400, "ValidationError", "scopes", true);
        assertThat(wire.service.users()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FOREIGN,
                "8:orgid:22222222-2222-4222-8222-222222222222",
                "garbage",
                "8%3Aacs%3A..%2F..",
                "%20",
                "8:acs:%D0%AF_1"
            })
    void foreignOrMalformedUser_onIssueRevokeAndDelete_isNotOwned(String user) {
        WireResponse issue = wire.answer(TestRequest.post(issue(user)).body("{\"scopes\":[\"chat\"]}"));
        WireResponse revoke = wire.answer(TestRequest.post(revoke(user)));
        WireResponse delete = wire.answer(TestRequest.of("DELETE", "/identities/" + user + "?" + VERSION));

        assertError(issue, 401, "IdentityNotOwned", "", true);
        assertError(revoke, 401, "IdentityNotOwned", "", true);
        assertError(delete, 401, "IdentityNotOwned", "", true);
        assertThat(wire.service.calls()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "/identities, 2023-10-02, 2023-10-01",
        "/identities, 2024-01-01, 2023-10-01",
        "/identities, 2024-12-31, 2025-03-02-preview",
        "/identities, 2022-09-30, 2022-10-01",
        "/identities, 2022-10-01-preview, 2022-10-01",
        "/identities, 2099-99-99, 2026-09-23",
        "/identities, 1999-01-01, 2021-02-22-preview1",
        "/teamsUser/:exchangeAccessToken, 2021-03-07, 2022-06-01",
        "/teamsUser/:exchangeAccessToken, 1999-01-01, 2022-06-01",
        "/teamsUser/:exchangeAccessToken, 2023-03-01, 2022-10-01",
    })
    void apiVersion_unknown_namesTheNearestByDate(String path, String version, String nearest) {
        WireResponse response = wire.answer(TestRequest.post(path + "?api-version=" + version));

        assertError(response, 400, "UnsupportedApiVersion", "", true);
        assertThat(message(response)).contains("'" + version + "'").endsWith("is '" + nearest + "'.");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /identities, 2020-07-20-preview2, 2021-02-22-preview1",
        "DELETE, /identities/8:acs:a_b, 2020-07-20-preview2, 2021-02-22-preview1",
        "POST, /teamsUser/:exchangeAccessToken, 2021-03-31-preview1, 2022-06-01",
        "POST, /teamsUser/:exchangeAccessToken, 2021-10-31-preview, 2022-06-01",
        "POST, /teamsUser/:exchangeAccessToken, 2021-11-01, 2022-06-01",
    })
    void apiVersion_thatTheServiceHasAndTheFakeLacks_isNotImplemented(
            String method, String path, String version, String nearest) {
        WireResponse response = wire.answer(TestRequest.of(method, path + "?api-version=" + version));

        assertError(response, 501, "NotSupportedByFake", "", false);
        assertThat(message(response)).contains(method, "'" + version + "'").contains("'" + nearest + "'");
    }

    @Test
    void apiVersion_givenTwiceTheSame_isAccepted() {
        assertThat(wire.answer(TestRequest.post("/identities?" + VERSION + "&Api-Version=2022-10-01"))
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "\"text\"",
                "1",
                "{\"createTokenWithScopes\":[\"chat\"],}",
                "{\"a\":1,\"a\":2}",
                "{'a':1}"
            })
    void malformedJson_isInvalid(String json) {
        WireResponse response =
                wire.answer(TestRequest.post("/identities?" + VERSION).body(json));

        assertError(response, 400, "ValidationError", "", false);
        assertThat(wire.service.users()).isEmpty();
        assertThat(wire.service.callCount(IdentityOperation.CREATE_USER)).isEqualTo(1);
    }

    @Test
    void malformedUtf8AndDeepNesting_areInvalid() {
        assertError(
                wire.answer(TestRequest.post("/identities?" + VERSION).body(new byte[] {'"', (byte) 0xFF, '"'})),
                400,
                "ValidationError",
                "",
                false);
        assertError(
                wire.answer(TestRequest.post("/identities?" + VERSION).body("[".repeat(100_000))),
                400,
                "ValidationError",
                "",
                false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"createTokenWithScopes\":\"chat\"}                              | CreateTokenWithScopes",
                "{\"createTokenWithScopes\":{}}                                    | CreateTokenWithScopes",
                "{\"createTokenWithScopes\":[null]}                                | CreateTokenWithScopes",
                "{\"createTokenWithScopes\":[1]}                                   | CreateTokenWithScopes",
                "{\"createTokenWithScopes\":[\"chat\"],\"expiresInMinutes\":\"60\"}| ExpiresInMinutes",
                "{\"createTokenWithScopes\":[\"chat\"],\"expiresInMinutes\":60.5}  | ExpiresInMinutes",
                "{\"createTokenWithScopes\":[\"chat\"],\"expiresInMinutes\":1e2}   | ExpiresInMinutes",
                "{\"createTokenWithScopes\":[\"chat\"],\"expiresInMinutes\":2147483648}| ExpiresInMinutes",
                "{\"createTokenWithScopes\":[\"chat\"],\"expiresInMinutes\":true}  | ExpiresInMinutes",
            })
    void fieldOfTheWrongType_isInvalidForTheFramework(String json, String target) {
        WireResponse response =
                wire.answer(TestRequest.post("/identities?" + VERSION).body(json));

        assertError(response, 400, "ValidationError", target, false);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /identity?api-version=2022-10-01, POST /identities",
        "POST, /, POST /identities",
        "POST, //identities?api-version=2022-10-01, POST /identities",
        "POST, /some/path/identities?api-version=2022-10-01, POST /identities",
        "POST, /identities/8:acs:a_b/:issueAccessTokens, POST /identities/{id}/:issueAccessToken",
        "POST, /identities/8:acs:a_b:issueAccessToken/x/y, POST /identities/{id}/:issueAccessToken",
        "POST, /identities/8:acs:a%2F:issueAccessToken/x, POST /identities/{id}/:issueAccessToken",
        "POST, /teamsUser/exchangeAccessToken, POST /teamsUser/:exchangeAccessToken",
        "POST, /identities//:revokeAccessTokens, POST /identities/{id}/:revokeAccessTokens",
    })
    void unknownRoute_isNotFoundAndNamesTheNearest(String method, String target, String nearest) {
        WireResponse response = wire.answer(TestRequest.of(method, target));

        assertError(response, 404, "RouteNotFound", "", false);
        assertThat(message(response)).endsWith("The nearest route is " + nearest + ".");
        assertThat(wire.service.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /identities, POST",
        "PUT, /identities/8:acs:a_b, 'DELETE, GET, PATCH'",
        "GET, /identities/8:acs:a_b/:issueAccessToken, POST",
        "DELETE, /teamsUser/:exchangeAccessToken, POST",
        "post, /identities, POST",
    })
    void wrongMethod_isNotAllowedAndNamesTheRightOnes(String method, String path, String allow) {
        WireResponse response = wire.answer(TestRequest.of(method, path + "?" + VERSION));

        assertError(response, 405, "MethodNotAllowed", "", false);
        assertThat(headers(response, "Allow")).containsExactly(allow);
    }

    @Test
    void malformedPercentEncoding_isRefused() {
        assertError(wire.answer(TestRequest.post("/identities/%zz/:issueAccessToken")), 400, "InvalidUri", "", false);
    }

    @Test
    void injectedThrottling_hasCodeAndWholeSeconds() {
        wire.service
                .faults()
                .on()
                .next(Fault.status(429).withErrorCode("TooManyRequests").withRetryAfter(Duration.ofMillis(2001)));

        WireResponse response = wire.answer(TestRequest.post("/identities?" + VERSION));

        assertError(response, 429, "TooManyRequests", "", false);
        assertThat(headers(response, "Retry-After")).containsExactly("3");
    }

    @Test
    void injectedStatus_withoutACode_hasNoBody() {
        wire.service.faults().on().next(Fault.status(503));

        WireResponse response = wire.answer(TestRequest.post("/identities?" + VERSION));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void injectedDropHangAndLatency_areForTheDoorToCarryOut() {
        wire.service.faults().on().next(Fault.drop());
        wire.service.faults().on().next(Fault.lostAnswer());
        wire.service.faults().on().next(Fault.hang());
        wire.service.faults().on().next(Fault.latency(Duration.ofSeconds(5)));
        WireRequest request = TestRequest.post("/identities?" + VERSION).signedBy(wire.resource);

        assertThat(wire.protocol.handle(request).outcome()).isEqualTo(new WireOutcome.Drop());
        assertThat(wire.service.users()).isEmpty();
        assertThat(wire.protocol.handle(request).outcome()).isEqualTo(new WireOutcome.Drop());
        assertThat(wire.service.users()).hasSize(1);
        assertThat(wire.protocol.handle(request).outcome()).isInstanceOf(WireOutcome.Hang.class);
        WireProtocol.Handled late = wire.protocol.handle(request);
        assertThat(late.outcome()).isInstanceOf(WireOutcome.Answer.class);
        assertThat(late.delay()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void injectedHang_takenBack_isReleasedAndOthersAreNot() {
        WireRequest create = TestRequest.post("/identities?" + VERSION).signedBy(wire.resource);
        Faults.Rule usedUp = wire.service.faults().on().next(Fault.hang());
        CompletableFuture<?> first = hang(create);
        Faults.Rule always = wire.service.faults().on().always(Fault.hang());
        CompletableFuture<?> second = hang(create);

        usedUp.remove();
        assertThat(first).isDone();
        assertThat(second).isNotDone();
        always.remove();
        assertThat(second).isDone();
    }

    @Test
    void injectedHang_allFaultsCleared_isReleasedThoughItsRuleIsUsedUp() {
        WireRequest create = TestRequest.post("/identities?" + VERSION).signedBy(wire.resource);
        wire.service.faults().on().next(Fault.hang());
        CompletableFuture<?> release = hang(create);

        wire.service.faults().clear();

        assertThat(release).isDone();
    }

    private CompletableFuture<?> hang(WireRequest request) {
        return ((WireOutcome.Hang) wire.protocol.handle(request).outcome()).release();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MALFORMED_USER_ID_IS_NOT_FOUND       | 2022-10-01 | id    | {\"scopes\":[\"chat\"]}      | 404",
                "MALFORMED_USER_ID_IS_INVALID         | 2022-10-01 | id    | {\"scopes\":[\"chat\"]}      | 400",
                "CREATION_WITH_EMPTY_SCOPES_IS_INVALID| 2022-10-01 |       | {\"createTokenWithScopes\":[]}| 400",
                "JOIN_SCOPE_IN_OLD_VERSION_IS_INVALID | 2022-10-01 |       | {\"createTokenWithScopes\":[\"voip.join\"]}| 400",
                "JOIN_SCOPE_IN_OLD_VERSION_IS_INVALID | 2023-10-01 |       | {\"createTokenWithScopes\":[\"voip.join\"]}| 201",
                "VALIDITY_IN_OLD_VERSION_IS_IGNORED   | 2021-03-07 |       | {\"expiresInMinutes\":5}     | 201",
                "VALIDITY_IN_OLD_VERSION_IS_INVALID   | 2021-03-07 |       | {\"expiresInMinutes\":60}    | 400",
                "UNKNOWN_FIELD_IS_INVALID             | 2022-10-01 |       | {\"scopes\":[\"chat\"]}      | 400",
                "UNKNOWN_FIELD_IS_IGNORED             | 2022-10-01 |       | {\"scopes\":[\"chat\"]}      | 201",
                "MALFORMED_JSON_IS_UNPROCESSABLE      | 2022-10-01 |       | {                            | 422",
                "UNKNOWN_SCOPE_IS_GRANTED             | 2022-10-01 |       | {\"createTokenWithScopes\":[\"pstn\"]}| 201",
                "UNKNOWN_SCOPE_IS_GRANTED             | 2022-10-01 |       | {\"createTokenWithScopes\":[\"a b\"]}| 400",
            })
    void assumption_chosen_isFollowed(
            AssumedBehaviour behaviour, String version, String user, String json, int status) {
        WireFixture assuming = new WireFixture(behaviour);
        String path = user == null ? "/identities" : "/identities/" + user + "/:issueAccessToken";

        WireResponse response = assuming.answer(
                TestRequest.post(path + "?api-version=" + version).body(json));

        assertThat(response.status()).isEqualTo(status);
    }

    @Test
    void unmodelledOperation_canBeNotFound() {
        WireFixture assuming = new WireFixture(AssumedBehaviour.UNMODELLED_OPERATION_IS_NOT_FOUND);

        assertThat(assuming.answer(TestRequest.of("GET", "/identities/x")).status())
                .isEqualTo(404);
    }

    private static void assertError(
            WireResponse response, int status, String code, String target, boolean listsVersions) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(code(response)).isEqualTo(code);
        assertThat(target(response)).isEqualTo(target);
        assertThat(message(response)).isNotBlank();
        assertThat(headers(response, "Content-Type")).containsExactly("application/json");
        assertThat(headers(response, "api-supported-versions")).hasSize(listsVersions ? 1 : 0);
    }
}
