/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import org.jspecify.annotations.Nullable;

/** In which state a get finds the token of a user and request; the one place that compares deadlines with the time. */
enum TokenState {
    /** Handed out as it is. */
    FRESH,
    /** Handed out as it is; time to renew it in the background. */
    DUE,
    /** Too little is left of it, or there is none: a call is needed. */
    SPENT,
    /** As spent, and a call failed so recently that the failure is the answer. */
    REFUSED;

    /**
     * Returns the state.
     *
     * @param held the token held, if any
     * @param failure the last failure of a load, if it is remembered
     * @param now the time
     * @param demanded what the caller needs to be left of the token; less than the policy's minimum changes nothing
     */
    static TokenState decide(@Nullable HeldToken held, @Nullable RememberedFailure failure, long now, long demanded) {
        if (held != null && held.expiresAt() - now >= held.minimumRemaining(demanded) && now < held.expiresAt()) {
            return now < held.refreshAt() ? FRESH : DUE;
        }
        return failure != null && now < failure.until() ? REFUSED : SPENT;
    }
}
