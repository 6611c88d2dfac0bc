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
 * a prefetch; a load that would wait too long is turned away at once. A prefetch leaves half of the burst to others.
 * After a 429 of the service, refreshes and prefetches pause, and other loads go on at a quarter of the rate without a
 * burst.
 */
final class CallGate {

    /** A load in the queue. Either it is let in or it is turned away, once, and outside any lock. */
    interface Entrant {

        /** Returns whether a caller waits for it; if nobody does, it is a prefetch. */
        boolean isUrgent();

        /** Goes out; {@link CallGate#leave} must follow. */
        void enter();

        /**
         * Gives up.
         *
         * @param retryAfter when to come back
         */
        void turnAway(Duration retryAfter);
    }

    /** What the published quota leaves beside the steady rate: with 25 calls per second, 950 in any 30 seconds. */
    private static final double BURST_SECONDS = 8;

    private static final int WEIGHT_WHILE_PAUSED = 4;

    private final int maximumLoads;
    private final int maximumRefreshes;
    private final long patienceNanos;
    private final CacheTime time;
    private final ScheduledExecutorService scheduler;

    /** How many calls a prefetch leaves to others, who may come all at once. */
    private final double reserve;

    private final CallBudget calls;
    private final CallBudget refreshes;
    private final ThreadLocal<Deque<Runnable>> onThisThread = new ThreadLocal<>();
    private final Deque<Waiting> foreground = new ArrayDeque<>();
    private final Deque<Waiting> prefetches = new ArrayDeque<>();
    private int underway;
    private int refreshesUnderway;
    private boolean closed;
    private long pausedUntil;
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
        this.pausedUntil = time.nanos();
    }

    /** Lets a background refresh out, if that is possible now; then {@link #leave} must follow. */
    synchronized boolean tryEnterRefresh() {
        long now = time.nanos();
        if (now < pausedUntil
                || refreshesUnderway >= maximumRefreshes
                || underway >= maximumLoads
                || !foreground.isEmpty()
                || refreshes.nanosUntilNext(now) > 0
                || calls.nanosUntilNext(now) > 0) {
            return false;
        }
        refreshes.take(now, 1);
        calls.take(now, 1);
        refreshesUnderway++;
        underway++;
        return true;
    }

    /** Takes back a refresh that turned out not to be needed. */
    void takeBackRefresh() {
        synchronized (this) {
            underway--;
            refreshesUnderway--;
            refreshes.giveBack();
            calls.giveBack();
        }
        proceed();
    }

    /** Lets a load out as soon as possible, or turns it away. */
    void enter(Entrant entrant) {
        Duration wait = enqueue(entrant);
        if (wait == null) {
            proceed();
        } else {
            entrant.turnAway(wait);
        }
    }

    /** Brings those prefetches forward that a caller has begun to wait for. */
    void hurry() {
        synchronized (this) {
            long until = time.nanos() + patienceNanos;
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

    private synchronized @Nullable Duration enqueue(Entrant entrant) {
        long now = time.nanos();
        if (closed) {
            return Duration.ZERO;
        }
        if (!entrant.isUrgent()) {
            prefetches.add(new Waiting(entrant, Long.MAX_VALUE));
            return null;
        }
        long wait = calls.nanosUntilNext(now, (double) weight(now) * foreground.size());
        if (wait > patienceNanos) {
            return Duration.ofNanos(wait);
        }
        foreground.add(new Waiting(entrant, now + patienceNanos));
        return null;
    }

    /** Says that a call has ended. */
    void leave(boolean refresh) {
        synchronized (this) {
            underway--;
            if (refresh) {
                refreshesUnderway--;
            }
        }
        proceed();
    }

    /** Pauses background work, because the service has asked for it. */
    synchronized void pause(Duration duration) {
        long now = time.nanos();
        pausedUntil = Math.max(pausedUntil, now + duration.toNanos());
        calls.forfeitBurst(now);
    }

    /** Turns all away who wait, and who will still come. */
    void close() {
        List<Waiting> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(foreground);
            all.addAll(prefetches);
            foreground.clear();
            prefetches.clear();
        }
        all.forEach(waiting -> waiting.entrant().turnAway(Duration.ZERO));
    }

    /** Lets out who may go, turns away who has waited too long, and comes back when the next may go. */
    private void proceed() {
        List<Runnable> actions = new ArrayList<>();
        long wait;
        synchronized (this) {
            long now = time.nanos();
            while (underway < maximumLoads && calls.nanosUntilNext(now) == 0) {
                Waiting next = next(now);
                if (next == null) {
                    break;
                }
                calls.take(now, weight(now));
                underway++;
                actions.add(next.entrant()::enter);
            }
            for (Waiting first = foreground.peek(); first != null && first.until() <= now; first = foreground.peek()) {
                foreground.remove();
                Entrant late = first.entrant();
                Duration retryAfter = Duration.ofNanos(calls.nanosUntilNext(now));
                actions.add(() -> late.turnAway(retryAfter));
            }
            wait = nanosUntilTimer(now);
        }
        if (wait > 0) {
            comeBackIn(wait);
        }
        run(actions);
    }

    /** A call that ends at once lets the next one out; one after the other, or a long queue would need a deep stack. */
    private void run(List<Runnable> actions) {
        Deque<Runnable> running = onThisThread.get();
        if (running != null) {
            running.addAll(actions);
            return;
        }
        Deque<Runnable> queue = new ArrayDeque<>(actions);
        onThisThread.set(queue);
        try {
            for (Runnable action = queue.poll(); action != null; action = queue.poll()) {
                action.run();
            }
        } finally {
            onThisThread.remove();
        }
    }

    private @Nullable Waiting next(long now) {
        Waiting first = foreground.poll();
        return first == null && nanosUntilPrefetch(now) == 0 ? prefetches.poll() : first;
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
        } else if (full || prefetches.isEmpty()) {
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
            // nobody would ever come back for those who wait
            close();
        }
    }

    private void timerFired() {
        synchronized (this) {
            timerAt = Long.MAX_VALUE;
        }
        proceed();
    }

    private int weight(long now) {
        return now < pausedUntil ? WEIGHT_WHILE_PAUSED : 1;
    }

    private record Waiting(Entrant entrant, long until) {}
}
