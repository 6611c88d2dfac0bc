/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import org.jspecify.annotations.Nullable;

/**
 * A success answer.
 *
 * @param status the HTTP status
 * @param json the body, if there is one
 */
record Success(int status, @Nullable String json) {

    /** An answer without a body. */
    static final Success NO_CONTENT = new Success(204, null);
}
