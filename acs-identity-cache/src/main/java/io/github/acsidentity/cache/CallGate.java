/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls out to the service: not too many at once, and not too many per second.
 *
 * <p>Background refreshes are let out at once or not at all. Loads queue, those that a caller waits for before those of
 * a prefetch; a load that would wait too long is turned away at once. A prefetch leaves half of the burst to others,
 * and together with the refreshes it leaves them the slots that refreshes do. After a 429 of the service, refreshes and
 * prefetches pause, and other loads go on at a quarter of the rate; nothing is saved up for a burst meanwhile.
 */
final class CallGate {

    /** What a call that goes out counts as. */
    enum Kind {
        LOAD,
        PREFETCH,
        REFRESH
    }

    /** A load in the queue. One of its ends is called, once, and outside any lock. */
    interface Entrant {

        /** Returns whether a caller waits for it; if nobody does, it is a prefetch. */
        boolean isUrgent();

        /** Returns whether anybody still has a use for it; if not, it is withdrawn. */
        boolean isWanted();

        /** Goes out; {@link CallGate#leave} must follow. */
        void enter(Kind kind);

        /**
         * Gives up.
         *
         * @param reason what there is too little of
         * @param retryAfter when to come back
         */
        void turnAway(String reason, Duration retryAfter);

        /** Ends without going out, because nobody wants it any more. */
        void withdraw();

        /** Ends without going out, because the manager is closed, or its scheduler fails. */
        void abandon(Throwable reason);
    }

    /** What the published quota leaves beside the steady rate: with 25 calls per second, 950 in any 30 seconds. */
    private static final double BURST_SECONDS = 8;

    private static final int WEIGHT_WHILE_PAUSED = 4;

    private static final int MAXIMUM_DEPTH = 20;

    private static final long UNTIL_A_CALL_ENDS = Long.MAX_VALUE;

    private static final Duration UNTIL_A_SLOT_IS_FREE = Duration.ofSeconds(1);

    private final int maximumLoads;
    private final int maximumRefreshes;
    private final long patienceNanos;
    private final CacheTime time;
    private final ScheduledExecutorService scheduler;

    /** How many calls a prefetch leaves to others, who may come all at once. */
    private final double reserve;

