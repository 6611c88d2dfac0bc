/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
    private static final long WAIT_FOR_CALLERS_NANOS = 1_000_000;

    /** Whether a call has ended is looked up, not waited for. */
    private static final long LONGEST_WAIT_NANOS = 1_000_000_000;

    private final CallGate gate;
    private final CacheTime time;
    private final ScheduledExecutorService scheduler;
    private final Recorder recorder;
    private final PriorityQueue<Turn> turns = new PriorityQueue<>(Comparator.comparingLong(Turn::spentAt));
    private boolean timed;

    /** Changed under the lock, read without. */
    private volatile boolean empty = true;

    RefreshQueue(CallGate gate, CacheTime time, ScheduledExecutorService scheduler, Recorder recorder) {
        this.gate = gate;
        this.time = time;
        this.scheduler = scheduler;
        this.recorder = recorder;
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
        proceed();
    }

    /** Forgets all. */
    synchronized void close() {
        turns.clear();
        empty = true;
    }

    private void proceed() {
        try {
            for (Turn turn = next(); turn != null; turn = next()) {
                turn.begin();
            }
        } finally {
            comeBackLater();
        }
    }

    private void comeBackLater() {
        synchronized (this) {
            if (timed || empty) {
                return;
            }
            timed = true;
        }
        long room = gate.nanosUntilRefresh();
        long wait = room == 0 ? WAIT_FOR_CALLERS_NANOS : Math.min(room, LONGEST_WAIT_NANOS);
        try {
            Future<?> unused = scheduler.schedule(this::timerFired, wait, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // the manager or its scheduler is closed: no reason to fail a caller whose token is good
            close();
        }
    }

    private void timerFired() {
        synchronized (this) {
            timed = false;
        }
        proceed();
    }

    /** Returns the one that begins now, if there is room. */
    private synchronized @Nullable Turn next() {
        Turn first = firstNeeded();
        boolean begins = first != null && gate.tryEnterRefresh();
        if (begins) {
            turns.remove();
        }
        empty = turns.isEmpty();
        return begins ? first : null;
    }

    private @Nullable Turn firstNeeded() {
        long now = time.millis();
        for (Turn first = turns.peek(); first != null; first = turns.peek()) {
            if (now >= first.spentAt()) {
                recorder.refreshSkipped();
            } else if (first.isNeeded()) {
                return first;
            }
            turns.remove();
        }
        return null;
    }
}
