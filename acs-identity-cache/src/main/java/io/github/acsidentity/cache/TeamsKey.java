/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.TeamsTokenRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Stands for one Entra token in the cache: a hash of the whole token and of whom it was issued for, so that nobody gets
 * a Teams user's access token without presenting that very credential, and the credential itself is not kept.
 */
record TeamsKey(ByteBuffer hash) {

    static TeamsKey of(TeamsTokenRequest request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            update(digest, request.clientId());
            update(digest, request.userObjectId());
            update(digest, request.entraToken());
            return new TeamsKey(ByteBuffer.wrap(digest.digest()).asReadOnlyBuffer());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    /** Returns a name that says nothing of the credential. */
    @Override
    public String toString() {
        return "TeamsKey";
    }
}
