/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.TokenRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** Applies a {@link RefreshPolicy} to the tokens that arrive. */
final class Deadlines {

    private static final double MAXIMUM_JITTER = 0.4;

    private final RefreshPolicy policy;
    private final RandomGenerator random;
    private final long minimumRemaining;

    Deadlines(RefreshPolicy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
        this.minimumRemaining = policy.minimumRemaining().toMillis();
    }

    /**
     * Returns a new token with its deadlines.
     *
     * <p>No more lifetime is trusted than was asked for, counted from before the request was sent: if this machine's
     * clock is behind, {@code expiresAt} lies too far in its future. Of a token that lives too short for the policy,
     * half the lifetime is used, so that it is not spent at once.
     *
     * @param requestedAt the time before the request was sent
     * @param longest the lifetime that was asked for in milliseconds
     */
    HeldToken of(AccessToken token, TokenRequest request, CacheTime.Moment requestedAt, long longest) {
        return of(token, request, requestedAt, longest, policy.jitter());
    }

    /**
     * Returns a new token of a prefetch with its deadlines. Prefetches come at the rate of all calls, and refreshes
     * have a smaller one: twice the jitter spreads those of a whole day so far that none comes too late.
     */
    HeldToken ofPrefetch(AccessToken token, TokenRequest request, CacheTime.Moment requestedAt, long longest) {
        return of(token, request, requestedAt, longest, Math.min(2 * policy.jitter(), MAXIMUM_JITTER));
    }

    private HeldToken of(
            AccessToken token, TokenRequest request, CacheTime.Moment requestedAt, long longest, double mostJitter) {
        long lifetime = lifetime(token, requestedAt.wallMillis(), longest);
        long expiresAt = requestedAt.millis() + lifetime;
        long jitter = (long) (random.nextDouble() * mostJitter * lifetime);
        long refreshAt = expiresAt - policy.windowMillis(lifetime) - jitter;
        int minimum = (int) Math.min(minimumRemaining, lifetime / 2);
        return new HeldToken(token, request, refreshAt, expiresAt, minimum, (int) lifetime);
    }

    private static long lifetime(AccessToken token, long requestedAt, long longest) {
        Duration left = Duration.between(Instant.ofEpochMilli(requestedAt), token.expiresAt());
        if (left.isNegative()) {
            return 0;
        }
        return left.compareTo(Duration.ofMillis(longest)) > 0 ? longest : left.toMillis();
    }

    /**
     * Returns a held token whose refresh has failed, with the time of the next attempt: exponential, half of it random,
     * at most a quarter of the life that is left, and not before the service allows it (as long as the policy heeds
     * that).
     *
     * @param lifetime with which the token was asked for
     * @param chance from {@link #draw}
     */
    HeldToken afterFailure(HeldToken held, long now, Duration lifetime, Duration retryAfter, double chance) {
        double exponential = policy.retryDelay().toMillis() * Math.scalb(1.0, Math.min(held.failures(), 30));
        double delay = Math.min(
                        exponential, (double) policy.maximumRetryDelay(lifetime).toMillis())
                * (0.5 + 0.5 * chance);
        long bounded = Math.min((long) delay, Math.max(held.expiresAt() - now, 0) / 4);
        Duration longest = policy.maximumThrottlePause();
        long asked = (retryAfter.compareTo(longest) > 0 ? longest : retryAfter).toMillis();
        return held.withAttempt(now + Math.max(bounded, asked), held.failures() + 1);
    }

    /** Returns a random number from 0 to 1; somebody else's code is not called inside an update of the tokens. */
    double draw() {
        return random.nextDouble();
    }

    /** Returns a held token that the service did not better: the next attempt comes after half of what is left. */
    HeldToken afterNoProgress(HeldToken held, long now) {
        return held.withAttempt(now + (held.expiresAt() - now) / 2, 0);
    }
}
