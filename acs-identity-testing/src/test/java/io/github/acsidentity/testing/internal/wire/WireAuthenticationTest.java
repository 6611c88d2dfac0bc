/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import static io.github.acsidentity.testing.internal.wire.WireFixture.VERSION;
import static io.github.acsidentity.testing.internal.wire.WireFixture.code;
import static io.github.acsidentity.testing.internal.wire.WireFixture.field;
import static io.github.acsidentity.testing.internal.wire.WireFixture.headers;
import static io.github.acsidentity.testing.internal.wire.WireFixture.message;
import static io.github.acsidentity.testing.internal.wire.WireFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.testing.FakeResource;
import io.github.acsidentity.testing.internal.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireAuthenticationTest {

    private static final String CREATE = "/identities?" + VERSION;

    private final WireFixture wire = new WireFixture();

    @Test
    void sign_documentedVector_givesTheDocumentedSignature() {
        String body = "{\"createTokenWithScopes\":[\"chat\"],\"expiresInMinutes\":60}";
        String hash = TestRequest.hash(body.getBytes(StandardCharsets.UTF_8));

        String signature = TestRequest.sign(
                "c2VjcmV0LWtleS1mb3ItdGVzdHM=",
                "POST\n/identities?api-version=2022-10-01\nMon, 02 Mar 2026 09:05:07 GMT;"
                        + "contoso.communication.azure.com;" + hash);

        assertThat(hash).isEqualTo("kET9vD/6sAVRB6ISkrpOL44L0M1olvugZ/QYxlSQK9k=");
        assertThat(signature).isEqualTo("8XCsN2IloUkG0J0M/3b/nFxFSlONwOcqGijBlsv1EYw=");
        assertThat(TestRequest.hash(new byte[0])).isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    @ParameterizedTest
    @CsvSource({
        // Host header, host signed, port that the service listens on
        "localhost:8443, localhost:8443, 8443",
        "localhost:8443, localhost, 8443",
        "localhost, localhost:8443, 8443",
        "localhost, localhost, -1",
        "127.0.0.1:8443, 127.0.0.1, 8443",
        "127.0.0.2:9999, 127.0.0.2:8443, 8443",
        "[::1]:8443, [::1], 8443",
        "acs.localhost:8443, acs.localhost, 8443",
        "LOCALHOST:8443, LOCALHOST, 8443",
    })
    void signature_overAnyFormOfTheHost_isAccepted(String host, String signedHost, int port) {
        WireResponse response = wire.answer(
                TestRequest.post(CREATE).host(host).signedHost(signedHost).port(port));

        assertThat(response.status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"localhost:8443, localhost:1, 8443", "localhost:8443, other, 8443", "localhost, localhost:8443, -1"})
    void signature_overAnotherHost_isDenied(String host, String signedHost, int port) {
        assertDenied(
                wire.answer(TestRequest.post(CREATE)
                        .host(host)
                        .signedHost(signedHost)
                        .port(port)),
                "another key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-ms-date;host;x-ms-content-sha256",
                "host;x-ms-content-sha256;x-ms-date",
                "X-MS-Date;Host;X-MS-Content-SHA256",
                "date;host;x-ms-content-sha256"
            })
    void signature_headersInAnyOrder_isAccepted(String signedHeaders) {
        assertThat(wire.answer(TestRequest.post(CREATE).signedHeaders(signedHeaders))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void signature_isOverTheTargetAsItCame() {
        String user = wire.newUser().rawId().replace(":", "%3A");
        WireRequest signed = TestRequest.post(WireFixture.revoke(user)).signedBy(wire.resource);
        WireRequest decoded = new WireRequest(
                signed.method(),
                signed.rawTarget().replace("%3A", ":"),
                signed.headers(),
                signed.body(),
                signed.scheme(),
                signed.port());

        assertThat(wire.answer(signed).status()).isEqualTo(204);
        assertDenied(wire.answer(decoded), "another key");
    }

    @Test
    void target_inAbsoluteForm_isUnderstood() {
        WireRequest signed = TestRequest.post(CREATE).signedBy(wire.resource);
        WireRequest proxied = new WireRequest(
                signed.method(), "https://localhost" + CREATE, signed.headers(), signed.body(), "https", -1);

        assertThat(wire.answer(proxied).status()).isEqualTo(201);
    }

    @Test
    void secondaryKey_isAccepted() {
        assertThat(wire.answer(TestRequest.post(CREATE).signedWith(wire.resource.secondaryKey()))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void regeneratedKey_isDeniedAndItsTokensEnd() {
        String old = wire.resource.secondaryKey();
        String scopes = "{\"createTokenWithScopes\":[\"chat\"]}";
        String token =
                field(wire.answer(TestRequest.post(CREATE).body(scopes).signedWith(old)), "accessToken", "token");
        String kept = field(wire.answer(TestRequest.post(CREATE).body(scopes)), "accessToken", "token");

        wire.resource.regenerateSecondaryKey();

        assertDenied(wire.answer(TestRequest.post(CREATE).signedWith(old)), "another key");
        assertThat(wire.service.isAccepted(token)).isFalse();
        assertThat(wire.service.isAccepted(kept)).isTrue();
    }

    @Test
    void resource_isFoundByItsHostName() {
        FakeResource other = wire.service.addResource();

        WireResponse response =
                wire.answer(TestRequest.post(CREATE).host(other.host()).signedBy(other));
        WireResponse wrongKey =
                wire.answer(TestRequest.post(CREATE).host(other.host()).signedBy(wire.resource));

        assertThat(field(response, "identity", "id")).startsWith("8:acs:" + other.id());
        assertDenied(wrongKey, "another key");
    }

    @Test
    void resource_onLoopback_isFoundByItsKey() {
        FakeResource other = wire.service.addResource();

        WireResponse response = wire.answer(TestRequest.post(CREATE).signedBy(other));

        assertThat(field(response, "identity", "id")).startsWith("8:acs:" + other.id());
        assertThat(wire.service.calls().get(0).resourceId()).contains(other.id());
    }

    @Test
    void resource_unknownHost_isDenied() {
        assertDenied(wire.answer(TestRequest.post(CREATE).host("contoso.communication.azure.com")), "host name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HMAC-SHA256",
                "HMAC-SHA256 ",
                "HMAC-SHA256 Credential=x&SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=AAAA",
                "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256",
                "HMAC-SHA256 Signature=AAAA&SignedHeaders=x-ms-date;host;x-ms-content-sha256",
                "HMAC-SHA256 SignedHeaders=&Signature=AAAA"
            })
    void authorization_malformed_isDenied(String authorization) {
        WireRequest request =
                TestRequest.post(CREATE).header("Authorization", authorization).unsigned();

        assertDenied(wire.answer(request), "HMAC header structure");
    }

    @Test
    void authorization_missingOrOfAnotherScheme_isDenied() {
        assertDenied(wire.answer(TestRequest.post(CREATE).unsigned()), "no Authorization header");
        assertDenied(
                wire.answer(TestRequest.post(CREATE)
                        .header("Authorization", "Basic dTpw")
                        .unsigned()),
                "neither the scheme");
    }

    @Test
    void host_missing_isDenied() {
        WireRequest signed = TestRequest.post(CREATE).signedBy(wire.resource);
        List<Map.Entry<String, String>> withoutHost = signed.headers().stream()
                .filter(header -> !header.getKey().equals("Host"))
                .toList();

        assertDenied(
                wire.answer(new WireRequest("POST", CREATE, withoutHost, signed.body(), "https", -1)),
                "no Host header");
    }

    @Test
    void body_otherThanTheSignedOne_isDenied() {
        WireRequest signed = TestRequest.post(CREATE).body("{}").signedBy(wire.resource);
        WireRequest changed =
                new WireRequest("POST", CREATE, signed.headers(), "{ }".getBytes(StandardCharsets.UTF_8), "https", -1);

        assertDenied(wire.answer(changed), "content hash");
        assertThat(wire.service.users()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-ms-date;host", "host;x-ms-content-sha256", "x-ms-date;x-ms-content-sha256"})
    void signature_thatLeavesSomethingOut_isDenied(String signedHeaders) {
        WireRequest request =
                TestRequest.post(CREATE).signedHeaders(signedHeaders).signedBy(wire.resource);

        assertDenied(wire.answer(request), "does not cover");
    }

    @Test
    void signature_overAHeaderThatIsMissing_isDenied() {
        WireRequest request = TestRequest.post(CREATE)
                .signedHeaders("x-ms-date;host;x-ms-content-sha256;x-other")
                .signedBy(wire.resource);

        assertDenied(wire.answer(request), "not in the request");
    }

    @ParameterizedTest
    @ValueSource(longs = {-900, -899, 0, 899, 900})
    void date_withinTheSkew_isAccepted(long seconds) {
        String date = TestRequest.date(TestRequest.NOW.plusSeconds(seconds));

        assertThat(wire.answer(TestRequest.post(CREATE).date(date)).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(longs = {-901, 901, 86400})
    void date_beyondTheSkew_isDenied(long seconds) {
        String date = TestRequest.date(TestRequest.NOW.plusSeconds(seconds));

        assertDenied(wire.answer(TestRequest.post(CREATE).date(date)), "more than 900 seconds");
    }

    @Test
    void date_skewOfTheSettings_counts() {
        WireFixture strict = new WireFixture(WireSettings.DEFAULTS.withDateSkew(Duration.ofSeconds(5)));

        assertDenied(
                strict.answer(TestRequest.post(CREATE).date(TestRequest.date(TestRequest.NOW.plusSeconds(6)))),
                "more than 5 seconds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-02T09:05:07Z", "Mo, 02 Mär 2026 09:05:07 GMT", "", "now"})
    void date_malformed_isDenied(String date) {
        assertDenied(wire.answer(TestRequest.post(CREATE).date(date)), "is not a date");
    }

    @Test
    void date_bothHeaders_theOneOfTheServiceCounts() {
        WireRequest request = TestRequest.post(CREATE)
                .header("Date", "Mon, 01 Jan 1990 00:00:00 GMT")
                .signedBy(wire.resource);

        assertThat(wire.answer(request).status()).isEqualTo(201);
    }

    @Test
    void date_clockOfTheServiceMoved_doesNotMatter() {
        wire.service.clock().advance(Duration.ofDays(365));

        assertThat(wire.answer(TestRequest.post(CREATE)).status()).isEqualTo(201);
    }

    @Test
    void request_repeated_isAcceptedAgain() {
        WireRequest request = TestRequest.post(CREATE).signedBy(wire.resource);

        assertThat(wire.answer(request).status()).isEqualTo(201);
        assertThat(wire.answer(request).status()).isEqualTo(201);
    }

    @Test
    void signature_verificationOff_acceptsAnySignature() {
        WireFixture lenient = new WireFixture(WireSettings.DEFAULTS.withHmacVerified(false));

        WireResponse response = lenient.answer(TestRequest.post(CREATE)
                .date(TestRequest.date(TestRequest.NOW.minusSeconds(86400)))
                .signedWith("AAAA"));

        assertThat(response.status()).isEqualTo(201);
    }

    @Test
    void bearer_anyToken_isAcceptedForTheResourceOfTheHost() {
        FakeResource other = wire.service.addResource();

        WireResponse onLoopback = wire.answer(TestRequest.post(CREATE).withBearer("opaque"));
        WireResponse onHost =
                wire.answer(TestRequest.post(CREATE).host(other.host()).withBearer("opaque"));

        assertThat(field(onLoopback, "identity", "id")).startsWith("8:acs:" + wire.resource.id());
        assertThat(field(onHost, "identity", "id")).startsWith("8:acs:" + other.id());
    }

    @Test
    void bearer_tokensIssuedToIt_outliveBothKeys() {
        String token = field(
                wire.answer(TestRequest.post(CREATE)
                        .body("{\"createTokenWithScopes\":[\"chat\"]}")
                        .withBearer("opaque")),
                "accessToken",
                "token");

        wire.resource.regeneratePrimaryKey();
        wire.resource.regenerateSecondaryKey();

        assertThat(wire.service.isAccepted(token)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://communication.azure.com/ | 1  |",
                "https://communication.azure.com  | 1  |",
                "https://graph.microsoft.com      | 1  | audience",
                "https://communication.azure.com/ | 0  | expired",
                "https://communication.azure.com/ | -1 | expired",
            })
    void bearer_checked_mustBeForTheServiceAndValid(String audience, long seconds, String problem) {
        WireFixture strict = new WireFixture(WireSettings.DEFAULTS.withBearerChecks(true, true));
        String token = jwt(JsonWriter.object()
                .text("aud", audience)
                .number("exp", TestRequest.NOW.plusSeconds(seconds).getEpochSecond()));

        WireResponse response = strict.answer(TestRequest.post(CREATE).withBearer(token));

        if (problem == null) {
            assertThat(response.status()).isEqualTo(201);
        } else {
            assertDenied(response, problem);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"opaque", "a.b", "a.%.c", "a.W10.c", "a.e30.c"})
    void bearer_checkedAndMalformed_isDenied(String token) {
        WireFixture strict = new WireFixture(WireSettings.DEFAULTS.withBearerChecks(true, true));

        assertDenied(strict.answer(TestRequest.post(CREATE).withBearer(token)), "bearer token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e2147483647",
                "1e99999999999",
                "-1e99999999999",
                "1e300",
                "0.1e-2147483648",
                "1e18",
                "true",
                "\"1\""
            })
    void bearer_checkedAndItsExpiryAbsurd_isDeniedAndRecorded(String expiry) {
        WireFixture strict = new WireFixture(WireSettings.DEFAULTS.withBearerChecks(false, true));
        String token = jwt("{\"exp\":" + expiry + "}");

        assertDenied(strict.answer(TestRequest.post(CREATE).withBearer(token)), "expir");
        assertThat(strict.service.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.errorCode()).hasValue("Denied"));
    }

    @Test
    void bearer_empty_isDenied() {
        assertDenied(wire.answer(TestRequest.post(CREATE).withBearer("")), "bearer token is empty");
    }

    @Test
    void denial_echoesNeitherKeyNorSignature() {
        WireRequest request = TestRequest.post(CREATE)
                .header("x-ms-client-request-id", "id-1")
                .signedBy(new WireFixture().resource);
        String authorization = request.header("authorization").orElseThrow();
        String signature = authorization.substring(authorization.lastIndexOf("Signature=") + 10);

        WireResponse response = wire.answer(request);

        assertDenied(response, "another key");
        assertThat(text(response)).doesNotContain(signature, wire.resource.primaryKey(), wire.resource.secondaryKey());
        assertThat(headers(response, "x-ms-client-request-id")).containsExactly("id-1");
    }

    private static String jwt(JsonWriter payload) {
        return jwt(payload.toString());
    }

    private static String jwt(String payload) {
        return "e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.US_ASCII))
                + ".c2ln";
    }

    private void assertDenied(WireResponse response, String reason) {
        assertThat(response.status()).isEqualTo(401);
        assertThat(code(response)).isEqualTo("Denied");
        assertThat(message(response))
                .startsWith("Denied by the resource provider: ")
                .contains(reason);
        assertThat(headers(response, "api-supported-versions")).isEmpty();
    }
}
