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
 * have as many of them. For the same reason, what only those need whose refresh is put off is kept apart.
 */
sealed class HeldToken {

    private final AccessToken token;
    private final TokenRequest request;
    private final @Nullable HeldToken next;
    private final long refreshAt;
    private final long expiresAt;
    private final int minimumRemaining;
    private final int lifetime;

    /**
     * Creates an element that is the only one of its list.
     *
     * @param refreshAt from when on the token is due
     * @param expiresAt from when on the token is not used any more
     * @param minimumRemaining what must be left of the token to be handed out while the service answers
     * @param lifetime for how long it was good when it was asked for
     */
    HeldToken(
            AccessToken token,
            TokenRequest request,
            long refreshAt,
            long expiresAt,
            int minimumRemaining,
            int lifetime) {
        this(token, request, null, refreshAt, expiresAt, minimumRemaining, lifetime);
    }

    private HeldToken(
            AccessToken token,
            TokenRequest request,
            @Nullable HeldToken next,
            long refreshAt,
            long expiresAt,
            int minimumRemaining,
            int lifetime) {
        this.token = token;
        this.request = request;
        this.next = next;
        this.refreshAt = refreshAt;
        this.expiresAt = expiresAt;
        this.minimumRemaining = minimumRemaining;
        this.lifetime = lifetime;
    }

    private HeldToken(HeldToken other, @Nullable HeldToken next) {
        this(
                other.token,
                other.request,
                next,
                other.refreshAt,
                other.expiresAt,
                other.minimumRemaining,
                other.lifetime);
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

    /**
     * Returns from when on a refresh may be begun by who finds the token due: at once, or later after a failure, or if
     * one is in line.
     */
    long attemptAt() {
        return refreshAt;
    }

    long expiresAt() {
        return expiresAt;
    }

    /** Returns from when on a caller without demands needs a call. */
    long spentAt() {
        return expiresAt - minimumRemaining;
    }

    /**
     * Returns how much must be left of the token.
     *
     * @param demanded what the caller asks for; less than the policy's minimum changes nothing, and if it is more than
     *     there ever was, half of that suffices: the next token would be no better
     */
    long minimumRemaining(long demanded) {
        return Math.max(minimumRemaining, demanded < lifetime ? demanded : lifetime / 2);
    }

    /** Returns how often a refresh of this token has failed in a row. */
    int failures() {
        return 0;
    }

    HeldToken withNext(@Nullable HeldToken other) {
        return other == next ? this : new HeldToken(this, other);
    }

    /** Returns a copy whose refresh is in line: nobody else begins one until the token is spent. */
    HeldToken inLine() {
        return withAttempt(spentAt(), failures());
    }

    boolean isInLine() {
        return attemptAt() == spentAt();
    }

    /** Returns a copy whose refresh is not begun before {@code later}; its deadlines stay. */
    HeldToken withAttempt(long later, int failuresInARow) {
        return new Postponed(this, next, later, failuresInARow);
    }

    /** Returns deadlines, without the secret. */
    @Override
    public String toString() {
        return "HeldToken[request=" + request + ", refreshAt=" + refreshAt + ", expiresAt=" + expiresAt + "]";
    }

    /** A token whose refresh has been tried in vain, or is in line. */
    private static final class Postponed extends HeldToken {

        private final long attemptAt;
        private final int failures;

        Postponed(HeldToken other, @Nullable HeldToken next, long attemptAt, int failures) {
            super(other, next);
            this.attemptAt = attemptAt;
            this.failures = failures;
        }

        @Override
        long attemptAt() {
            return attemptAt;
        }

        @Override
        int failures() {
            return failures;
        }

        @Override
        HeldToken withNext(@Nullable HeldToken other) {
            return other == next() ? this : new Postponed(this, other, attemptAt, failures);
        }
    }
}
