/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of a request as the documentation of the service defines it. */
final class Signature {

    private Signature() {}

    static String contentHash(LoggedRequest request) throws GeneralSecurityException {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(request.getBody()));
    }

    /** Returns the Authorization header that the request must have; the SDK signs the host without the port. */
    static String authorization(String accessKey, LoggedRequest request) throws GeneralSecurityException {
        String host = URI.create(request.getAbsoluteUrl()).getHost();
        String text = request.getMethod() + "\n" + request.getUrl() + "\n" + request.getHeader("x-ms-date") + ";" + host
                + ";" + contentHash(request);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(accessKey), "HmacSHA256"));
        return "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                + Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
