/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the service could not be reached, did not answer in time, failed (5xx, 408), or answered something
 * unexpected or unreadable. Trying again later may help; see {@link #outcomeUnknown()} before repeating a create.
 */
public final class ServiceUnavailableException extends IdentityException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause.
     *
     * @param message what happened, without secrets
     * @param details what is known of the failure
     */
    public ServiceUnavailableException(String message, FailureDetails details) {
        this(message, details, null);
    }

    /**
     * Creates an exception.
     *
     * @param message what happened, without secrets
     * @param details what is known of the failure
     * @param cause the cause, whose texts hold no secrets either, or {@code null}
     */
    public ServiceUnavailableException(String message, FailureDetails details, @Nullable Throwable cause) {
        super(message, details, cause);
    }

    /** Returns {@code true}. */
    @Override
    public boolean isTransient() {
        return true;
    }
}
