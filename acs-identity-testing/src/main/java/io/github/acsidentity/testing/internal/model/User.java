/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.UserId;
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

    UserId id() {
        return id;
    }

    /** Returns the place of the user in the order of creation. */
    long number() {
        return number;
    }

    /** Returns the call that created the user, if there was one. */
    @Nullable
    Call creation() {
        return creation;
    }

    /** Returns whether the caller who created the user never reads the answer. */
    boolean isAnswerLost() {
        return creation != null && creation.isAnswerLost();
    }

    /** Draws the number of a new token, or nothing if the user is deleted. */
    synchronized OptionalLong drawTokenNumber(AtomicLong sequence) {
        return deleted ? OptionalLong.empty() : OptionalLong.of(sequence.incrementAndGet());
    }

    /** Returns the number of the last token that a revocation concerns which begins now. */
    synchronized long lastTokenNumber(AtomicLong sequence) {
        return sequence.get();
    }

    /** Deletes the user; returns whether it existed. */
    synchronized boolean delete() {
        boolean existed = !deleted;
        deleted = true;
        return existed;
    }

    synchronized boolean exists() {
        return !deleted;
    }

    /** Lets chat and calling know of a revocation. */
    synchronized void revokeUpTo(long tokenNumber) {
        revokedUpTo = Math.max(revokedUpTo, tokenNumber);
    }

    synchronized boolean accepts(long tokenNumber) {
        return tokenNumber > revokedUpTo;
    }
}
