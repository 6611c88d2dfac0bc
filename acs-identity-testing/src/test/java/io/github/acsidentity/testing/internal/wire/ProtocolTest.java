/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import static io.github.acsidentity.testing.internal.wire.WireFixture.body;
import static io.github.acsidentity.testing.internal.wire.WireFixture.code;
import static io.github.acsidentity.testing.internal.wire.WireFixture.field;
import static io.github.acsidentity.testing.internal.wire.WireFixture.headers;
import static io.github.acsidentity.testing.internal.wire.WireFixture.message;
import static io.github.acsidentity.testing.internal.wire.WireFixture.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.emulator.AcsEmulator;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the table in {@code protocol.txt} through two doors. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtocolTest {

    private static final String APP = "11111111-1111-4111-8111-111111111111";
    private static final String PERSON = "22222222-2222-4222-8222-222222222222";
    private static final String VERSIONS_OF_TEAMS = "2021-10-31-preview, 2021-11-01, 2022-06-01, 2022-10-01, "
            + "2023-10-01, 2025-03-02-preview, 2025-06-30, 2026-09-23";
    private static final String ALL_VERSIONS =
            "2020-07-20-preview2, 2021-02-22-preview1, 2021-03-07, " + VERSIONS_OF_TEAMS;

    private final WireFixture wire = new WireFixture();
    private AcsEmulator emulator;
    private RawExchange http;

    @BeforeAll
    void start() {
        emulator = AcsEmulator.builder().service(wire.service).httpPort(0).start();
        http = new RawExchange(emulator.httpEndpoint());
    }

    @AfterAll
    void stop() {
        emulator.close();
    }

    static Stream<ProtocolRow> rows() {
        return ProtocolRow.all();
    }

    /** The rows in one version each: what comes after the request was read is the same as in process. */
    static Stream<ProtocolRow> rowsInOneVersion() {
        Set<String> seen = new HashSet<>();
        return rows().filter(row -> seen.add(row.name() + " by " + row.client()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void row_inProcess_isAnsweredAsTheTableSays(ProtocolRow row) {
        ProtocolClient client = new ProtocolClient(wire.resource, "localhost", 8443, TestRequest.NOW);

        WireRequest request = client.write(row, values());
        int users = wire.service.users().size();

        WireResponse response = wire.answer(request);

        assertAnswer(row.expected(), response);
        assertThat(response.status() < 400 || wire.service.users().size() == users)
                .as("who is refused creates nobody")
                .isTrue();
        assertThat(headers(response, "Strict-Transport-Security")).containsExactly("max-age=2592000");
    }

    @ParameterizedTest
    @MethodSource("rowsInOneVersion")
    void row_throughTheEmulator_isAnsweredAsTheTableSays(ProtocolRow row) throws IOException {
        ProtocolClient client = new ProtocolClient(
                wire.resource,
                emulator.httpEndpoint().getHost(),
                emulator.httpEndpoint().getPort(),
                Instant.now());

        WireResponse response = http.send(client.write(row, values()));

        assertAnswer(row.expected(), response);
        boolean fails = response.status() >= 400;
        assertThat(headers(response, "Content-Length")).hasSize(fails || response.status() == 204 ? 0 : 1);
        assertThat(headers(response, "Transfer-Encoding")).hasSize(fails ? 1 : 0);
    }

    private Map<String, String> values() {
        FakeIdentityManager manager = FakeIdentityManager.on(wire.service);
        UserId deleted = manager.createUser();
        manager.deleteUser(deleted);
        return Map.of(
                "user",
                manager.createUser().rawId(),
                "deleted",
                deleted.rawId(),
                "unknown",
                "8:acs:" + wire.resource.id() + "_00000000-0000-0000-0000-000000000000",
                "foreign",
                "8:acs:00000000-0000-0000-0000-000000000000_00000000-0000-0000-0000-000000000000",
                "malformed",
                "8:orgid:" + PERSON,
                "entra",
                wire.service.teamsToken(APP, PERSON, TestRequest.NOW.plusSeconds(4000)),
                "expired",
                wire.service.teamsToken(APP, PERSON, TestRequest.NOW.minusSeconds(1)),
                "app",
                APP,
                "person",
                PERSON,
                "other",
                "33333333-3333-4333-8333-333333333333");
    }

    private void assertAnswer(ProtocolRow.Expected expected, WireResponse response) {
        assertThat(response.status()).isEqualTo(expected.status());
        assertHeaders(expected, response);
        if (expected.status() >= 400) {
            assertThat(body(response).byName()).containsOnlyKeys("error");
            assertThat(code(response)).isEqualTo(expected.code());
            assertThat(target(response)).isEqualTo(expected.target());
            assertThat(message(response)).isNotBlank();
            assertThat(expected.says())
                    .allSatisfy(part -> assertThat(message(response)).contains(part));
        } else if (expected.members().isEmpty()) {
            assertThat(response.body()).isEmpty();
        } else {
            assertThat(body(response).byName().keySet()).containsExactlyElementsOf(expected.members());
            assertToken(expected, response);
        }
    }

    private void assertToken(ProtocolRow.Expected expected, WireResponse response) {
        if (expected.members().contains("identity")) {
            assertThat(wire.service.users()).contains(new UserId(field(response, "identity", "id")));
        }
        if (expected.members().size() == 2) {
            boolean created = expected.members().contains("accessToken");
            String token = created ? field(response, "accessToken", "token") : field(response, "token");
            String expiry = created ? field(response, "accessToken", "expiresOn") : field(response, "expiresOn");
            assertThat(wire.service.isAccepted(token)).isTrue();
            assertThat(expiry).matches("[-0-9]{10}T[:0-9]{8}\\.\\d{1,7}\\+00:00");
            assertThat(OffsetDateTime.parse(expiry).toInstant()).isAfter(TestRequest.NOW);
        }
    }

    private static void assertHeaders(ProtocolRow.Expected expected, WireResponse response) {
        String type = expected.status() >= 400 ? "application/json" : "application/json; charset=utf-8";
        assertThat(headers(response, "x-ms-client-request-id")).containsExactly(ProtocolClient.REQUEST_ID);
        assertThat(headers(response, "Date")).hasSize(1);
        assertThat(headers(response, "MS-CV")).singleElement().asString().matches("[0-9A-Za-z+/]{22}\\.\\d");
        assertThat(headers(response, "Request-Context")).containsExactly("appId=");
        assertThat(headers(response, "X-Azure-Ref")).hasSize(1);
        assertThat(headers(response, "X-Cache")).containsExactly("CONFIG_NOCACHE");
        assertThat(headers(response, "X-Processing-Time"))
                .singleElement()
                .asString()
                .matches("\\d+ms");
        assertThat(headers(response, "Location")).isEmpty();
        assertThat(headers(response, "Retry-After")).isEmpty();
        assertThat(headers(response, "Content-Type"))
                .isEqualTo(response.body().length == 0 ? List.of() : List.of(type));
        assertThat(headers(response, "Allow")).hasSize(expected.status() == 405 ? 1 : 0);
        assertThat(headers(response, "api-supported-versions"))
                .isEqualTo(
                        switch (expected.lists()) {
                            case "all" -> List.of(ALL_VERSIONS);
                            case "teams" -> List.of(VERSIONS_OF_TEAMS);
                            case "none" -> List.of();
                            default -> throw new IllegalArgumentException(expected.lists());
                        });
    }
}
