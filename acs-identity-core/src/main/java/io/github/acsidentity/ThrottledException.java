/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when too many calls were made: the service answered 429, or a local call budget or pause did not let the call
 * out. {@link #retryAfter()} says when to come back, if that is known.
 */
public final class ThrottledException extends IdentityException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause.
     *
     * @param message what happened, without secrets
     * @param details what is known of the failure
     */
    public ThrottledException(String message, FailureDetails details) {
        this(message, details, null);
    }

    /**
     * Creates an exception.
     *
     * @param message what happened, without secrets
     * @param details what is known of the failure
     * @param cause the cause, whose texts hold no secrets either, or {@code null}
     */
    public ThrottledException(String message, FailureDetails details, @Nullable Throwable cause) {
        super(message, details, cause);
    }

    /** Returns {@code true}. */
    @Override
    public boolean isTransient() {
        return true;
    }

    /**
     * Returns whether the call was held back locally, before it reached the service.
     *
     * @return {@code true} if there was no answer of the service
     */
    public boolean isLocal() {
        return httpStatus().isEmpty();
    }
}
