/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.FakeResource;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcsEmulatorTest {

    @Test
    void start_withDefaults_opensHttpsOnAFreePort() throws Exception {
        try (AcsEmulator emulator = AcsEmulator.start()) {
            assertThat(emulator.endpoint())
                    .hasScheme("https")
                    .hasHost("127.0.0.1")
                    .hasPath("");
            assertThat(get(emulator, emulator.endpoint() + "/__emulator/health").body())
                    .isEqualTo("{\"status\":\"UP\"}");
            assertThat(get(emulator, "https://localhost:" + emulator.endpoint().getPort() + "/__emulator/health")
                            .statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(emulator::httpEndpoint)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("httpPort");
            assertThatThrownBy(emulator::httpConnectionString).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void start_withAnHttpPort_opensBothDoors() throws Exception {
        try (AcsEmulator emulator = AcsEmulator.builder().httpPort(0).start()) {
            assertThat(emulator.httpEndpoint()).hasScheme("http").hasHost("127.0.0.1");
            assertThat(get(emulator, emulator.httpEndpoint() + "/__emulator/health")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/healthz", "/actuator/health", "/__emulator/helth", "/__emulator/health/live"})
    void health_askedForElsewhere_isNamed(String path) throws Exception {
        try (AcsEmulator emulator = AcsEmulator.start()) {
            HttpResponse<String> response = get(emulator, emulator.endpoint() + path);

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("GET /__emulator/health");
        }
    }

    @Test
    void connectionString_ofAnyResource_holdsItsPrimaryKey() {
        FakeIdentityService service = FakeIdentityService.create();
        FakeResource second = service.addResource();
        try (AcsEmulator emulator =
                AcsEmulator.builder().service(service).httpPort(0).start()) {
            assertThat(emulator.service()).isSameAs(service);
            assertThat(emulator.connectionString())
                    .isEqualTo("endpoint=" + emulator.endpoint() + ";accesskey="
                            + service.resource().primaryKey());
            assertThat(emulator.connectionString(second))
                    .isEqualTo("endpoint=" + emulator.endpoint() + ";accesskey=" + second.primaryKey());
            assertThat(emulator.httpConnectionString(second))
                    .isEqualTo("endpoint=" + emulator.httpEndpoint() + ";accesskey=" + second.primaryKey());

            second.regeneratePrimaryKey();

            assertThat(emulator.connectionString(second)).endsWith(";accesskey=" + second.primaryKey());
        }
    }

    @Test
    void start_onATakenPort_saysWhichAndLeavesNothingBehind() throws Exception {
        try (AcsEmulator emulator = AcsEmulator.start()) {
            int taken = emulator.endpoint().getPort();
            Set<Thread> before = threads();

            assertThatThrownBy(() -> AcsEmulator.builder().httpPort(taken).start())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + taken + ": Address already in use");

            awaitEndOfThreadsBut(before);
        }
    }

    @Test
    void start_twice_givesInstancesThatDoNotTrustEachOther() throws Exception {
        try (AcsEmulator one = AcsEmulator.start();
                AcsEmulator other = AcsEmulator.start()) {
            assertThat(one.service()).isNotSameAs(other.service());
            assertThatThrownBy(() -> get(one, other.endpoint() + "/__emulator/health"))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void start_always_listensOnTheLoopbackInterfaceOnly() throws Exception {
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        try (AcsEmulator emulator = AcsEmulator.start()) {
            int port = emulator.endpoint().getPort();

            assertThat(others)
                    .allSatisfy(address -> assertThatThrownBy(() -> new Socket(address, port).close())
                            .isInstanceOf(IOException.class));
        }
    }

    @Test
    void close_always_freesPortsAndThreadsAtOnce() throws Exception {
        Set<Thread> before = threads();
        AcsEmulator emulator = AcsEmulator.builder().httpPort(0).start();
        URI https = emulator.endpoint();
        URI http = emulator.httpEndpoint();
        try (RawConnection idle = new RawConnection(http);
                RawConnection busy = new RawConnection(http);
                RawConnection handshaking = new RawConnection(https)) {
            idle.send("GET /__emulator/health HTTP/1.1\r\nHost: x\r\n\r\n").readHead();
            busy.send("POST /identities HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
            handshaking.send("\u0016\u0003\u0001");

            long start = System.nanoTime();
            emulator.close();
            emulator.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(busy.readToEnd()).isEmpty();
            awaitEndOfThreadsBut(before);
            for (URI endpoint : List.of(https, http)) {
                assertThatThrownBy(() -> new RawConnection(endpoint).close()).isInstanceOf(ConnectException.class);
            }
        }
    }

    @Test
    void threads_always_areDaemons() {
        Set<Thread> before = threads();
        try (AcsEmulator emulator = AcsEmulator.builder().httpPort(0).start()) {
            Set<Thread> started = threads();
            started.removeAll(before);

            assertThat(emulator.endpoint()).isNotNull();
            assertThat(started).isNotEmpty().allMatch(Thread::isDaemon);
        }
    }

    @Test
    @Timeout(30)
    void latency_ofAServiceWithAScheduler_isWaitedOutByIt() throws Exception {
        MutableClock clock = MutableClock.startingAt(Instant.EPOCH);
        ManualScheduler scheduler = new ManualScheduler(clock);
        FakeIdentityService service =
                FakeIdentityService.builder().scheduler(scheduler).build();
        service.faults().on().next(Fault.latency(Duration.ofHours(1)));
        try (AcsEmulator emulator =
                        AcsEmulator.builder().service(service).httpPort(0).start();
                RawConnection connection = new RawConnection(emulator.httpEndpoint())) {
            connection.send(String.join(
                    "\r\n",
                    "POST /identities?api-version=2023-10-01 HTTP/1.1",
                    "Host: localhost",
                    "Authorization: Bearer opaque",
                    "Content-Length: 0",
                    "",
                    ""));
            while (scheduler.pendingTasks() == 0) {
                Thread.onSpinWait();
            }

            clock.advance(Duration.ofHours(1));
            scheduler.runDueTasks();

            assertThat(connection.readHead()).startsWith("HTTP/1.1 201 ");
        }
    }

    @Test
    void trust_inEveryForm_isTheSameCertificate(@TempDir Path directory) throws Exception {
        try (AcsEmulator emulator = AcsEmulator.start()) {
            Path file = directory.resolve("trust.p12");
            emulator.trustStore(file, "changeit");
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, "changeit".toCharArray());
            }

            assertThat(store.getCertificate(Collections.list(store.aliases()).get(0)))
                    .isEqualTo(CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(emulator.caPem().getBytes(StandardCharsets.US_ASCII))));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536, Integer.MIN_VALUE})
    void builder_portOutOfRange_isRefused(int port) {
        assertThatThrownBy(() -> AcsEmulator.builder().httpsPort(port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("httpsPort must be from 0 to 65535, but was " + port);
        assertThatThrownBy(() -> AcsEmulator.builder().httpPort(port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("httpPort must be from 0 to 65535, but was " + port);
    }

    @Test
    void builder_negativeDateSkew_isRefused() {
        assertThatThrownBy(() -> AcsEmulator.builder().maximumDateSkew(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S");
    }

    private static HttpResponse<String> get(AcsEmulator emulator, String url) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(emulator.sslContext()).build();
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void awaitEndOfThreadsBut(Set<Thread> remaining) throws InterruptedException {
        Set<Thread> ending = threads();
        ending.removeAll(remaining);
        for (Thread thread : ending) {
            thread.join(Duration.ofSeconds(5).toMillis());
        }
        assertThat(threads()).isSubsetOf(remaining);
    }

    /** Returns the living threads of emulators and of the servers in them. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("acs-emulator")
                        || thread.getName().startsWith("HTTP-Dispatcher")
                        || thread.getName().contains("idle-timeout"))
                .collect(Collectors.toSet());
    }
}
