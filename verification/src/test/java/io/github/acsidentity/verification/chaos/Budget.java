/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.cache.RefreshPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether calls keep to the call budget of a policy, and to what is left of it while a 429 makes the cache pause. */
final class Budget {

    private static final double BURST_SECONDS = 8;
    private static final double SHARE_WHILE_PAUSED = 0.25;

    /** What the renewals may catch up on if the timer that lets them out is late. */
    private static final double LATENESS_SECONDS = 0.1;

    private final RefreshPolicy policy;
    private final CallRate calls;
    private final CallRate renewals;
    private @Nullable CallRate whilePaused;
    private long pausedUntil = Long.MIN_VALUE;
    private int inBackground;
    private int pauses;

    /**
     * Creates a budget that has rested.
     *
     * @param now the ticks of the cache's clock in nanoseconds, here and below
     */
    Budget(RefreshPolicy policy, long now) {
        this.policy = policy;
        double burst = burst(policy);
        // a call that was let out begins some time later, and no more than these are let out
        this.calls = new CallRate(policy.callsPerSecond(), burst + policy.concurrentLoads(), now);
        double late = policy.refreshesPerSecond() * LATENESS_SECONDS;
        this.renewals = new CallRate(policy.refreshesPerSecond(), 1 + late + policy.concurrentRefreshes(), now);
    }

    /** Returns how many calls may be made at once after a rest. */
    static double burst(RefreshPolicy policy) {
        return policy.callsPerSecond() * BURST_SECONDS;
    }

    /** Counts a call; returns the rule that it breaks, if it does. */
    synchronized @Nullable String take(long now, Call.Purpose purpose) {
        if (!calls.take(now)) {
            return "more calls than the budget allows";
        }
        if (purpose == Call.Purpose.RENEWAL && !renewals.take(now)) {
            return "more background renewals than the policy allows";
        }
        if (whilePaused == null || now >= pausedUntil) {
            return null;
        }
        if (!whilePaused.take(now)) {
            return "more calls than the pause after a 429 allows";
        }
        if (purpose != Call.Purpose.GET && ++inBackground > policy.concurrentRefreshes()) {
            return "background calls in the pause after a 429";
        }
        return null;
    }

    /**
     * Begins a pause, or prolongs the one under way.
     *
     * @param heard when the cache cannot have heard of the 429 yet
     * @param obeyed when it certainly has
     */
    synchronized void pause(ThrottledException failure, long heard, long obeyed) {
        Duration asked = failure.retryAfter().orElse(policy.throttlePause());
        Duration longest = policy.maximumThrottlePause();
        long until = heard + (asked.compareTo(longest) > 0 ? longest : asked).toNanos();
        if (until <= obeyed) {
            return;
        }
        if (obeyed >= pausedUntil) {
            double slack = 1.0 + policy.concurrentLoads();
            whilePaused = new CallRate(policy.callsPerSecond() * SHARE_WHILE_PAUSED, slack, obeyed);
            inBackground = 0;
            pauses++;
        }
        pausedUntil = Math.max(pausedUntil, until);
    }

    /** Returns how many pauses there were. */
    synchronized int pauses() {
        return pauses;
    }

    /** Returns how many more calls there might have been at once, when they were fewest. */
    double least() {
        return calls.least() - policy.concurrentLoads();
    }
}
