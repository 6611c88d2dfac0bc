/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that were issued, without those that expired more than a day ago: a model that runs for weeks forgets as
 * many as it issues. Until then they are kept, because the clock can be set back. Safe for use by concurrent threads.
 */
final class IssuedTokens {

    private static final long KEPT_MILLIS = 24 * 60 * 60 * 1000L;
    private static final int SMALLEST_SWEEP = 1024;

    private final Map<String, IssuedToken> byValue = new ConcurrentHashMap<>();
    private volatile int nextSweep = SMALLEST_SWEEP;

    void add(String value, IssuedToken token, long nowMillis) {
        if (byValue.size() >= nextSweep) {
            sweep(nowMillis);
        }
        byValue.put(value, token);
    }

    @Nullable
    IssuedToken find(String value) {
        return byValue.get(value);
    }

    Collection<IssuedToken> all() {
        return byValue.values();
    }

    void clear() {
        byValue.clear();
    }

    int size() {
        return byValue.size();
    }

    /**
     * Drops old tokens; the next sweep is due when there are twice as many as now, so each token pays for few looks.
     */
    private synchronized void sweep(long nowMillis) {
        if (byValue.size() >= nextSweep) {
            byValue.values().removeIf(token -> token.expiresAtMillis() + KEPT_MILLIS < nowMillis);
            nextSweep = Math.max(SMALLEST_SWEEP, byValue.size() * 2);
        }
    }
}
