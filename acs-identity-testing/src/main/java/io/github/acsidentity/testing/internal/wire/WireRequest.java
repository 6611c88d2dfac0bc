/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came over the wire.
 *
 * @param method the method, such as {@code POST}
 * @param rawTarget the request target: path and query, not decoded
 * @param headers the headers in their order; a name may occur more than once, in any case
 * @param body the body, empty if there is none; not copied
 * @param scheme {@code https} or {@code http}
 * @param port the port that the door listens on, or -1 if it has none
 */
@SuppressWarnings("ArrayRecordComponent")
public record WireRequest(
        String method,
        String rawTarget,
        List<Map.Entry<String, String>> headers,
        byte[] body,
        String scheme,
        int port) {

    /** Copies the headers. */
    public WireRequest {
        headers = List.copyOf(headers);
    }

    /** Returns the first header of the given name, in any case. */
    public Optional<String> header(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return headers.stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals(wanted))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
