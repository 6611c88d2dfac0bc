/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

/** What a door does with a request. */
public sealed interface WireOutcome {

    /**
     * Answer.
     *
     * @param response the answer
     */
    record Answer(WireResponse response) implements WireOutcome {}

    /** Close the connection without an answer. */
    record Drop() implements WireOutcome {}

    /** Keep the connection open and never answer. */
    record Hang() implements WireOutcome {}
}
