/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.json;

import java.io.Serial;

/** Thrown when a text is not JSON; the message says what is wrong and where, and quotes nothing of the text. */
public final class JsonException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    JsonException(String problem, int position) {
        super(problem + " at character " + position);
    }
}
