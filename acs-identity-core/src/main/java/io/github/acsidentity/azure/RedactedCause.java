/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for an exception of the SDK: its type and stack trace, without texts that may hold a token.
 *
 * <p>The original cannot be chained: the message of an unexpected answer holds the whole body, and loggers print
 * causes.
 */
final class RedactedCause extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MAXIMUM_DEPTH = 8;
    private static final int MAXIMUM_TEXT = 500;

    private RedactedCause(String message, @Nullable Throwable cause) {
        super(message, cause, false, true);
    }

    /** Copies an exception whose texts come from the machine, the transport or a credential; secrets are taken out. */
    static RedactedCause withText(Throwable original, List<String> secrets) {
        return copy(original, secrets, MAXIMUM_DEPTH);
    }

    /** Copies an exception whose texts may repeat an answer of the service; no text is kept. */
    static RedactedCause withoutText(Throwable original) {
        return copy(original, null, MAXIMUM_DEPTH);
    }

    private static RedactedCause copy(Throwable original, @Nullable List<String> secrets, int depth) {
        Throwable next = original.getCause();
        String text = original.getMessage();
        String type = original.getClass().getName();
        RedactedCause copy = new RedactedCause(
                secrets == null || text == null ? type : type + ": " + Redaction.scrub(text, MAXIMUM_TEXT, secrets),
                next == null || depth == 0 ? null : copy(next, secrets, depth - 1));
        copy.setStackTrace(original.getStackTrace());
        return copy;
    }
}
