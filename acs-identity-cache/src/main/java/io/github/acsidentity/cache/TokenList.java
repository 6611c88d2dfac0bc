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
     * Returns the list with {@code token} in the place of the one with the same request, and without those that
     * expired.
     */
    static HeldToken with(@Nullable HeldToken first, HeldToken token, long now) {
        HeldToken rest = null;
        int length = 1;
        for (HeldToken held = first; held != null && length < MAXIMUM_LENGTH; held = held.next()) {
            if (!held.request().equals(token.request()) && now < held.expiresAt()) {
                rest = held.withNext(rest);
                length++;
            }
        }
        return token.withNext(rest);
    }

    /** Returns the list without one token, and without those that expired. */
    static @Nullable HeldToken without(@Nullable HeldToken first, @Nullable HeldToken token, long now) {
        HeldToken rest = null;
        for (HeldToken held = first; held != null; held = held.next()) {
            if (held != token && now < held.expiresAt()) {
                rest = held.withNext(rest);
            }
        }
        return rest;
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
