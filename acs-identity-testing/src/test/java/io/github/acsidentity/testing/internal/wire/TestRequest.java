/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import io.github.acsidentity.testing.FakeResource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Builds requests as a client does; its signing shares no code with the service. */
final class TestRequest {

    static final Instant NOW = Instant.parse("2026-03-02T09:05:07Z");
    static final String HASH = "x-ms-content-sha256";
    static final String DATE = "x-ms-date";

    private final String method;
    private final String target;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private byte[] body = new byte[0];
    private String host = "localhost";
    private String signedHost = "";
    private String signedHeaders = "x-ms-date;host;x-ms-content-sha256";
    private String date = date(NOW);
    private int port = -1;

    private TestRequest(String method, String target) {
        this.method = method;
        this.target = target;
    }

    static TestRequest of(String method, String target) {
        return new TestRequest(method, target);
    }

    static TestRequest post(String target) {
        return of("POST", target);
    }

    TestRequest body(String json) {
        return body(json.getBytes(StandardCharsets.UTF_8));
    }

    TestRequest body(byte[] bytes) {
        body = bytes;
        return this;
    }

    /** Sets the Host header. */
    TestRequest host(String value) {
        host = value;
        return this;
    }

    /** Sets the host that is signed, if that is not the Host header. */
    TestRequest signedHost(String value) {
        signedHost = value;
        return this;
    }

    TestRequest signedHeaders(String names) {
        signedHeaders = names;
        return this;
    }

    TestRequest date(String value) {
        date = value;
        return this;
    }

    TestRequest port(int value) {
        port = value;
        return this;
    }

    TestRequest header(String name, String value) {
        headers.add(Map.entry(name, value));
        return this;
    }

    WireRequest signedBy(FakeResource resource) {
        return signedWith(resource.primaryKey());
    }

    WireRequest signedWith(String key) {
        List<String> values = new ArrayList<>();
        for (String name : signedHeaders.split(";", -1)) {
            values.add(
                    switch (name.toLowerCase(Locale.ROOT)) {
                        case "host" -> signedHost.isEmpty() ? host : signedHost;
                        case HASH -> hash(body);
                        default -> date;
                    });
        }
        String signature = sign(key, method + "\n" + target + "\n" + String.join(";", values));
        String dateHeader = signedHeaders.toLowerCase(Locale.ROOT).contains(DATE) ? DATE : "Date";
        return header(dateHeader, date)
                .header(HASH, hash(body))
                .header("Authorization", "HMAC-SHA256 SignedHeaders=" + signedHeaders + "&Signature=" + signature)
                .unsigned();
    }

    WireRequest withBearer(String token) {
        return header("Authorization", "Bearer " + token).unsigned();
    }

    WireRequest unsigned() {
        List<Map.Entry<String, String>> all = new ArrayList<>(headers);
        all.add(Map.entry("Host", host));
        return new WireRequest(method, target, all, body, "https", port);
    }

    static String date(Instant instant) {
        return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
                .withZone(ZoneOffset.UTC)
                .format(instant);
    }

    static String sign(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String hash(byte[] body) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
