/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the user of an operation does not exist, was deleted, or belongs to another resource.
 *
 * <p>Beware of acting on it blindly: with the connection string of another resource <em>every</em> user is answered
 * that way, and {@link #isForeignResource()} is true.
 */
public final class UserNotFoundException extends IdentityException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String IDENTITY_NOT_OWNED = "IdentityNotOwned";

    /**
     * Creates an exception without a cause.
     *
     * @param message what happened, without secrets
     * @param details what is known of the failure
     */
    public UserNotFoundException(String message, FailureDetails details) {
        this(message, details, null);
    }

    /**
     * Creates an exception.
     *
     * @param message what happened, without secrets
     * @param details what is known of the failure
     * @param cause the cause, whose texts hold no secrets either, or {@code null}
     */
    public UserNotFoundException(String message, FailureDetails details, @Nullable Throwable cause) {
        super(message, details, cause);
    }

    /** Returns {@code false}. */
    @Override
    public boolean isTransient() {
        return false;
    }

    /**
     * Returns whether the service said that the user belongs to another resource than the one that was called.
     *
     * @return {@code true} if the service error code is {@code IdentityNotOwned}
     */
    public boolean isForeignResource() {
        return errorCode().filter(IDENTITY_NOT_OWNED::equals).isPresent();
    }
}
