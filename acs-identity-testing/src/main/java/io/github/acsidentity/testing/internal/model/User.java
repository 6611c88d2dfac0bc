/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.UserId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One user. Its lock orders issue, revocation and deletion: a token whose number was drawn before a revocation is
 * behind the watermark that the revocation leaves.
 */
final class User {

    private final UserId id;
    private final long number;
    private final @Nullable Call creation;
    /** The revocations that chat and calling do not know of yet, in their order. */
    private final Deque<Revocation> underWay = new ArrayDeque<>();

    private long revokedUpTo;
    private boolean deleted;

    /**
     * Creates a user.
     *
     * @param creation the call that created it, if it came into being by one
     */
    User(UserId id, long number, @Nullable Call creation) {
        this.id = id;
        this.number = number;
        this.creation = creation;
    }

    private record Revocation(long upTo, long effectiveTicks) {}

    UserId id() {
        return id;
    }

    /** Returns the place of the user in the order of creation. */
    long number() {
        return number;
    }

    boolean wasCreated() {
        return creation != null;
    }

    /** Returns the request id of the call that created the user, if there was a call and it had one. */
    @Nullable
    String requestId() {
        return creation == null ? null : creation.requestId();
    }

    /** Draws the number of a new token, or nothing if the user is deleted. */
    synchronized OptionalLong drawTokenNumber(AtomicLong sequence) {
        return deleted ? OptionalLong.empty() : OptionalLong.of(sequence.incrementAndGet());
    }

    /** Revokes the tokens numbered so far, from the given ticks on; returns whether the user exists. */
    synchronized boolean revoke(AtomicLong sequence, long effectiveTicks) {
        underWay.addLast(new Revocation(sequence.get(), effectiveTicks));
        return !deleted;
    }

    /** Deletes the user and revokes its tokens from the given ticks on; returns whether it existed. */
    synchronized boolean delete(AtomicLong sequence, long effectiveTicks) {
        boolean existed = revoke(sequence, effectiveTicks);
        deleted = true;
        return existed;
    }

    synchronized boolean exists() {
        return !deleted;
    }

    synchronized boolean accepts(long tokenNumber, long ticks) {
        while (!underWay.isEmpty() && underWay.getFirst().effectiveTicks() - ticks <= 0) {
            revokedUpTo = underWay.removeFirst().upTo();
        }
        return tokenNumber > revokedUpTo;
    }
}
