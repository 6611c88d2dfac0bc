/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.cache.CacheListener.LoadOutcome;
import io.github.acsidentity.cache.CacheListener.LoadReason;
import io.github.acsidentity.cache.CacheListener.RefreshOutcome;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts what happens and tells the listener. */
final class Recorder {

    private static final int DUE_HITS_PER_SAMPLE = 64;

    private final CacheListener listener;
    private final Logger logger;
    private final AtomicBoolean listenerHasFailed = new AtomicBoolean();
    private final LongAdder freshHits = new LongAdder();
    private final LongAdder dueHits = new LongAdder();
    private final LongAdder outageHits = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder joins = new LongAdder();
    private final Map<LoadReason, LongAdder> loads = counters(LoadReason.class);
    private final Map<LoadOutcome, LongAdder> loadOutcomes = counters(LoadOutcome.class);
    private final Map<RefreshOutcome, LongAdder> refreshes = counters(RefreshOutcome.class);
    private final LongAdder skippedRefreshes = new LongAdder();
    private final LongAdder revocations = new LongAdder();
    private final LongAdder evictions = new LongAdder();

    /** Not synchronized: if threads meet here, a sample more or less is taken. */
    private int dueHitsUntilSample;

    Recorder(CacheListener listener) {
        this(listener, System.getLogger(CachingIdentityManager.class.getName()));
    }

    Recorder(CacheListener listener, Logger logger) {
        this.listener = listener;
        this.logger = logger;
    }

    void freshHit() {
        freshHits.increment();
    }

    void dueHit(long remainingMillis) {
        dueHits.increment();
        if (dueHitsUntilSample-- <= 0) {
            dueHitsUntilSample = DUE_HITS_PER_SAMPLE - 1;
            returned(remainingMillis);
        }
    }

    void outageHit(long remainingMillis) {
        outageHits.increment();
        returned(remainingMillis);
    }

    void returned(long remainingMillis) {
        tell(to -> to.onReturn(Duration.ofMillis(remainingMillis)));
    }

    void refused() {
        refusals.increment();
    }

    void joined() {
        joins.increment();
    }

    void loaded(LoadReason reason, LoadOutcome outcome, long nanos) {
        count(loads, reason);
        count(loadOutcomes, outcome);
        tell(to -> to.onLoad(reason, outcome, Duration.ofNanos(nanos)));
    }

    void refreshed(RefreshOutcome outcome, long nanos) {
        count(refreshes, outcome);
        tell(to -> to.onRefresh(outcome, Duration.ofNanos(nanos)));
    }

    void refreshSkipped() {
        skippedRefreshes.increment();
    }

    void revoked(boolean succeeded) {
        revocations.increment();
        tell(to -> to.onRevocation(succeeded));
    }

    void evicted() {
        evictions.increment();
    }

    void tellEviction() {
        tell(CacheListener::onEviction);
    }

    void notKept(RuntimeException reason) {
        logger.log(Level.WARNING, "The first token of a new user could not be kept", reason);
    }

    CacheStats stats(long users) {
        return new CacheStats(
                freshHits.sum(),
                dueHits.sum(),
                outageHits.sum(),
                refusals.sum(),
                joins.sum(),
                sums(loads),
                sums(loadOutcomes),
                sums(refreshes),
                skippedRefreshes.sum(),
                revocations.sum(),
                evictions.sum(),
                users);
    }

    private void tell(Consumer<CacheListener> event) {
        try {
            event.accept(listener);
        } catch (Throwable e) {
            // an error too: whoever waits for the event to go on has nothing to do with the listener
            if (listenerHasFailed.compareAndSet(false, true)) {
                logger.log(Level.WARNING, "A cache listener threw an exception; later ones are not logged", e);
            }
        }
    }

    private static <E extends Enum<E>> Map<E, LongAdder> counters(Class<E> type) {
        Map<E, LongAdder> counters = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counters.put(constant, new LongAdder());
        }
        return counters;
    }

    private static <E extends Enum<E>> void count(Map<E, LongAdder> counters, E constant) {
        requireNonNull(counters.get(constant)).increment();
    }

    private static <E extends Enum<E>> Map<E, Long> sums(Map<E, LongAdder> counters) {
        Map<E, Long> sums = new HashMap<>();
        counters.forEach((constant, counter) -> sums.put(constant, counter.sum()));
        return sums;
    }
}
