/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.acsidentity.testing.emulator.AcsEmulator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Bytes to the sockets of a running emulator, those of its administration included. */
final class EmulatorSockets implements Target, AutoCloseable {

    private static final int BOUND_MILLIS = 10_000;
    private static final List<String> ADMINISTRATION = List.of(
            "GET /__emulator/health",
            "GET /__emulator/time",
            "POST /__emulator/time",
            "GET /__emulator/faults",
            "POST /__emulator/faults",
            "DELETE /__emulator/faults",
            "DELETE /__emulator/faults/1",
            "GET /__emulator/calls?operation=GET_TOKEN&limit=5",
            "DELETE /__emulator/calls",
            "GET /__emulator/state",
            "POST /__emulator/reset",
            "GET /__emulator/certificate",
            "GET /");
    private static final List<String> ADMINISTRATIVE_BODIES = List.of(
            "{\"advance\":\"PT1H\"}",
            "{\"set\":\"2026-01-01T00:00:00Z\"}",
            "{}",
            "",
            "{\"keepFaults\":true}",
            "{\"fault\":\"status\",\"status\":429,\"operation\":\"GET_TOKEN\",\"times\":1,\"retryAfter\":\"PT1S\"}");

    private final AcsEmulator emulator = AcsEmulator.builder().httpPort(0).start();
    private final List<ValidRequest> valid = ValidRequest.to(emulator.service());

    @Override
    public String name() {
        return "sockets of the emulator";
    }

    @Override
    public String feed(Mutations mutations, Consumer<String> input) throws IOException {
        byte[] request = request(mutations);
        input.accept(new String(request, ISO_8859_1));
        boolean tls = mutations.oneIn(20);
        String answer = exchange(tls ? emulator.endpoint() : emulator.httpEndpoint(), request);
        if (answer.startsWith("HTTP/1.1 500")) {
            throw new IllegalStateException(answer);
        }
        emulator.service().faults().clear();
        return answer.startsWith("HTTP/1.1 4") ? answer : "";
    }

    /** A connection that the emulator breaks is an answer, too: so does the server of the JDK after its refusals. */
    @Override
    public boolean allows(Exception thrown) {
        return thrown instanceof SocketException;
    }

    /** Returns whether the emulator still does what it should. */
    boolean isUp() throws IOException {
        byte[] health =
                "GET /__emulator/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(UTF_8);
        return exchange(emulator.httpEndpoint(), health).contains("\"UP\"");
    }

    @Override
    public void close() {
        emulator.close();
    }

    private byte[] request(Mutations mutations) {
        if (mutations.oneIn(3)) {
            String body = mutations.spoilAny(ADMINISTRATIVE_BODIES);
            String line = mutations.oneIn(2) ? mutations.any(ADMINISTRATION) : mutations.spoilAny(ADMINISTRATION);
            return mutations.bytes(text(line, List.of(Map.entry("Host", "localhost")), body));
        }
        ValidRequest request = mutations.any(valid).withBearer().spoiled(mutations);
        String text = text(request.method() + " " + request.target(), request.headers(), request.body());
        return mutations.bytes(mutations.oneIn(4) ? mutations.spoil(text) : text);
    }

    private static String text(String line, List<Map.Entry<String, String>> headers, String body) {
        StringBuilder text = new StringBuilder(line).append(" HTTP/1.1\r\n");
        List<Map.Entry<String, String>> all = new ArrayList<>(headers);
        all.add(Map.entry("Content-Type", "application/json"));
        all.add(Map.entry("Content-Length", String.valueOf(body.getBytes(UTF_8).length)));
        all.forEach(header -> text.append(header.getKey())
                .append(": ")
                .append(header.getValue())
                .append("\r\n"));
        return text.append("\r\n").append(body).toString();
    }

    private static String exchange(URI endpoint, byte[] request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(BOUND_MILLIS);
            socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), BOUND_MILLIS);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
