/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import io.github.acsidentity.directory.ExternalId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The key of an external id in the table.
 *
 * <p>Not the text itself: a collation that ignores case, accents or trailing blanks would hand one person the identity
 * of another, and the longest text exceeds what some databases index.
 */
final class Fingerprint {

    private Fingerprint() {}

    static byte[] of(ExternalId id) {
        MessageDigest digest = sha256();
        digest.update(id.namespace().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return digest.digest(id.value().getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
