/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.testing.internal.wire.WireOutcome;
import io.github.acsidentity.testing.internal.wire.WireProtocol.Handled;
import io.github.acsidentity.testing.internal.wire.WireRequest;
import io.github.acsidentity.testing.internal.wire.WireResponse;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The doors in front of a protocol that answers whatever the test wants. */
class DoorsTest {

    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String CLOSE = "Connection: close\r\n\r\n";
    private static final Map.Entry<String, String> JSON = Map.entry("Content-Type", "application/json");

    private volatile Handled next = handled(answer(200, "{}"), Duration.ZERO);
    private final BlockingQueue<WireRequest> requests = new LinkedBlockingQueue<>();
    private final Doors doors = new Doors(
            request -> {
                Handled handled = next; // taken up first: who sees the request may set the next one
                requests.add(request);
                return handled;
            },
            Listening.LOOPBACK,
            null);
    private final URI http = doors.openHttp(0);

    @AfterEach
    void close() {
        doors.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/identities/8:acs:a_b/:issueAccessToken?api-version=2023-10-01",
                "/identities/8%3Aacs%3Aa_b/%3aissueAccessToken?api-version=2023%2D10-01",
                "/identities/%2F%2e%2E/../x//y?a=b&&c=%20+%25?&d",
                "/identities?",
                "//a/b?api-version=2023-10-01",
                "/",
            })
    void request_anyTarget_isHandedOverAsItWasSent(String target) throws Exception {
        assertThat(exchange("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + CLOSE))
                .startsWith("HTTP/1.1 200 ");

        assertThat(requests.take().rawTarget()).isEqualTo(target);
    }

    @Test
    void request_inAbsoluteForm_isHandedOverAsItWouldBeSigned() throws Exception {
        exchange("GET http://localhost:1/identities/8%3Aacs?x=%41 HTTP/1.1\r\nHost: localhost:1\r\n" + CLOSE);

        assertThat(requests.take().rawTarget()).isEqualTo("/identities/8%3Aacs?x=%41");
    }

    @Test
    void request_withBodyAndHeaders_isHandedOverCompletely() throws Exception {
        exchange(
                "PUT /x HTTP/1.1",
                "Host: contoso:99",
                "x-ms-date: a",
                "X-Ms-Date: b",
                "Content-Length: 5",
                "Connection: close",
                "",
                "hello");

        WireRequest request = requests.take();
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.scheme()).isEqualTo("http");
        assertThat(request.port()).isEqualTo(http.getPort());
        assertThat(request.header("host")).hasValue("contoso:99");
        assertThat(request.headers())
                .filteredOn(header -> header.getKey().equalsIgnoreCase("x-ms-date"))
                .extracting(Map.Entry::getValue)
                .containsExactly("a", "b");
        assertThat(new String(request.body(), UTF_8)).isEqualTo("hello");
    }

    @Test
    void request_withAChunkedBody_isHandedOverPutTogether() throws Exception {
        String answer = exchange(
                "POST /x HTTP/1.1",
                "Host: x",
                "Transfer-Encoding: chunked",
                "Connection: close",
                "",
                "3",
                "hel",
                "2",
                "lo",
                "0",
                "");

        assertThat(answer).startsWith("HTTP/1.1 200 ");
        assertThat(new String(requests.take().body(), UTF_8)).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET\r\n\r\n",
                "GET /x\r\nHost: x\r\n\r\n",
                "GET /x HTTP/9.9\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /[x]|^ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET mailto:x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /\u0080\u0000 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\nConnection: close\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\nConnection: close\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n\r\n",
            })
    void request_malformed_isRefusedAndTheNextIsServed(String request) throws Exception {
        String answer = exchange(request);

        assertThat(answer).matches("(?s)|HTTP/1\\.1 4\\d\\d .*").doesNotContain("Exception:", "\tat ");
        assertThat(requests).isEmpty();
        assertThat(exchange("GET /x HTTP/1.1\r\nHost: x\r\n" + CLOSE)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, //identities?api-version=2023-10-01, 404",
        "OPTIONS, *, 404",
        "POST, /identities/%zz, 400",
        "POST, /identities/50%, 400",
    })
    void request_targetThatTheServerOfTheJdkRefuses_isNotHandedOver(String method, String target, int status)
            throws Exception {
        String answer = exchange(method + " " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n" + CLOSE);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("<h1>");
        assertThat(requests).isEmpty();
    }

    @Test
    void request_withHugeHeaders_isRefusedAndTheNextIsServed() throws Exception {
        String header = "x-long: " + "x".repeat(10_000) + "\r\n";

        String answer = exchange("GET /x HTTP/1.1\r\nHost: x\r\n" + header.repeat(100) + CLOSE);

        assertThat(answer).matches("(?s)|HTTP/1\\.1 4\\d\\d .*");
        assertThat(requests).isEmpty();
        assertThat(exchange("GET /x HTTP/1.1\r\nHost: x\r\n" + CLOSE)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void request_withTheLargestBody_isServed() throws Exception {
        String answer = exchange(
                "POST /x HTTP/1.1",
                "Host: x",
                "Content-Length: 1048576",
                "Connection: close",
                "",
                "x".repeat(1_048_576));

        assertThat(answer).startsWith("HTTP/1.1 200 ");
        assertThat(requests.take().body()).hasSize(1_048_576);
    }

    @Test
    void request_withALargerBody_isRefused() throws Exception {
        String answer = exchange("POST /x HTTP/1.1", "Host: x", "Content-Length: 1048577", "", "x".repeat(1_048_577));

        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"code\":\"RequestTooLarge\"");
        assertThat(requests).isEmpty();
    }

    @Test
    void answer_success_hasALength() throws Exception {
        next = handled(answer(201, "{\"a\":1}"), Duration.ZERO);

        String answer = exchange("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n" + CLOSE);

        assertThat(answer).startsWith("HTTP/1.1 201 ").endsWith(END_OF_HEAD + "{\"a\":1}");
        assertThat(answer).containsIgnoringCase("\r\ncontent-length: 7\r\n");
        assertThat(answer).containsIgnoringCase("\r\ncontent-type: application/json\r\n");
        assertThat(answer).doesNotContainIgnoringCase("transfer-encoding");
    }

    @Test
    void answer_error_isChunked() throws Exception {
        next = handled(answer(401, "{\"a\":1}"), Duration.ZERO);

        String answer = exchange("GET /x HTTP/1.1\r\nHost: x\r\n" + CLOSE);

        assertThat(answer).startsWith("HTTP/1.1 401 ").endsWith(END_OF_HEAD + "7\r\n{\"a\":1}\r\n0\r\n\r\n");
        assertThat(answer).containsIgnoringCase("\r\ntransfer-encoding: chunked\r\n");
        assertThat(answer).doesNotContainIgnoringCase("content-length");
    }

    @Test
    void answer_noContent_hasNeitherBodyNorLength() throws Exception {
        next = handled(answer(204, ""), Duration.ZERO);

        String answer = exchange("DELETE /x HTTP/1.1\r\nHost: x\r\n" + CLOSE);

        assertThat(answer).startsWith("HTTP/1.1 204 ").endsWith(END_OF_HEAD);
        assertThat(answer).doesNotContainIgnoringCase("content-length").doesNotContainIgnoringCase("transfer-encoding");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404})
    void answer_toHead_hasNoBody(int status) throws Exception {
        next = handled(answer(status, "{}"), Duration.ZERO);

        assertThat(exchange("HEAD /x HTTP/1.1\r\nHost: x\r\n" + CLOSE))
                .startsWith("HTTP/1.1 " + status + " ")
                .endsWith(END_OF_HEAD);
    }

    @Test
    void answers_onOneConnection_keepItOpen() throws Exception {
        try (RawConnection connection = new RawConnection(http)) {
            for (int i = 0; i < 3; i++) {
                connection.send("GET /" + i + " HTTP/1.1\r\nHost: x\r\n\r\n");

                assertThat(connection.readHead()).startsWith("HTTP/1.1 200 ");
                assertThat(connection.read(2)).isEqualTo("{}");
                assertThat(requests.take().rawTarget()).isEqualTo("/" + i);
            }
        }
        assertThat(System.getProperty("sun.net.httpserver.nodelay")).isEqualTo("true");
    }

    @Test
    void outcome_drop_closesTheConnectionWithoutAnAnswer() throws Exception {
        next = handled(new WireOutcome.Drop(), Duration.ZERO);

        assertThat(exchange("GET /x HTTP/1.1\r\nHost: x\r\n\r\n")).isEmpty();
        assertThat(requests).hasSize(1);
    }

    @Test
    void outcome_hang_isNeverAnswered() throws Exception {
        next = handled(new WireOutcome.Hang(new CompletableFuture<>()), Duration.ZERO);
        try (RawConnection connection = new RawConnection(http)) {
            connection.send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
            requests.take();

            next = handled(answer(200, "{}"), Duration.ZERO);
            assertThat(exchange("GET /y HTTP/1.1\r\nHost: x\r\n" + CLOSE)).startsWith("HTTP/1.1 200 ");
            doors.close();

            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void outcome_withALatency_comesLater() throws Exception {
        next = handled(answer(200, "{}"), Duration.ofMillis(50));
        long start = System.nanoTime();

        String answer = exchange("GET /x HTTP/1.1\r\nHost: x\r\n" + CLOSE);

        assertThat(answer).startsWith("HTTP/1.1 200 ");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400})
    void outcome_truncated_promisesMoreThanItSends(int status) throws Exception {
        next = handled(new WireOutcome.Truncated(response(status, "{\"a\":12345}")), Duration.ZERO);

        String answer = exchange("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer.toLowerCase(Locale.ROOT)).contains("content-length: 11\r\n");
        assertThat(answer).endsWith(END_OF_HEAD + "{\"a\":");
    }

    @Test
    void outcome_slow_sendsHeadAndHalfTheBodyAtOnce() throws Exception {
        next = handled(new WireOutcome.Slow(response(200, "{\"a\":12345}"), Duration.ofHours(1)), Duration.ZERO);

        try (RawConnection connection = new RawConnection(http).send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n")) {
            assertThat(connection.readHead()).startsWith("HTTP/1.1 200 ");
            assertThat(connection.read(5)).isEqualTo("{\"a\":");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 429})
    void outcome_slow_sendsTheRestLater(int status) throws Exception {
        AtomicInteger ends = new AtomicInteger();
        next = new Handled(
                new WireOutcome.Slow(response(status, "{\"a\":12345}"), Duration.ofMillis(50)),
                Duration.ofMillis(1),
                delivery -> ends.incrementAndGet());
        long start = System.nanoTime();

        String answer = exchange("GET /x HTTP/1.1\r\nHost: x\r\n" + CLOSE);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").endsWith(END_OF_HEAD + "{\"a\":12345}");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        assertThat(ends).hasValue(1);
    }

    @Test
    void outcomes_whenTheyLeave_haveEnded() throws Exception {
        WireResponse response = response(200, "{}");
        for (WireOutcome outcome : List.of(
                new WireOutcome.Answer(response), new WireOutcome.Truncated(response), new WireOutcome.Drop())) {
            AtomicInteger ends = new AtomicInteger();
            next = new Handled(outcome, Duration.ZERO, delivery -> ends.incrementAndGet());

            assertThat(exchange("GET /x HTTP/1.1\r\nHost: x\r\n" + CLOSE)).doesNotContain("500");

            assertThat(ends).hasValue(1);
        }
    }

    @Test
    void requests_halfSent_holdUpNobodyElse() throws Exception {
        next = handled(answer(200, "{}"), Duration.ofMillis(1));
        List<RawConnection> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                stalled.add(new RawConnection(http).send("POST /identities HTTP/1.1\r\nHos"));
            }

            assertThat(exchange("GET /__emulator/health HTTP/1.1\r\nHost: x\r\n" + CLOSE))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(exchange("GET /late HTTP/1.1\r\nHost: x\r\n" + CLOSE)).startsWith("HTTP/1.1 200 ");
        } finally {
            for (RawConnection connection : stalled) {
                connection.close();
            }
        }
    }

    @Test
    void answers_lateAndNotTakenByTheirClient_holdUpNobodyElse() throws Exception {
        next = handled(answer(200, "x".repeat(16 * 1024 * 1024)), Duration.ofMillis(1));
        try (RawConnection slow = new RawConnection(http).send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")) {
            assertThat(slow.readHead()).startsWith("HTTP/1.1 200 ");
            next = handled(answer(200, "{}"), Duration.ofMillis(1));

            assertThat(exchange("GET /late HTTP/1.1\r\nHost: x\r\n" + CLOSE)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void outcomes_withLatencies_occupyNoThreads() throws Exception {
        int moreThanThereAreThreads = 40;
        List<RawConnection> waiting = new ArrayList<>();
        try {
            next = handled(answer(200, "{}"), Duration.ofHours(1));
            for (int i = 0; i < moreThanThereAreThreads; i++) {
                waiting.add(new RawConnection(http).send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n"));
                assertThat(requests.poll(10, TimeUnit.SECONDS)).isNotNull();
            }
            next = handled(answer(200, "{}"), Duration.ZERO);

            assertThat(exchange("GET /x HTTP/1.1\r\nHost: x\r\n" + CLOSE)).startsWith("HTTP/1.1 200 ");
        } finally {
            for (RawConnection connection : waiting) {
                connection.close();
            }
        }
    }

    @Test
    void protocol_failing_isReportedToTheClientAndTheLog() throws Exception {
        IllegalStateException failure = new IllegalStateException("a failure that the test provokes");
        try (CapturedLog log = CapturedLog.of(ExchangeHandler.class);
                Doors failing = new Doors(
                        request -> {
                            throw failure;
                        },
                        Listening.LOOPBACK,
                        null);
                RawConnection connection = new RawConnection(failing.openHttp(0))) {
            String answer =
                    connection.send("GET /x HTTP/1.1\r\nHost: x\r\n" + CLOSE).readToEnd();

            assertThat(log.records()).extracting(LogRecord::getThrown).containsExactly(failure);

            assertThat(answer)
                    .startsWith("HTTP/1.1 500 ")
                    .contains("\"code\":\"EmulatorFailed\"")
                    .doesNotContain("provokes");
        }
    }

    @Test
    void health_get_answersWithoutTheProtocol() throws Exception {
        assertThat(exchange("GET /__emulator/health HTTP/1.1\r\nHost: x\r\n" + CLOSE))
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("content-type: application/json")
                .endsWith("{\"status\":\"UP\"}");
        assertThat(requests).isEmpty();
    }

    @Test
    void open_onATakenPort_namesThePort() {
        assertThatThrownBy(() -> doors.openHttp(http.getPort()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("cannot listen on 127.0.0.1:" + http.getPort() + ": ");
    }

    @Test
    void openHttps_always_servesTls() throws Exception {
        SelfSignedCertificate certificate = SelfSignedCertificate.create(Instant.now());
        URI https = doors.openHttps(0, certificate.serverContext());
        HttpClient client =
                HttpClient.newBuilder().sslContext(certificate.clientContext()).build();

        for (String host : List.of("localhost", "127.0.0.1")) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://" + host + ":" + https.getPort() + "/identities"))
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(requests.take().scheme()).isEqualTo("https");
        }
    }

    /** Sends lines on a connection of their own and returns everything that comes back. */
    private String exchange(String... lines) throws Exception {
        try (RawConnection connection = new RawConnection(http)) {
            return connection.send(String.join("\r\n", lines) + "\r\n").readToEnd();
        }
    }

    private static Handled handled(WireOutcome outcome, Duration delay) {
        return new Handled(outcome, delay);
    }

    private static WireOutcome answer(int status, String body) {
        return new WireOutcome.Answer(response(status, body));
    }

    private static WireResponse response(int status, String body) {
        return new WireResponse(status, List.of(JSON), body.getBytes(UTF_8));
    }
}
