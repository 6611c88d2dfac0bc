/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import io.github.acsidentity.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A scheduler and its clock, on which waits take no time: the clock jumps to their end. Deadlines, which are what is
 * scheduled for exactly {@link #DEADLINE}, pass only when a test says so.
 */
final class SkippingScheduler extends ScheduledThreadPoolExecutor implements TimeSource {

    static final Duration DEADLINE = Duration.ofSeconds(30);

    /** A Tuesday. */
    static final Instant START = Instant.parse("2026-03-03T09:00:00Z");

    private final AtomicLong elapsed = new AtomicLong();
    private final List<Duration> waits = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Callable<?>> deadlines = new ConcurrentLinkedQueue<>();

    SkippingScheduler() {
        super(1, task -> {
            Thread thread = new Thread(task, "skipping-scheduler");
            thread.setDaemon(true);
            return thread;
        });
        setRemoveOnCancelPolicy(true);
    }

    /** Returns the waits that were begun, in their order. */
    List<Duration> waits() {
        return waits;
    }

    /** Lets the deadlines of all operations pass that are under way. */
    void passDeadlines() throws Exception {
        for (Callable<?> deadline = deadlines.poll(); deadline != null; deadline = deadlines.poll()) {
            deadline.call();
        }
    }

    /** Forgets the waits and sets the clock to its start. */
    void restart() {
        waits.clear();
        elapsed.set(0);
    }

    void advance(Duration time) {
        elapsed.addAndGet(time.toNanos());
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return schedule(Executors.callable(task), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        Duration wait = Duration.of(delay, unit.toChronoUnit());
        if (wait.equals(DEADLINE)) {
            deadlines.add(task);
            return super.schedule(task, 1, TimeUnit.DAYS);
        }
        waits.add(wait);
        advance(wait);
        return super.schedule(task, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public long millis() {
        return START.toEpochMilli() + TimeUnit.NANOSECONDS.toMillis(elapsed.get());
    }

    /** Returns ticks that overflow after the first second. */
    @Override
    public long nanos() {
        return Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1) + elapsed.get();
    }
}