    private final CallBudget calls;
    private final CallBudget refreshes;
    private final Deque<Waiting> foreground = new ArrayDeque<>();
    private final Deque<Waiting> prefetches = new ArrayDeque<>();
    private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);
    private int underway;
    private int refreshesUnderway;
    private int prefetchesUnderway;
    private @Nullable RuntimeException closed;
    private long pausedUntil;

    /** Told when a call has ended, outside any lock. */
    private volatile Runnable whenACallEnds = () -> {};

    /** When it makes sense to look for room again; changed under the lock, read without. */
    private volatile long noRefreshBefore;

    private long timerAt = Long.MAX_VALUE;

    CallGate(RefreshPolicy policy, CacheTime time, ScheduledExecutorService scheduler) {
        this.maximumLoads = policy.concurrentLoads();
        this.maximumRefreshes = policy.concurrentRefreshes();
        this.patienceNanos = policy.joinTimeout().toNanos();
        this.time = time;
        this.scheduler = scheduler;
        double callRate = policy.callsPerSecond() / policy.replicas();
        double refreshRate = policy.refreshesPerSecond() / policy.replicas();
        double burst = Math.max(1, callRate * BURST_SECONDS);
        this.reserve = (burst - 1) / 2;
        this.calls = new CallBudget(callRate, burst, time.nanos());
        this.refreshes = new CallBudget(refreshRate, 1, time.nanos());
        // so long ago that a burst has been saved up since
        this.pausedUntil = time.nanos() - (long) (burst / callRate * 1e9);
    }

    /**
     * Lets a background refresh out, if that is possible now; then {@link #leave} must follow. While it is known not to
     * be, this costs no lock: every hit on a due token comes here.
     */
    boolean tryEnterRefresh() {
        return tryEnterRefresh(0);
    }

    /**
     * Lets a background refresh out, if that is possible now.
     *
     * @param late by how many nanoseconds it comes too late through no fault of its own: the next is let out by so much
     *     earlier
     */
    boolean tryEnterRefresh(long late) {
        long now = time.nanos();
        return now >= noRefreshBefore && tryEnterRefresh(now, late);
    }

    /** Returns in what time it makes sense to try again; {@link Long#MAX_VALUE} if that is when a call ends. */
    long nanosUntilRefresh() {
        long at = noRefreshBefore;
        long now = time.nanos();
        return at == UNTIL_A_CALL_ENDS ? at : at <= now ? 0 : at - now;
    }

    private synchronized boolean tryEnterRefresh(long now, long late) {
        spendSavings(now);
        noRefreshBefore = roomForRefreshAt(now);
        if (now < noRefreshBefore || !foreground.isEmpty()) {
            return false;
        }
        refreshes.take(now - late, 1);
        calls.take(now, 1);
        refreshesUnderway++;
        underway++;
        return true;
    }

    private long roomForRefreshAt(long now) {
        if (refreshesUnderway + prefetchesUnderway >= maximumRefreshes || underway >= maximumLoads) {
            return UNTIL_A_CALL_ENDS;
        }
        long wait = Math.max(refreshes.nanosUntilNext(now), calls.nanosUntilNext(now));
        return Math.max(pausedUntil, now + wait);
    }

    /** Takes back a refresh that turned out not to be needed. */
    void takeBackRefresh() {
        synchronized (this) {
            refreshes.giveBack();
            calls.giveBack();
        }
        leave(Kind.REFRESH);
    }

    /** Lets a load out as soon as possible, or turns it away. */
    void enter(Entrant entrant) {
        Runnable refusal = enqueue(entrant, time.nanos());
        if (refusal == null) {
            proceed();
        } else {
            refusal.run();
        }
    }

    /** Brings those prefetches forward that a caller has begun to wait for. */
    void hurry() {
        long until = time.nanos() + patienceNanos;
        synchronized (this) {
            prefetches.removeIf(waiting -> {
                boolean urgent = waiting.entrant().isUrgent();
                if (urgent) {
                    foreground.add(new Waiting(waiting.entrant(), until));
                }
                return urgent;
            });
        }
        proceed();
    }

    private synchronized @Nullable Runnable enqueue(Entrant entrant, long now) {
        RuntimeException reason = closed;
        if (reason != null) {
            return () -> entrant.abandon(reason);
        }
        if (!entrant.isUrgent()) {
            prefetches.add(new Waiting(entrant, Long.MAX_VALUE));
            return null;
        }
        spendSavings(now);
        long wait = calls.nanosUntilNext(now, (double) weight(now) * foreground.size());
        if (wait > patienceNanos) {
            return () -> entrant.turnAway("the call budget is used up", Duration.ofNanos(wait));
        }
        foreground.add(new Waiting(entrant, now + patienceNanos));
        return null;
    }

    /** Sets who is told when a call has ended, and with it perhaps what keeps refreshes back. */
    void whenACallEnds(Runnable action) {
        whenACallEnds = action;
    }

    /** Says that a call has ended. */
    void leave(Kind kind) {
        synchronized (this) {
            underway--;
            switch (kind) {
                case REFRESH -> refreshesUnderway--;
                case PREFETCH -> prefetchesUnderway--;
                case LOAD -> {}
            }
            noRefreshBefore = Long.MIN_VALUE;
        }
        try {
            proceed();
        } finally {
            whenACallEnds.run();
        }
    }

    /** Ends those in the queue who are not wanted any more. */
    void withdrawUnwanted() {
        List<Runnable> actions = new ArrayList<>();
        synchronized (this) {
            withdrawUnwanted(foreground, actions);
            withdrawUnwanted(prefetches, actions);
        }
        run(actions);
    }

    private static void withdrawUnwanted(Deque<Waiting> queue, List<Runnable> actions) {
        queue.removeIf(waiting -> {
            Entrant entrant = waiting.entrant();
            return !entrant.isWanted() && actions.add(entrant::withdraw);
        });
    }

    /** Pauses background work, because the service has asked for it. */
    void pause(Duration duration) {
        long now = time.nanos();
        synchronized (this) {
            pausedUntil = Math.max(pausedUntil, now + duration.toNanos());
            spendSavings(now);
            noRefreshBefore = roomForRefreshAt(now);
        }
    }

    /** Ends the waiting of all, and of who will still come. */
    void close(RuntimeException reason) {
        synchronized (this) {
            closed = reason;
        }
        abandonAll(reason);
    }

    private void abandonAll(Throwable reason) {
        List<Waiting> all;
        synchronized (this) {
            all = new ArrayList<>(foreground);
            all.addAll(prefetches);
            foreground.clear();
            prefetches.clear();
            timerAt = Long.MAX_VALUE;
        }
        runAll(all.stream()
                .<Runnable>map(waiting -> () -> waiting.entrant().abandon(reason))
                .toList());
    }

    /** Lets out who may go, turns away who has waited too long, and comes back when the next may go. */
    private void proceed() {
        List<Runnable> actions = new ArrayList<>();
        long now = time.nanos();
        long wait;
        synchronized (this) {
            spendSavings(now);
            while (underway < maximumLoads && calls.nanosUntilNext(now) == 0) {
                Kind kind = foreground.isEmpty() ? Kind.PREFETCH : Kind.LOAD;
                Waiting next = next(kind, now);
                if (next == null) {
                    break;
                }
                Entrant entrant = next.entrant();
                if (!entrant.isWanted()) {
                    actions.add(entrant::withdraw);
                    continue;
                }
                calls.take(now, weight(now));
                underway++;
                prefetchesUnderway += kind == Kind.PREFETCH ? 1 : 0;
                actions.add(() -> entrant.enter(kind));
            }
            for (Waiting first = foreground.peek(); first != null && first.until() <= now; first = foreground.peek()) {
                foreground.remove();
                actions.add(turnAwayLate(first.entrant(), now));
            }
            wait = nanosUntilTimer(now);
        }
        if (wait > 0) {
            comeBackIn(wait);
        }
        run(actions);
    }

    /**
     * Runs actions. A call may end before it returns, and its end lets the next one out: a long queue must not be
     * worked off in one call stack. (To put them in line on this thread instead could make a deadlock: it may be
     * waiting, in a continuation of a caller's, for one of them.)
     */
    private void run(List<Runnable> actions) {
        if (actions.isEmpty()) {
            return;
        }
        int outer = depth.get();
        if (outer >= MAXIMUM_DEPTH && handOver(actions)) {
            return;
        }
        depth.set(outer + 1);
        try {
            runAll(actions);
        } finally {
            if (outer == 0) {
                depth.remove();
            } else {
                depth.set(outer);
            }
        }
    }

    /** Runs all actions, even if some throw: each is the end of somebody's waiting. */
    private static void runAll(List<Runnable> actions) {
        Throwable first = null;
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                first = first == null ? e : first;
            }
        }
        if (first instanceof Error error) {
            throw error;
        }
        if (first != null) {
            throw (RuntimeException) first;
        }
    }

    private boolean handOver(List<Runnable> actions) {
        try {
            scheduler.execute(() -> run(actions));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private Runnable turnAwayLate(Entrant late, long now) {
        if (underway >= maximumLoads) {
            return () -> late.turnAway(maximumLoads + " calls are under way, as many as may be", UNTIL_A_SLOT_IS_FREE);
        }
        Duration retryAfter = Duration.ofNanos(calls.nanosUntilNext(now));
        return () -> late.turnAway("the call budget is used up", retryAfter);
    }

    private @Nullable Waiting next(Kind kind, long now) {
        if (kind == Kind.LOAD) {
            return foreground.poll();
        }
        return hasSlotForPrefetch() && nanosUntilPrefetch(now) == 0 ? prefetches.poll() : null;
    }

    /** Refreshes and prefetches share their slots; a prefetch takes half of them at most. */
    private boolean hasSlotForPrefetch() {
        return prefetchesUnderway < Math.max(1, maximumRefreshes / 2)
                && refreshesUnderway + prefetchesUnderway < maximumRefreshes;
    }

    private long nanosUntilPrefetch(long now) {
        return Math.max(calls.nanosUntilNext(now, reserve), Math.max(pausedUntil - now, 0));
    }

    /**
     * Returns in what time a timer is needed, 0 if none is. A call that ends comes by itself; rate, patience and pause
     * need a timer.
     */
    private long nanosUntilTimer(long now) {
        Waiting first = foreground.peek();
        boolean full = underway >= maximumLoads;
        long wait;
        if (first != null) {
            wait = full ? first.until() - now : Math.min(calls.nanosUntilNext(now), first.until() - now);
        } else if (full || prefetches.isEmpty() || !hasSlotForPrefetch()) {
            return 0;
        } else {
            wait = nanosUntilPrefetch(now);
        }
        long at = now + Math.max(wait, 1);
        if (at >= timerAt) {
            return 0;
        }
        timerAt = at;
        return at - now;
    }

    private void comeBackIn(long nanos) {
        try {
            ScheduledFuture<?> unused = scheduler.schedule(this::timerFired, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            abandonAll(Machinery.closedException(e));
        } catch (RuntimeException | Error e) {
            // nobody would ever come back for those who wait
            abandonAll(e);
        }
    }

    private void timerFired() {
        synchronized (this) {
            timerAt = Long.MAX_VALUE;
        }
        proceed();
    }

    /** During a pause, no burst is saved up. */
    private void spendSavings(long now) {
        calls.forfeitBurst(Math.min(now, pausedUntil));
    }

    private int weight(long now) {
        return now < pausedUntil ? WEIGHT_WHILE_PAUSED : 1;
    }

    private record Waiting(Entrant entrant, long until) {}
}
