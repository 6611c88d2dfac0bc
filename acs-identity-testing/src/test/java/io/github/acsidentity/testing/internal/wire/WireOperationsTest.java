/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import static io.github.acsidentity.testing.internal.wire.WireFixture.VERSION;
import static io.github.acsidentity.testing.internal.wire.WireFixture.body;
import static io.github.acsidentity.testing.internal.wire.WireFixture.field;
import static io.github.acsidentity.testing.internal.wire.WireFixture.headers;
import static io.github.acsidentity.testing.internal.wire.WireFixture.issue;
import static io.github.acsidentity.testing.internal.wire.WireFixture.revoke;
import static io.github.acsidentity.testing.internal.wire.WireFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests that the official clients send, and their answers. */
class WireOperationsTest {

    private final WireFixture wire = new WireFixture();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "{\"createTokenWithScopes\":null,\"expiresInMinutes\":null}",
                "{\"createTokenWithScopes\":[]}",
                " {\"somethingNew\": {\"a\": [1]}} "
            })
    void create_withoutScopes_answersWithTheIdentityOnly(String json) {
        WireResponse response = wire.answer(TestRequest.post("/identities?" + VERSION)
                .header("Content-Type", "application/json")
                .body(json));

        assertThat(response.status()).isEqualTo(201);
        assertThat(body(response).byName()).containsOnlyKeys("identity");
        assertThat(wire.service.users()).containsExactly(new UserId(field(response, "identity", "id")));
        assertThat(wire.service.calls()).singleElement().satisfies(call -> {
            assertThat(call.operation()).isEqualTo(IdentityOperation.CREATE_USER);
            assertThat(call.status()).hasValue(201);
        });
    }

    @Test
    void create_withScopes_answersWithAToken() {
        WireResponse response = wire.answer(TestRequest.post("/identities?" + VERSION)
                .body("{\"createTokenWithScopes\":[\"chat\",\"voip\"],\"expiresInMinutes\":90}"));

        assertThat(response.status()).isEqualTo(201);
        assertThat(wire.service.isAccepted(field(response, "accessToken", "token")))
                .isTrue();
        assertThat(field(response, "accessToken", "expiresOn")).isEqualTo("2026-03-02T10:35:07.0000000+00:00");
        assertThat(wire.service.callCount(IdentityOperation.CREATE_USER_WITH_TOKEN))
                .isEqualTo(1);
    }

    @Test
    void expiresOn_betweenSeconds_hasSevenDigitsAndCanBeParsed() {
        wire.service.clock().advance(Duration.ofMillis(123));

        WireResponse response =
                wire.answer(TestRequest.post(issue(wire.newUser().rawId())).body("{\"scopes\":[\"chat\"]}"));

        assertThat(field(response, "expiresOn")).isEqualTo("2026-03-03T09:05:07.1230000+00:00");
        assertThat(OffsetDateTime.parse(field(response, "expiresOn")))
                .isEqualTo(TestRequest.NOW
                        .plusMillis(123)
                        .plus(Duration.ofHours(24))
                        .atOffset(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource({":, :", "%3A, :", "%3a, %3A"})
    void issue_rawOrEncodedColons_answersWithAToken(String colon, String verbColon) {
        String user = wire.newUser().rawId().replace(":", colon);

        WireResponse response =
                wire.answer(TestRequest.post("/identities/" + user + "/" + verbColon + "issueAccessToken?" + VERSION)
                        .body("{\"scopes\":[\"voip\"],\"expiresInMinutes\":60}"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(body(response).byName()).containsOnlyKeys("token", "expiresOn");
        assertThat(wire.service.isAccepted(field(response, "token"))).isTrue();
        assertThat(wire.service.calls(IdentityOperation.GET_TOKEN))
                .singleElement()
                .satisfies(call -> assertThat(call.user()).isPresent());
    }

    @Test
    void revoke_answers204WithoutABody() {
        UserId user = wire.newUser();
        String token =
                field(wire.answer(TestRequest.post(issue(user.rawId())).body("{\"scopes\":[\"voip\"]}")), "token");

        WireResponse response = wire.answer(TestRequest.post(revoke(user.rawId())));

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(headers(response, "Content-Type")).isEmpty();
        assertThat(wire.service.isAccepted(token)).isFalse();
    }

    @Test
    void delete_answers204WithoutABody() {
        UserId user = wire.newUser();

        WireResponse response = wire.answer(TestRequest.of("DELETE", "/identities/" + user.rawId() + "?" + VERSION));

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(wire.service.users()).isEmpty();
        assertThat(wire.service.calls(IdentityOperation.DELETE_USER))
                .singleElement()
                .satisfies(call -> assertThat(call.user()).contains(user));
    }

    @Test
    void exchangeTeamsToken_answersWithATokenThatLivesAsLong() {
        String client = "11111111-1111-4111-8111-111111111111";
        String object = "22222222-2222-4222-8222-222222222222";
        String entraToken = wire.service.teamsToken(client, object, TestRequest.NOW.plusSeconds(4000));

        WireResponse response = wire.answer(TestRequest.post("/teamsUser/:exchangeAccessToken?" + VERSION)
                .body("{\"token\":\"" + entraToken + "\",\"appId\":\"" + client + "\",\"userId\":\"" + object + "\"}"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(field(response, "expiresOn")).isEqualTo("2026-03-02T10:11:47.0000000+00:00");
        assertThat(wire.service.isAccepted(field(response, "token"))).isTrue();
    }

    @Test
    void answer_success_hasTheHeadersOfTheService() {
        WireResponse response =
                wire.answer(TestRequest.post("/identities?" + VERSION).header("x-ms-client-request-id", "id-1"));

        assertThat(headers(response, "Content-Type")).containsExactly("application/json; charset=utf-8");
        assertThat(headers(response, "Date")).containsExactly("Mon, 02 Mar 2026 09:05:07 GMT");
        assertThat(headers(response, "MS-CV")).singleElement().asString().matches("[0-9A-Za-z+/]{22}\\.0");
        assertThat(headers(response, "Request-Context")).containsExactly("appId=");
        assertThat(headers(response, "Strict-Transport-Security")).containsExactly("max-age=2592000");
        assertThat(headers(response, "X-Azure-Ref")).hasSize(1);
        assertThat(headers(response, "X-Cache")).containsExactly("CONFIG_NOCACHE");
        assertThat(headers(response, "X-Processing-Time")).containsExactly("0ms");
        assertThat(headers(response, "x-ms-client-request-id")).containsExactly("id-1");
        assertThat(headers(response, "api-supported-versions"))
                .singleElement()
                .asString()
                .contains("2021-03-07, ", "2022-10-01, 2023-10-01");
        assertThat(headers(response, "Content-Length")).isEmpty();
        assertThat(headers(response, "Transfer-Encoding")).isEmpty();
        assertThat(wire.service.calls().get(0).requestId()).contains("id-1");
    }

    @Test
    void answer_overHttp_hasNoTransportSecurity() {
        WireRequest https = TestRequest.post("/identities?" + VERSION).signedBy(wire.resource);
        WireRequest http =
                new WireRequest(https.method(), https.rawTarget(), https.headers(), https.body(), "http", 80);

        assertThat(headers(wire.answer(http), "Strict-Transport-Security")).isEmpty();
    }

    @Test
    void answer_requestIdWithLineBreaks_isNotEchoed() {
        WireResponse response = wire.answer(
                TestRequest.post("/identities?" + VERSION).header("x-ms-client-request-id", "a\r\nSet-Cookie: b"));

        assertThat(headers(response, "x-ms-client-request-id")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/identities                     | 2020-07-20-preview2, 2021-02-22-preview1, 2021-03-07, ",
                "/identities/x/:issueAccessToken | 2020-07-20-preview2, 2021-02-22-preview1, 2021-03-07, ",
                "/teamsUser/:exchangeAccessToken | ",
            })
    void supportedVersions_ofAPath_areThoseThatTheServiceLists(String path, @Nullable String before) {
        WireResponse response = wire.answer(TestRequest.post(path + "?api-version=1999-01-01"));

        assertThat(headers(response, "api-supported-versions"))
                .containsExactly((before == null ? "" : before + " ")
                        + "2021-10-31-preview, 2021-11-01, 2022-06-01, 2022-10-01, 2023-10-01, "
                        + "2025-03-02-preview, 2025-06-30, 2026-09-23");
    }

    @Test
    void scopes_inOldVersions_andUnicodeEscapes_areUnderstood() {
        WireResponse response = wire.answer(TestRequest.post("/identities?" + VERSION)
                .body("{\"createTokenWithScopes\":[\"\\u0063hat.join\",\"chat.join.limited\",\"voip.join\"]}"));

        assertThat(response.status()).isEqualTo(201);
        assertThat(text(response)).doesNotContain("\n", " ");
    }

    @Test
    void create_repeatedScope_isGrantedOnce() {
        WireResponse response = wire.answer(TestRequest.post("/identities?" + VERSION)
                .body("{\"createTokenWithScopes\":[\"voip\",\"chat\",\"voip\"]}"));

        String payload = new String(
                Base64.getDecoder()
                        .decode(field(response, "accessToken", "token").split("\\.", -1)[1]),
                StandardCharsets.US_ASCII);
        assertThat(payload).contains("\"acsScope\":\"voip,chat\"");
    }
}
