/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import java.util.List;
import java.util.Map;

/**
 * An answer of the service. {@code Content-Length} and {@code Transfer-Encoding} are left to the door.
 *
 * @param status the HTTP status
 * @param headers the headers in their order
 * @param body the body, empty if there is none; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record WireResponse(int status, List<Map.Entry<String, String>> headers, byte[] body) {

    /** Copies the headers. */
    public WireResponse {
        headers = List.copyOf(headers);
    }

    /** Returns a copy with another body. */
    public WireResponse withBody(byte[] newBody) {
        return new WireResponse(status, headers, newBody);
    }
}
