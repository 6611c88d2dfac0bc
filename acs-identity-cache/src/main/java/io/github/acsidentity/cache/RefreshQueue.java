/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes that were due when there was no room for them. They begin as room comes, first the one whose token is spent
 * first: who has visited late in the refresh window has no time to wait. One whose token is spent before its turn is
 * dropped, since a caller makes that call.
 */
final class RefreshQueue {

    /** A refresh that waits. */
    interface Turn {

        /** Returns when it comes too late, in milliseconds of {@link CacheTime}. */
        long spentAt();

        /** Returns whether the token is still held, and still waits. */
        boolean isNeeded();

        /** Begins the refresh, for which there is room at the gate now. Called outside any lock. */
        void begin();
    }

    /** While callers queue at the gate, they go first. */
    private static final long WAIT_FOR_CALLERS_NANOS = 10_000_000;

    /** Whoever is held back until a call ends is told; the timer is for what nobody tells. */
    private static final long LONGEST_WAIT_NANOS = 1_000_000_000;

    /** Whatever a timer is late by would otherwise be lost, one time after the other. */
    private static final long LONGEST_DELAY_MADE_UP_FOR_NANOS = 100_000_000;

    /** So that a hit which comes by does not clear a line of a million. */
    private static final int MAXIMUM_REMOVALS = 1_000;

    private final CallGate gate;
    private final CacheTime time;
    private final ScheduledExecutorService scheduler;
    private final Recorder recorder;
    private final PriorityQueue<Turn> turns = new PriorityQueue<>(Comparator.comparingLong(Turn::spentAt));
    private final AtomicInteger proceeding = new AtomicInteger();
    private boolean timed;
    private long timedAt;

    /** Changed under the lock, read without. */
    private volatile boolean empty = true;

    RefreshQueue(CallGate gate, CacheTime time, ScheduledExecutorService scheduler, Recorder recorder) {
        this.gate = gate;
        this.time = time;
        this.scheduler = scheduler;
        this.recorder = recorder;
        gate.whenACallEnds(() -> proceed(0));
    }

    /** Lets a refresh out as {@link CallGate#tryEnterRefresh} does, unless others wait already. */
    boolean tryEnter() {
        return empty && gate.tryEnterRefresh();
    }

    /** Puts a refresh in line, and lets out who may go. */
    void add(Turn turn) {
        synchronized (this) {
            turns.add(turn);
            empty = false;
        }
        proceed(0);
    }

    /** Forgets all. */
    synchronized void close() {
        turns.clear();
        empty = true;
    }

    /**
     * Lets out who may go. One thread does so at a time, and who comes meanwhile has it look again: the end of a call
     * that takes no time comes from within.
     */
    private void proceed(long late) {
        if (empty || proceeding.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        long made = late;
        try {
            do {
                for (Turn turn = next(made); turn != null; turn = next(0)) {
                    begin(turn);
                }
                made = 0;
                seen = proceeding.addAndGet(-seen);
            } while (seen > 0);
        } finally {
            if (seen > 0) {
                // the clock has failed: whoever comes next goes on
                proceeding.set(0);
            }
        }
        comeBackLater();
    }

    private static void begin(Turn turn) {
        try {
            turn.begin();
        } catch (RuntimeException | Error e) {
            // its flight has ended with this, and whoever comes by with a good token has nothing to do with it
        }
    }

    /** A failure of the scheduler is none of the caller's, whose token is good: another visit sets the next timer. */
    private void comeBackLater() {
        long room = gate.nanosUntilRefresh();
        long wait = room == 0 ? WAIT_FOR_CALLERS_NANOS : Math.min(room, LONGEST_WAIT_NANOS);
        synchronized (this) {
            if (timed || empty) {
                return;
            }
            timedAt = time.nanos() + wait;
            timed = true;
        }
        try {
            Future<?> unused = scheduler.schedule(this::timerFired, wait, TimeUnit.NANOSECONDS);
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                timed = false;
            }
        }
    }

    private void timerFired() {
        long late;
        synchronized (this) {
            timed = false;
            late = Math.min(Math.max(time.nanos() - timedAt, 0), LONGEST_DELAY_MADE_UP_FOR_NANOS);
        }
        proceed(late);
    }

    /** Returns the one that begins now, if there is room. */
    private synchronized @Nullable Turn next(long late) {
        Turn first = firstNeeded();
        boolean begins = first != null && gate.tryEnterRefresh(late);
        if (begins) {
            turns.remove();
        }
        empty = turns.isEmpty();
        return begins ? first : null;
    }

    private @Nullable Turn firstNeeded() {
        long now = time.millis();
        Turn first = turns.peek();
        for (int removed = 0; first != null && removed < MAXIMUM_REMOVALS; removed++) {
            if (now >= first.spentAt()) {
                recorder.refreshSkipped();
            } else if (first.isNeeded()) {
                return first;
            }
            turns.remove();
            first = turns.peek();
        }
        return null;
    }
}
