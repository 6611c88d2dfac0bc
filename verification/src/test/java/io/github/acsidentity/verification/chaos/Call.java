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

    /** What a call is made for. */
    enum Purpose {
        /** A caller waits for it. */
        GET,
        /** Nobody waits; a prefetch has named the user and request, so it may also be a renewal. */
        PREFETCH,
        /** Nobody waits, and it is no prefetch: a token is renewed in the background. */
        RENEWAL
    }

    /** How a call ended; seen by several threads. */
    static final class Answer {

        volatile boolean ended;
        volatile long endedNanos;
        volatile @Nullable Throwable failure;
    }
}
