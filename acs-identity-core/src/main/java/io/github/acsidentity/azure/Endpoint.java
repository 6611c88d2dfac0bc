/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Checks the endpoint of a resource before the first call, and without repeating it: it may be a secret in the wrong
 * place.
 */
final class Endpoint {

    private static final String FORM = "an endpoint has the form https://<resource>.communication.azure.com";

    private Endpoint() {}

    /** Returns the endpoint as {@code https://host} or {@code https://host:port}. */
    static String normalize(String endpoint) {
        if (endpoint.isBlank()) {
            throw wrong("it is empty");
        }
        URI uri = parse(endpoint.strip());
        if (uri.getScheme() == null || uri.isOpaque()) {
            throw wrong("it has no scheme, such as https://");
        }
        if (!"https".equals(uri.getScheme().toLowerCase(Locale.ROOT))) {
            throw wrong("its scheme is not https, and a credential is never sent over another");
        }
        if (uri.getHost() == null) {
            throw wrong("it has no valid host");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw wrong("it has more than a scheme, a host and a port");
        }
        if (!uri.getRawPath().isEmpty() && !"/".equals(uri.getRawPath())) {
            throw wrong("it has a path");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw wrong("its port is not from 1 to 65535");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return "https://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    private static URI parse(String endpoint) {
        try {
            return new URI(endpoint);
        } catch (URISyntaxException e) {
            throw wrong("it is not a URL");
        }
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("The endpoint cannot be used: " + what + "; " + FORM);
    }
}
