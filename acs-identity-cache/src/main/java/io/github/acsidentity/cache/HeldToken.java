/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.TokenRequest;
import org.jspecify.annotations.Nullable;

/**
 * A token that is held for one user and request, with its deadlines in milliseconds of {@link CacheTime}; immutable.
 *
 * <p>The tokens of one user form a list of one or two, linked here instead of in a collection because a million users
 * have as many of them.
 */
final class HeldToken {

    private final AccessToken token;
    private final TokenRequest request;
    private final @Nullable HeldToken next;
    private final long refreshAt;
    private final long attemptAt;
    private final long expiresAt;
    private final int minimumRemaining;
    private final int failures;

    /**
     * Creates an element.
     *
     * @param refreshAt from when on the token is due
     * @param attemptAt from when on a refresh may be begun; later than {@code refreshAt} after failures
     * @param expiresAt from when on the token is not used any more
     * @param minimumRemaining what must be left of the token to be handed out while the service answers
     * @param failures how often a refresh of this token has failed in a row
     */
    HeldToken(
            AccessToken token,
            TokenRequest request,
            @Nullable HeldToken next,
            long refreshAt,
            long attemptAt,
            long expiresAt,
            int minimumRemaining,
            int failures) {
        this.token = token;
        this.request = request;
        this.next = next;
        this.refreshAt = refreshAt;
        this.attemptAt = attemptAt;
        this.expiresAt = expiresAt;
        this.minimumRemaining = minimumRemaining;
        this.failures = failures;
    }

    /**
     * Returns the element for a request. Callers mostly use one request object again and again, so identity comes
     * first.
     */
    static @Nullable HeldToken find(@Nullable HeldToken first, TokenRequest request) {
        for (HeldToken held = first; held != null; held = held.next) {
            if (held.request.equals(request)) {
                return held;
            }
        }
        return null;
    }

    AccessToken token() {
        return token;
    }

    TokenRequest request() {
        return request;
    }

    @Nullable
    HeldToken next() {
        return next;
    }

    long refreshAt() {
        return refreshAt;
    }

    long attemptAt() {
        return attemptAt;
    }

    long expiresAt() {
        return expiresAt;
    }

    int minimumRemaining() {
        return minimumRemaining;
    }

    int failures() {
        return failures;
    }

    HeldToken withNext(@Nullable HeldToken other) {
        return other == next
                ? this
                : new HeldToken(token, request, other, refreshAt, attemptAt, expiresAt, minimumRemaining, failures);
    }

    /** Returns a copy whose refresh is not begun before {@code later}; its deadlines stay. */
    HeldToken withAttempt(long later, int failuresInARow) {
        return new HeldToken(token, request, next, refreshAt, later, expiresAt, minimumRemaining, failuresInARow);
    }

    /** Returns deadlines, without the secret. */
    @Override
    public String toString() {
        return "HeldToken[request=" + request + ", refreshAt=" + refreshAt + ", expiresAt=" + expiresAt + "]";
    }
}
