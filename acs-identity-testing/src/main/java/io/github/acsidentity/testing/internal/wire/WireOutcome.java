/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a door does with a request. */
public sealed interface WireOutcome {

    /**
     * Answer.
     *
     * @param response the answer
     */
    record Answer(WireResponse response) implements WireOutcome {}

    /**
     * Send the head and the first half of the body, and close the connection.
     *
     * @param response the answer, with a body
     */
    record Truncated(WireResponse response) implements WireOutcome {}

    /**
     * Send the head and the first half of the body at once, and the rest later.
     *
     * @param response the answer, with a body
     * @param time how much later, in transport time
     */
    record Slow(WireResponse response, Duration time) implements WireOutcome {}

    /** Close the connection without an answer. */
    record Drop() implements WireOutcome {}

    /**
     * Do not answer, and keep the connection open.
     *
     * @param release completes when there is no longer a reason to keep it
     */
    record Hang(CompletableFuture<@Nullable Void> release) implements WireOutcome {}
}
