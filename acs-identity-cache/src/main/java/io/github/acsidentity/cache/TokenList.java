/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import org.jspecify.annotations.Nullable;

/** Changes to the list of a user's tokens; each returns a new list. */
final class TokenList {

    /** An application asks for one or two kinds of tokens; who asks for ever new ones shall not fill the memory. */
    private static final int MAXIMUM_LENGTH = 8;

    private TokenList() {}

    /**
     * Returns the list with {@code token} instead of the one with the same request, and without those that expired. If
     * the list is full, the one that was added or changed longest ago goes.
     */
    static HeldToken with(@Nullable HeldToken first, HeldToken token, long now) {
        return token.withNext(others(first, token, now, MAXIMUM_LENGTH - 1));
    }

    private static @Nullable HeldToken others(@Nullable HeldToken first, HeldToken token, long now, int room) {
        if (first == null || room == 0) {
            return null;
        }
        return first.request().equals(token.request()) || now >= first.expiresAt()
                ? others(first.next(), token, now, room)
                : first.withNext(others(first.next(), token, now, room - 1));
    }

    /** Returns the list without one token, and without those that expired. */
    static @Nullable HeldToken without(@Nullable HeldToken first, @Nullable HeldToken token, long now) {
        if (first == null) {
            return null;
        }
        HeldToken rest = without(first.next(), token, now);
        return first == token || now >= first.expiresAt() ? rest : first.withNext(rest);
    }

    static boolean hasExpired(@Nullable HeldToken first, long now) {
        for (HeldToken held = first; held != null; held = held.next()) {
            if (now >= held.expiresAt()) {
                return true;
            }
        }
        return false;
    }
}
