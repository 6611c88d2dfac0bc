/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import java.io.Serial;

/** Breaks the rule that callers meet one family of exceptions. */
public final class PlantedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;
}
