/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown when a {@link UserMappingStore} cannot do its work, such as for want of its database. */
public final class UserMappingStoreException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Whether the same call may succeed later. */
    private final boolean isTransient;

    /**
     * Creates an exception.
     *
     * @param message what happened, without secrets and external ids
     * @param isTransient whether the same call may succeed later
     * @param cause what the database or its driver said, or {@code null}
     */
    public UserMappingStoreException(String message, boolean isTransient, @Nullable Throwable cause) {
        super(message, cause);
        this.isTransient = isTransient;
    }

    /**
     * Returns whether the same call may succeed later.
     *
     * @return {@code true} if trying again makes sense
     */
    public boolean isTransient() {
        return isTransient;
    }
}
