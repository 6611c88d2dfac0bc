/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the service rejects a request as wrong (400, and every other 4xx without an exception of its own): the
 * same call will be rejected again.
 */
public final class InvalidRequestException extends IdentityException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause.
     *
     * @param message what happened, without secrets
     * @param details what is known of the failure
     */
    public InvalidRequestException(String message, FailureDetails details) {
        this(message, details, null);
    }

    /**
     * Creates an exception.
     *
     * @param message what happened, without secrets
     * @param details what is known of the failure
     * @param cause the cause, whose texts hold no secrets either, or {@code null}
     */
    public InvalidRequestException(String message, FailureDetails details, @Nullable Throwable cause) {
        super(message, details, cause);
    }

    /** Returns {@code false}. */
    @Override
    public boolean isTransient() {
        return false;
    }
}
