/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.acsidentity.testing.internal.model.Delivery;
import io.github.acsidentity.testing.internal.wire.WireOutcome;
import io.github.acsidentity.testing.internal.wire.WireProtocol.Handled;
import io.github.acsidentity.testing.internal.wire.WireRequest;
import io.github.acsidentity.testing.internal.wire.WireResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Hands the requests that come in through one door to the protocol, and its answers back. */
final class ExchangeHandler implements HttpHandler {

    static final String HEALTH_ROUTE = "GET /__emulator/health";

    private static final Logger LOGGER = System.getLogger(ExchangeHandler.class.getName());
    private static final int MAXIMUM_BODY_BYTES = 1024 * 1024;
    private static final String HEALTH_PATH = HEALTH_ROUTE.substring("GET ".length());
    /** Headers that say how a message is framed are the server's. */
    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");

    private static final Set<String> VERSIONS = Set.of("HTTP/1.0", "HTTP/1.1");
    private static final int NOT_MODIFIED = 304;
    private static final int FIRST_ERROR = 400;

    private final Function<WireRequest, Handled> protocol;
    private final String scheme;
    private final int port;
    private final Waits waits;

    ExchangeHandler(Function<WireRequest, Handled> protocol, String scheme, int port, Waits waits) {
        this.protocol = protocol;
        this.scheme = scheme;
        this.port = port;
        this.waits = waits;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        byte[] body;
        try {
            body = exchange.getRequestBody().readNBytes(MAXIMUM_BODY_BYTES + 1);
        } catch (IOException e) {
            refuse(exchange, 400, "BadRequest", "The body of the request cannot be read.");
            return;
        }
        if (body.length > MAXIMUM_BODY_BYTES) {
            refuse(exchange, 413, "RequestTooLarge", "The body has more than " + MAXIMUM_BODY_BYTES + " bytes.");
        } else if (!VERSIONS.contains(exchange.getProtocol())) {
            refuse(exchange, 400, "BadRequest", "The request line must end with HTTP/1.1.");
        } else if (!namesOneHost(exchange)) {
            refuse(exchange, 400, "BadRequest", "The request needs exactly one Host header.");
        } else if (HEALTH_PATH.equals(exchange.getRequestURI().getPath())) {
            answer(exchange, health(exchange.getRequestMethod()));
        } else {
            serve(exchange, body);
        }
    }

    private static boolean namesOneHost(HttpExchange exchange) {
        int hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of()).size();
        return hosts == 1 || (hosts == 0 && exchange.getProtocol().equals("HTTP/1.0"));
    }

    private static WireResponse health(String method) {
        return method.equals("GET") || method.equals("HEAD")
                ? json(200, "{\"status\":\"UP\"}")
                : AdminAnswer.wrongMethod("GET");
    }

    private void serve(HttpExchange exchange, byte[] body) throws IOException {
        Handled handled;
        try {
            handled = protocol.apply(request(exchange, body));
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "The emulator failed to handle a request", e);
            refuse(exchange, 500, "EmulatorFailed", "The emulator failed; its log says why.");
            return;
        }
        if (waits.pass(handled.delay())) {
            finish(exchange, handled);
        } else {
            handled.end().accept(Delivery.GIVEN_UP);
            throw brokenOnPurpose();
        }
    }

    private WireRequest request(HttpExchange exchange, byte[] body) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
        return new WireRequest(
                exchange.getRequestMethod(), rawTarget(exchange.getRequestURI()), headers, body, scheme, port);
    }

    /** Returns what the client sent and signed: a parsed URI keeps the very characters that it was parsed from. */
    private static String rawTarget(URI target) {
        if (!target.isAbsolute()) {
            return target.toString();
        }
        String query = target.getRawQuery();
        return query == null ? target.getRawPath() : target.getRawPath() + "?" + query;
    }

    private void finish(HttpExchange exchange, Handled handled) throws IOException {
        WireOutcome outcome = handled.outcome();
        if (outcome instanceof WireOutcome.Answer answer) {
            handled.end().accept(Delivery.SENT);
            answer(exchange, answer.response());
        } else if (outcome instanceof WireOutcome.Slow slow) {
            answerSlowly(exchange, slow, handled.end());
        } else if (outcome instanceof WireOutcome.Truncated truncated) {
            handled.end().accept(Delivery.SENT);
            beginAnswer(exchange, truncated.response());
            throw brokenOnPurpose();
        } else if (outcome instanceof WireOutcome.Drop) {
            handled.end().accept(Delivery.SENT);
            throw brokenOnPurpose();
        } else if (outcome instanceof WireOutcome.Hang hang) {
            waits.hang(hang.release());
            handled.end().accept(Delivery.GIVEN_UP);
            throw brokenOnPurpose();
        }
    }

    /** The server closes the connection for it; after {@link HttpExchange#close()} it would keep what belongs to it. */
    private static IOException brokenOnPurpose() {
        return new IOException("The connection is broken on purpose");
    }

    private void answerSlowly(HttpExchange exchange, WireOutcome.Slow slow, Consumer<Delivery> end) throws IOException {
        byte[] body = slow.response().body();
        boolean inTime = false;
        try {
            int sent = beginAnswer(exchange, slow.response());
            inTime = waits.pass(slow.time());
            if (!inTime) {
                throw brokenOnPurpose();
            }
            end.accept(Delivery.SENT);
            exchange.getResponseBody().write(body, sent, body.length - sent);
            exchange.close();
        } finally {
            if (!inTime) {
                end.accept(Delivery.GIVEN_UP);
            }
        }
    }

    /** Sends the head and the first half of the body; returns how many bytes of the body that are. */
    private static int beginAnswer(HttpExchange exchange, WireResponse response) throws IOException {
        byte[] body = response.body();
        int half = body.length / 2;
        addHeaders(exchange, response);
        // A length, whatever the status: an answer in chunks that is closed early would look complete.
        exchange.sendResponseHeaders(response.status(), body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, half);
        out.flush();
        return half;
    }

    private static void refuse(HttpExchange exchange, int status, String code, String message) throws IOException {
        exchange.getResponseHeaders().set("Connection", "close");
        answer(exchange, json(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}"));
    }

    private static WireResponse json(int status, String body) {
        return new WireResponse(status, List.of(Map.entry("Content-Type", "application/json")), body.getBytes(UTF_8));
    }

    private static void addHeaders(HttpExchange exchange, WireResponse response) {
        for (Map.Entry<String, String> header : response.headers()) {
            if (!FRAMING.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().add(header.getKey(), header.getValue());
            }
        }
    }

    private static void answer(HttpExchange exchange, WireResponse response) throws IOException {
        addHeaders(exchange, response);
        byte[] body = response.body();
        boolean bodiless = response.status() == NOT_MODIFIED || body.length == 0;
        if (exchange.getRequestMethod().equals("HEAD") || bodiless) {
            exchange.sendResponseHeaders(response.status(), -1);
        } else {
            // As the service does: errors are chunked, everything else has a length.
            exchange.sendResponseHeaders(response.status(), response.status() >= FIRST_ERROR ? 0 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
        exchange.close();
    }
}
