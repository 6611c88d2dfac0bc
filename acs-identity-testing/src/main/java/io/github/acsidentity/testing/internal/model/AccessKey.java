/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One access key of a resource. Compared by identity: a regenerated key is another key. */
public final class AccessKey {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 64;

    private final SecretKeySpec secret;
    private final String base64;

    private AccessKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
        this.base64 = Base64.getEncoder().encodeToString(secret);
    }

    /** Returns a new key. */
    public static AccessKey random(Random random) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return new AccessKey(secret);
    }

    /** Returns the secret as the portal shows it. */
    public String base64() {
        return base64;
    }

    /** Returns the HMAC-SHA256 of a text. */
    public byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    /** Says that it is a key, without the secret. */
    @Override
    public String toString() {
        return "AccessKey[<redacted>]";
    }
}
