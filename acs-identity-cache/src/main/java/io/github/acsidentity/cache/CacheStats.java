/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.cache.CacheListener.LoadOutcome;
import io.github.acsidentity.cache.CacheListener.LoadReason;
import io.github.acsidentity.cache.CacheListener.RefreshOutcome;
import java.util.Map;

/**
 * What a {@link CachingIdentityManager} has done since it was built. The numbers are read one after the other while
 * others count, so they need not add up exactly.
 *
 * @param freshHits tokens handed out at once, not yet due
 * @param dueHits tokens handed out at once, to be renewed in the background
 * @param outageHits tokens with less than the minimum remaining that were handed out because the service failed
 * @param refusals failures that were answered again without a call
 * @param joins callers who waited for a call that somebody else had begun
 * @param loads calls that callers waited for, by reason; all reasons are present
 * @param loadOutcomes how those calls ended; all outcomes are present
 * @param refreshes how background refreshes ended; all outcomes are present
 * @param skippedRefreshes refreshes that were due but not begun, for lack of budget or because of a pause
 * @param revocations revocations and deletions through the manager
 * @param evictions users whose tokens were evicted for lack of room
 * @param users users of whom tokens are held now, approximately
 */
public record CacheStats(
        long freshHits,
        long dueHits,
        long outageHits,
        long refusals,
        long joins,
        Map<LoadReason, Long> loads,
        Map<LoadOutcome, Long> loadOutcomes,
        Map<RefreshOutcome, Long> refreshes,
        long skippedRefreshes,
        long revocations,
        long evictions,
        long users) {

    /**
     * Copies the maps.
     *
     * @param freshHits tokens handed out at once, not yet due
     * @param dueHits tokens handed out at once, to be renewed in the background
     * @param outageHits tokens with less than the minimum remaining that were handed out because the service failed
     * @param refusals failures that were answered again without a call
     * @param joins callers who waited for a call that somebody else had begun
     * @param loads calls that callers waited for, by reason
     * @param loadOutcomes how those calls ended
     * @param refreshes how background refreshes ended
     * @param skippedRefreshes refreshes that were due but not begun
     * @param revocations revocations and deletions through the manager
     * @param evictions users whose tokens were evicted for lack of room
     * @param users users of whom tokens are held now, approximately
     */
    public CacheStats {
        loads = Map.copyOf(loads);
        loadOutcomes = Map.copyOf(loadOutcomes);
        refreshes = Map.copyOf(refreshes);
    }

    /**
     * Returns how many gets were answered with a token that was held already.
     *
     * @return fresh and due hits
     */
    public long hits() {
        return freshHits + dueHits;
    }

    /**
     * Returns how many calls for tokens were made or tried.
     *
     * @return loads and background refreshes
     */
    public long calls() {
        return sum(loadOutcomes) + sum(refreshes);
    }

    /**
     * Returns how many loads were made for a reason.
     *
     * @param reason the reason
     * @return the number
     */
    public long loads(LoadReason reason) {
        return requireNonNull(loads.getOrDefault(reason, 0L));
    }

    /**
     * Returns how many loads ended in a way.
     *
     * @param outcome the way
     * @return the number
     */
    public long loads(LoadOutcome outcome) {
        return requireNonNull(loadOutcomes.getOrDefault(outcome, 0L));
    }

    /**
     * Returns how many background refreshes ended in a way.
     *
     * @param outcome the way
     * @return the number
     */
    public long refreshes(RefreshOutcome outcome) {
        return requireNonNull(refreshes.getOrDefault(outcome, 0L));
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
