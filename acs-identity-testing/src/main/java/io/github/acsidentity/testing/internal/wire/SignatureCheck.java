/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import static io.github.acsidentity.testing.internal.wire.Authenticator.denied;

import io.github.acsidentity.testing.internal.model.AccessKey;
import io.github.acsidentity.testing.internal.model.Caller;
import io.github.acsidentity.testing.internal.model.Resource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Verifies the HMAC-SHA256 signatures of requests. Each refusal says which check failed, and quotes no secret. */
final class SignatureCheck {

    private static final Pattern STRUCTURE =
            Pattern.compile("HMAC-SHA256[ \t]+SignedHeaders=([^&\\s]+)&Signature=([A-Za-z0-9+/]+={0,2})");
    private static final String HOST = "host";
    private static final String CONTENT_HASH = "x-ms-content-sha256";
    private static final String DATE = "date";
    private static final String DATE_OF_ITS_OWN = "x-ms-date";

    private final WireSettings settings;

    SignatureCheck(WireSettings settings) {
        this.settings = settings;
    }

    /** Returns the resource and the key with which the request was signed. */
    Caller verify(WireRequest request, Target target, Host host, String authorization, List<Resource> candidates) {
        Matcher structure = STRUCTURE.matcher(authorization.trim());
        if (!structure.matches()) {
            throw denied("the Authorization header does not match the HMAC header structure, which is HMAC-SHA256"
                    + " SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=<signature>");
        }
        List<String> signedHeaders =
                List.of(structure.group(1).toLowerCase(Locale.ROOT).split(";"));
        checkContentHash(request, signedHeaders);
        checkDate(request, signedHeaders);
        require(signedHeaders.contains(HOST), "the signature does not cover host");

        byte[] signature = decode(structure.group(2));
        return host.signedForms(request.port()).stream()
                .map(signedHost -> stringToSign(request, target, signedHeaders, signedHost))
                .flatMap(text -> signer(text, signature, candidates).stream())
                .findFirst()
                .orElseThrow(
                        () -> denied("the signature was made with another key, or over something else than method, "
                                + "path, query and headers of this request"));
    }

    private static void checkContentHash(WireRequest request, List<String> signedHeaders) {
        require(signedHeaders.contains(CONTENT_HASH), "the signature does not cover " + CONTENT_HASH);
        String given =
                request.header(CONTENT_HASH).orElseThrow(() -> denied("the header " + CONTENT_HASH + " is missing"));
        require(
                given.equals(Base64.getEncoder().encodeToString(sha256(request.body()))),
                "the header " + CONTENT_HASH + " differs from the content hash generated from the body received");
    }

    private void checkDate(WireRequest request, List<String> signedHeaders) {
        // the service reads x-ms-date if both are there
        String name = request.header(DATE_OF_ITS_OWN).isPresent() ? DATE_OF_ITS_OWN : DATE;
        String given = request.header(name)
                .orElseThrow(() -> denied("the headers " + DATE_OF_ITS_OWN + " and " + DATE + " are missing"));
        require(signedHeaders.contains(name), "the signature does not cover " + name);
        Instant date = parse(given)
                .orElseThrow(() -> denied("the header " + name
                        + " is not a date of the form 'Mon, 02 Mar 2026 09:05:07 GMT', in English"));
        Duration skew = Duration.between(
                        date, Instant.ofEpochMilli(settings.transportTime().millis()))
                .abs();
        require(
                skew.compareTo(settings.dateSkew()) <= 0,
                "the header " + name + " is more than " + settings.dateSkew().toSeconds()
                        + " seconds from the time of the service");
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String stringToSign(
            WireRequest request, Target target, List<String> signedHeaders, String signedHost) {
        List<String> values = signedHeaders.stream()
                .map(name -> name.equals(HOST) ? signedHost : valueOf(request, name))
                .toList();
        return request.method() + "\n" + target.raw() + "\n" + String.join(";", values);
    }

    private static String valueOf(WireRequest request, String name) {
        return request.header(name)
                .orElseThrow(() -> denied("a header that is listed in SignedHeaders is not in the request"));
    }

    private static Optional<Caller> signer(String text, byte[] signature, List<Resource> candidates) {
        for (Resource resource : candidates) {
            for (AccessKey key : resource.keys()) {
                if (MessageDigest.isEqual(key.sign(text), signature)) {
                    return Optional.of(new Caller(resource, key));
                }
            }
        }
        return Optional.empty();
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw denied("the signature is not base64");
        }
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw denied(otherwise);
        }
    }
}
