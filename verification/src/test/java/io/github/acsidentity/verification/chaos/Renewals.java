/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import io.github.acsidentity.TokenRequest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Which calls renew a token in the background, and how many of those had to wait in line. */
final class Renewals {

    private static final long NOTICEABLE_NANOS = 100_000_000;

    /** A renewal has begun: what comes later is a repetition, for which nobody stands in line. */
    private static final long BEGUN = Long.MAX_VALUE;

    private final Set<Key> prefetched = ConcurrentHashMap.newKeySet();
    private final Map<Key, Due> due = new ConcurrentHashMap<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger fromTheLine = new AtomicInteger();

    /** What a token is for. */
    private record Key(Watched user, TokenRequest request) {}

    /**
     * A token that was handed out when it was due.
     *
     * @param token its number
     * @param seenNanos when that was first seen, or {@link #BEGUN}
     */
    private record Due(long token, long seenNanos) {}

    /** Notes that a prefetch may make calls from now on: nobody waits for them, and they renew nothing. */
    void prefetch(Watched user, TokenRequest request) {
        prefetched.add(new Key(user, request));
    }

    /** Returns what a call is made for that no caller waits for; in doubt, for a prefetch. */
    Call.Purpose purpose(Watched user, TokenRequest request) {
        return prefetched.contains(new Key(user, request)) ? Call.Purpose.PREFETCH : Call.Purpose.RENEWAL;
    }

    /** Notes that a token was handed out which is due. */
    void seenDue(Call token) {
        long now = System.nanoTime();
        due.compute(
                new Key(token.watched(), token.request()),
                (key, seen) -> seen != null && seen.token() == token.number() ? seen : new Due(token.number(), now));
    }

    /** Notes that a renewal begins. */
    void begin(Watched user, TokenRequest request) {
        begun.incrementAndGet();
        long now = System.nanoTime();
        due.computeIfPresent(new Key(user, request), (key, seen) -> {
            if (seen.seenNanos() != BEGUN && now - seen.seenNanos() > NOTICEABLE_NANOS) {
                fromTheLine.incrementAndGet();
            }
            return new Due(seen.token(), BEGUN);
        });
    }

    /** Returns how many have begun. */
    int begun() {
        return begun.get();
    }

    /** Returns how many of them have begun noticeably later than a caller saw the token due. */
    int fromTheLine() {
        return fromTheLine.get();
    }
}
