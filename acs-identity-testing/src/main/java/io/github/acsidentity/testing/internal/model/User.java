/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.UserId;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One user. Its lock orders issue, revocation and deletion: a token whose number was drawn before a revocation is
 * behind the watermark that the revocation leaves.
 */
final class User {

    private final UserId id;
    private final long number;
    private long revokedUpTo;
    private boolean deleted;

    User(UserId id, long number) {
        this.id = id;
        this.number = number;
    }

    UserId id() {
        return id;
    }

    /** Returns the place of the user in the order of creation. */
    long number() {
        return number;
    }

    /** Draws the number of a new token, or nothing if the user is deleted. */
    synchronized OptionalLong drawTokenNumber(AtomicLong sequence) {
        return deleted ? OptionalLong.empty() : OptionalLong.of(sequence.incrementAndGet());
    }

    /** Revokes the tokens numbered so far; returns whether the user exists. */
    synchronized boolean revoke(AtomicLong sequence) {
        revokedUpTo = sequence.get();
        return !deleted;
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

    synchronized boolean accepts(long tokenNumber) {
        return !deleted && tokenNumber > revokedUpTo;
    }
}
