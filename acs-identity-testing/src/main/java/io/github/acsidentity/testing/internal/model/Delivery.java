/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

/** How a call ends, as its door sees it. */
public enum Delivery {
    /** The outcome begins to leave the service. */
    SENT,
    /** The caller has given up before. */
    GIVEN_UP
}
