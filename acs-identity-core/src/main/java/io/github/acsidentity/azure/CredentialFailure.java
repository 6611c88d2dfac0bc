/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import java.io.Serial;
import java.util.List;

/** What a credential threw, for those on the way to {@link CallPolicy} who log it: in words without secrets. */
final class CredentialFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Throwable original;

    CredentialFailure(Throwable original) {
        super("The credential failed", RedactedCause.withText(original, List.of()), false, false);
        this.original = original;
    }

    /** Returns what the credential threw, as it is. */
    Throwable original() {
        return original;
    }
}
