/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

/** How the model answers in a case in which nobody has seen the service. */
public enum Reply {
    /** As if nothing were special. */
    DONE,
    /** 404. */
    NOT_FOUND,
    /** 401 with the code for users of another resource. */
    NOT_OWNED,
    /** 400. */
    INVALID,
    /** 422. */
    UNPROCESSABLE,
    /** 429 with a pause to keep. */
    PAUSE,
    /** 501. */
    NOT_IMPLEMENTED
}
