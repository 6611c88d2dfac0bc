/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import io.github.acsidentity.TokenRequest;
import org.jspecify.annotations.Nullable;

/**
 * One call for a token.
 *
 * @param number its place in the order of all that happens
 * @param requestedAt the true time that the cache counts the lifetime from
 */
record Call(Watched watched, TokenRequest request, long number, long requestedAt, long startedNanos, Answer answer) {

    /** Returns until when the token certainly lives, as far as the cache may trust it. */
    long trustedUntil() {
        return requestedAt + request.validity().orElseThrow().toMillis();
    }

    /** How a call ended; seen by several threads. */
    static final class Answer {

        volatile boolean ended;
        volatile long endedNanos;
        volatile @Nullable Throwable failure;
    }
}
