/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import java.time.Duration;

/**
 * Hears of the work of a {@link CachingIdentityManager}. What happens more often (hits, joins, remembered failures,
 * refreshes whose turn came too late) is counted in {@link CacheStats} only.
 *
 * <p>Methods are called by concurrent threads, on whichever thread is at hand: they must be quick and must not call the
 * manager. One that throws harms nothing; the first exception is logged. No method gets a user id or a token. Methods
 * may be added in later releases.
 */
public interface CacheListener {

    /** Why a caller had to wait for a call. */
    enum LoadReason {
        /** There was no token. */
        ABSENT,
        /** Less than the minimum remaining was left of the token. */
        SPENT,
        /** The token would have served, but the caller asked for a longer remaining life. */
        MINIMUM_REMAINING,
        /** The caller asked for a new token. */
        FORCED,
        /** The caller asked for tokens ahead of need. */
        PREFETCH
    }

    /** How a call that callers waited for ended. */
    enum LoadOutcome {
        /** With a token. */
        ISSUED,
        /** With a failure. */
        FAILED,
        /** The service answered 429, or the call budget did not let the call out in time. */
        THROTTLED,
        /** With a token that must not be used, because the user's tokens were revoked meanwhile. */
        FENCED,
        /** It was given up after the load time-out. */
        TIMED_OUT
    }

    /** How a background refresh ended. */
    enum RefreshOutcome {
        /** With a token that lives longer. */
        REFRESHED,
        /** With a token that does not live longer than the one held. */
        NO_PROGRESS,
        /** With a failure, or after the load time-out. */
        FAILED,
        /** The service answered 429. */
        THROTTLED,
        /** With a token that must not be used, because the user's tokens were revoked meanwhile. */
        FENCED
    }

    /**
     * Called when a call that callers waited for has ended.
     *
     * @param reason why the first of them waited
     * @param outcome how it ended
     * @param duration how long it took, from the caller's need to the end
     */
    default void onLoad(LoadReason reason, LoadOutcome outcome, Duration duration) {}

    /**
     * Called when a background refresh has ended.
     *
     * @param outcome how it ended
     * @param duration how long it took
     */
    default void onRefresh(RefreshOutcome outcome, Duration duration) {}

    /**
     * Called when a token was handed out that is new, or served in an outage, and for about one in 64 of those that
     * were due.
     *
     * @param remaining how long it still lives
     */
    default void onReturn(Duration remaining) {}

    /**
     * Called when tokens were revoked, or a user was deleted, through the manager.
     *
     * @param succeeded whether the service has done so
     */
    default void onRevocation(boolean succeeded) {}

    /** Called when a user's tokens were evicted for lack of room. */
    default void onEviction() {}
}
