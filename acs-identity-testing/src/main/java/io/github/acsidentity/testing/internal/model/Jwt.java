/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.testing.internal.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;

/** Signs JWTs with RS256. */
final class Jwt {

    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();
    private static final int KEY_BITS = 2048;

    private Jwt() {}

    /** Returns a token of the given payload. */
    static String sign(JsonWriter payload) {
        SigningKey key = SigningKey.SHARED;
        String content = key.encodedHeader + "." + encode(payload.toString());
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.pair.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + BASE64_URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA256withRSA", e);
        }
    }

    private static String encode(String json) {
        return BASE64_URL.encodeToString(json.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * One key for the whole process, made when the first token is signed: it takes long, and nothing ever changes it.
     */
    private static final class SigningKey {

        static final SigningKey SHARED = new SigningKey();

        final KeyPair pair;
        final String encodedHeader;

        SigningKey() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(KEY_BITS);
                pair = generator.generateKeyPair();
                byte[] thumbprint = MessageDigest.getInstance("SHA-1")
                        .digest(pair.getPublic().getEncoded());
                encodedHeader = encode(JsonWriter.object()
                        .text("alg", "RS256")
                        .text("kid", HexFormat.of().withUpperCase().formatHex(thumbprint))
                        .text("x5t", BASE64_URL.encodeToString(thumbprint))
                        .text("typ", "JWT")
                        .toString());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has RSA and SHA-1", e);
            }
        }
    }
}
