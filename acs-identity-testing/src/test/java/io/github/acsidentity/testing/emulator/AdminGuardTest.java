/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.Faults;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminGuardTest {

    private final AcsEmulator emulator = AcsEmulator.builder()
            .httpPort(0)
            .listening(new Listening(Addresses.LOOPBACK, Set.of("acs-emulator")))
            .start();
    private final FakeIdentityService service = emulator.service();
    private final AdminClient admin = new AdminClient(emulator, URI.create("http://127.0.0.1:" + port()));

    @AfterEach
    void close() {
        emulator.close();
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://attacker.example",
        "Origin, null",
        "Origin, http://127.0.0.1:1",
        "Origin, https://127.0.0.1",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
    })
    void request_ofAForeignPage_isRefused(String header, String value) throws Exception {
        String connection = emulator.connectionString();

        assertThat(admin.get("/__emulator/state", header, value).statusCode()).isEqualTo(403);
        assertThat(admin.send("POST", "/__emulator/reset", "{}", "Content-Type", "application/json", header, value)
                        .statusCode())
                .isEqualTo(403);
        assertThat(admin.send("OPTIONS", "/__emulator/reset", "", header, value)
                        .headers()
                        .map())
                .doesNotContainKey("access-control-allow-origin");
        assertThat(emulator.connectionString()).isEqualTo(connection);
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void request_ofTheOwnPage_isServed(String site) throws Exception {
        String own = "http://127.0.0.1:" + port();

        assertThat(admin.get("/__emulator/state", "Origin", own, "Sec-Fetch-Site", site)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 200",
        "localhost, 200",
        "[::1], 200",
        "ACS-emulator, 200",
        "attacker.example, 403",
        "127.0.0.1.attacker.example, 403",
        "192.0.2.7, 403",
    })
    void request_underAName_isServedIfItIsOurs(String host, int status) throws Exception {
        for (String path : new String[] {"/", "/__emulator/time"}) {
            assertThat(raw("GET " + path + " HTTP/1.1", host)).startsWith("HTTP/1.1 " + status + " ");
        }
        assertThat(raw("GET /__emulator/health HTTP/1.1", host)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "localhost, true",
        "acs.localhost, true",
        "[::1], true",
        "ACS-emulator, true",
        "attacker.example, false",
        "127.0.0.1.attacker.example, false",
        "192.0.2.7, false",
        "other.communication.azure.com, false",
    })
    void call_underAName_strikesAFaultAndIsRecordedIfItIsOurs(String host, boolean ours) throws Exception {
        Faults.Rule rule = service.faults().on().next(Fault.status(503));

        String answer = raw("POST /identities?api-version=2023-10-01 HTTP/1.1", host);

        assertThat(answer).startsWith("HTTP/1.1 " + (ours ? 503 : 403) + " ");
        assertThat(rule.isActive()).isEqualTo(!ours);
        assertThat(service.calls()).hasSize(ours ? 1 : 0);
    }

    @Test
    void call_underTheHostOfAResource_isServed() throws Exception {
        service.faults().on().always(Fault.status(503));
        String call = "POST /identities?api-version=2023-10-01 HTTP/1.1";

        assertThat(raw(call, service.resource().host())).startsWith("HTTP/1.1 503 ");
        assertThat(raw(call, service.addResource().host().toUpperCase(Locale.ROOT)))
                .startsWith("HTTP/1.1 503 ");
        assertThat(raw("GET /__emulator/time HTTP/1.1", service.resource().host()))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void call_underNoName_isRefused() throws Exception {
        try (RawConnection connection = new RawConnection(URI.create("http://127.0.0.1:" + port()))) {
            assertThat(connection.send("POST /identities HTTP/1.0\r\n\r\n").readToEnd())
                    .contains(" 403 ", "\"code\":\"UnknownHost\"");
        }
        assertThat(service.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/__emulator/nothing"})
    void path_ofAnyKind_isNotAnsweredUnderAForeignName(String path) throws Exception {
        assertThat(raw("GET " + path + " HTTP/1.1", "attacker.example")).startsWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void post_asAFormSendsIt_isRefused(String type) throws Exception {
        assertThat(admin.send("POST", "/__emulator/reset", "{}", "Content-Type", type)
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void endpoint_withAName_holdsIt() {
        assertThat(emulator.httpEndpoint()).hasHost("acs-emulator");
        assertThat(emulator.connectionString()).startsWith("endpoint=https://acs-emulator:");
    }

    private int port() {
        return emulator.httpEndpoint().getPort();
    }

    private String raw(String requestLine, String host) throws Exception {
        try (RawConnection connection = new RawConnection(URI.create("http://127.0.0.1:" + port()))) {
            return connection
                    .send(String.join(
                            "\r\n",
                            requestLine,
                            "Host: " + host + ":" + port(),
                            "Authorization: Bearer opaque",
                            "Connection: close",
                            "",
                            ""))
                    .readToEnd();
        }
    }
}
