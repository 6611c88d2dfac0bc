/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import io.github.acsidentity.testing.FakeResource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Writes the requests of {@link ProtocolRow} as the clients named there do. */
final class ProtocolClient {

    static final String REQUEST_ID = "5f0c1d2e-0b1c-4d2e-8f3a-0123456789ab";

    private final FakeResource resource;
    private final String host;
    private final int port;
    private final Instant now;

    ProtocolClient(FakeResource resource, String host, int port, Instant now) {
        this.resource = resource;
        this.host = host;
        this.port = port;
        this.now = now;
    }

    WireRequest write(ProtocolRow row, Map<String, String> values) {
        boolean encodes = row.client().equals("js");
        String target = fill(row.target(), values, encodes);
        byte[] body = fill(row.body(), values, false).getBytes(StandardCharsets.UTF_8);
        TestRequest request = TestRequest.of(row.method(), target)
                .body(body)
                .port(port)
                .host(host + ":" + port)
                .date(TestRequest.date(now))
                .header("Accept", "application/json")
                .header("x-ms-client-request-id", REQUEST_ID);
        boolean creates = target.startsWith("/identities?");
        if (body.length > 0 || (encodes && creates)) {
            request.header("Content-Type", "application/json");
        }
        if (body.length > 0 || !encodes || row.method().equals("POST")) {
            request.header("Content-Length", Integer.toString(body.length));
        }
        return switch (row.client()) {
            case "java" ->
                request.host(host)
                        .header("User-Agent", "azsdk-java-azure-communication-identity/1.4.10 (17; Linux; 6)")
                        .header("x-ms-hmac-string-to-sign-base64", "UE9TVA==")
                        .signedBy(resource);
            case "java-jdk" -> request.signedHost(host).signedBy(resource);
            case "js" ->
                request.header("Accept-Encoding", "gzip,deflate")
                        .header("User-Agent", "azsdk-js-communication-identity/1.3.1 core-rest-pipeline/1.22.2")
                        .signedBy(resource);
            case "hand", "python" -> request.signedBy(resource);
            case "old" -> request.signedHeaders("date;host;x-ms-content-sha256").signedBy(resource);
            case "entra" -> request.withBearer("e30.e30.c2ln");
            case "wrong-key" -> request.signedWith("d3Jvbmcga2V5");
            case "changed-body" -> changed(request.signedBy(resource));
            case "stale" ->
                request.date(TestRequest.date(now.minus(Duration.ofHours(1)))).signedBy(resource);
            case "other-scheme" ->
                request.header("Authorization", "HMAC-SHA256 Credential=x&SignedHeaders=x-ms-date;host&Signature=eA==")
                        .unsigned();
            case "anonymous" -> request.unsigned();
            default -> throw new IllegalArgumentException("No client: " + row.client());
        };
    }

    private static WireRequest changed(WireRequest signed) {
        byte[] other = "[]".getBytes(StandardCharsets.UTF_8);
        return new WireRequest(
                signed.method(), signed.rawTarget(), signed.headers(), other, signed.scheme(), signed.port());
    }

    private static String fill(String text, Map<String, String> values, boolean encoded) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            String written = encoded ? value.getValue().replace(":", "%3A") : value.getValue();
            filled = filled.replace("{" + value.getKey() + "}", written);
        }
        return filled;
    }
}
