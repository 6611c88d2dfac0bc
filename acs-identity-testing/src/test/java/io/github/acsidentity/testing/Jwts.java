/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Takes JWTs apart. */
final class Jwts {

    private Jwts() {}

    static String header(String token) {
        return decode(token.split("\\.", -1)[0]);
    }

    static String payload(String token) {
        return decode(token.split("\\.", -1)[1]);
    }

    static byte[] signature(String token) {
        return Base64.getUrlDecoder().decode(token.split("\\.", -1)[2]);
    }

    private static String decode(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
