/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.cache.CacheListener.LoadOutcome;
import io.github.acsidentity.cache.CacheListener.LoadReason;
import io.github.acsidentity.cache.CacheListener.RefreshOutcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a {@link CachingIdentityManager} has done since it was built. The numbers are read one after the other while
 * others count, so they need not add up exactly.
 *
 * @param freshHits tokens handed out at once, not yet due
 * @param dueHits tokens handed out at once, to be renewed in the background
 * @param outageHits tokens with less than the minimum remaining that were handed out because the service failed
 * @param refusals failures that were answered again without a call
 * @param joins callers who waited for a call that somebody else had begun, or took over one that a prefetch had queued
 * @param loads calls that callers waited for, by reason; all reasons are present
 * @param loadOutcomes how those calls ended; all outcomes are present
 * @param refreshes how background refreshes ended; all outcomes are present
 * @param skippedRefreshes refreshes that waited for the budget, for another to end or for the end of a pause, until the
 *     token was spent
 * @param revocations revocations and deletions through the manager, those that failed too
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
     * Copies the maps; what is absent there is 0.
     *
     * @param freshHits tokens handed out at once, not yet due
     * @param dueHits tokens handed out at once, to be renewed in the background
     * @param outageHits tokens with less than the minimum remaining that were handed out because the service failed
     * @param refusals failures that were answered again without a call
     * @param joins callers who waited for a call that somebody else had begun, or took over one that a prefetch had
     *     queued
     * @param loads calls that callers waited for, by reason
     * @param loadOutcomes how those calls ended
     * @param refreshes how background refreshes ended
     * @param skippedRefreshes refreshes that waited until the token was spent
     * @param revocations revocations and deletions through the manager, those that failed too
     * @param evictions users whose tokens were evicted for lack of room
     * @param users users of whom tokens are held now, approximately
     */
    public CacheStats {
        loads = copy(LoadReason.class, requireNonNull(loads, "loads"));
        loadOutcomes = copy(LoadOutcome.class, requireNonNull(loadOutcomes, "loadOutcomes"));
        refreshes = copy(RefreshOutcome.class, requireNonNull(refreshes, "refreshes"));
    }

    /**
     * Returns how many gets were answered with a token that was held already.
     *
     * @return fresh, due and outage hits
     */
    public long hits() {
        return freshHits + dueHits + outageHits;
    }

    /**
     * Returns how many calls for tokens of existing users were made, or turned away because the call budget was used
     * up. The creation of a user together with a token is not counted.
     *
     * @return loads (of gets, forced refreshes and prefetches) and background refreshes
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
        return number(loads, requireNonNull(reason, "reason"));
    }

    /**
     * Returns how many loads ended in a way.
     *
     * @param outcome the way
     * @return the number
     */
    public long loads(LoadOutcome outcome) {
        return number(loadOutcomes, requireNonNull(outcome, "outcome"));
    }

    /**
     * Returns how many background refreshes ended in a way.
     *
     * @param outcome the way
     * @return the number
     */
    public long refreshes(RefreshOutcome outcome) {
        return number(refreshes, requireNonNull(outcome, "outcome"));
    }

    private static <E extends Enum<E>> Map<E, Long> copy(Class<E> type, Map<E, Long> counts) {
        Map<E, Long> copy = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            copy.put(constant, number(counts, constant));
        }
        return Collections.unmodifiableMap(copy);
    }

    private static <E> long number(Map<E, Long> counts, E constant) {
        return requireNonNull(counts.getOrDefault(constant, 0L));
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
