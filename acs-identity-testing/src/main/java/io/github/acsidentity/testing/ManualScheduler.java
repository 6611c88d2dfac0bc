/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler without threads: its tasks run when its {@link MutableClock} is moved, on the thread that moves it.
 *
 * <p>Tasks run in the order in which they are due, those due at the same moment in the order in which they were
 * submitted. {@link #execute(Runnable)} and {@code submit} queue their task, too; {@link #runDueTasks()} runs what is
 * due without a move. A task that fails keeps its failure in its future and disturbs nobody else.
 *
 * <p>Safe for use by concurrent threads. No task runs under a lock of the scheduler.
 */
public final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {

    private final MutableClock clock;
    private final PriorityQueue<ManualTask<?>> tasks = new PriorityQueue<>();
    private long submitted;
    private boolean shutDown;
    private int running;

    /**
     * Creates a scheduler.
     *
     * @param clock the clock whose moves run the tasks
     */
    public ManualScheduler(MutableClock clock) {
        this.clock = requireNonNull(clock, "clock");
        clock.register(this);
    }

    /**
     * Runs the tasks that are due now, and those that become due by running them.
     *
     * @return how many tasks ran
     */
    public int runDueTasks() {
        int count = 0;
        while (runOneDueTask()) {
            count++;
        }
        return count;
    }

    /**
     * Returns how many tasks are waiting, whether due or not.
     *
     * @return the number of tasks
     */
    public synchronized int pendingTasks() {
        tasks.removeIf(ManualTask::isDone);
        return tasks.size();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(Executors.callable(command), delay, unit, 0);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return add(callable, delay, unit, 0);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return add(Executors.callable(command), initialDelay, unit, requirePositive("period", unit.toNanos(period)));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return add(Executors.callable(command), initialDelay, unit, -requirePositive("delay", unit.toNanos(delay)));
    }

    @Override
    public void execute(Runnable command) {
        // as with any executor, nobody asks for the result
        ScheduledFuture<?> unused = add(Executors.callable(command), 0, TimeUnit.NANOSECONDS, 0);
    }

    /** Accepts no more tasks and cancels the periodic ones; those that are waiting for their time still run. */
    @Override
    public synchronized void shutdown() {
        shutDown = true;
        List.copyOf(tasks).stream().filter(ManualTask::isPeriodic).forEach(task -> task.cancel(false));
    }

    /** Accepts no more tasks and drops those that are waiting. */
    @Override
    public synchronized List<Runnable> shutdownNow() {
        shutDown = true;
        List<Runnable> dropped = new ArrayList<>(tasks);
        tasks.clear();
        return dropped;
    }

    @Override
    public synchronized boolean isShutdown() {
        return shutDown;
    }

    @Override
    public synchronized boolean isTerminated() {
        return shutDown && running == 0 && !hasTasks();
    }

    /** Returns whether all tasks are done, without waiting: time passes only when the clock is moved. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }

    synchronized boolean hasTasks() {
        return pendingTasks() > 0;
    }

    /** Returns when the next task is due; a scheduler without tasks says the end of time. */
    synchronized long nextDueTicks() {
        ManualTask<?> next = tasks.peek();
        return next == null ? clock.nanos() + Long.MAX_VALUE : next.dueTicks();
    }

    /** Runs the first task that is due; returns whether there was one. */
    boolean runOneDueTask() {
        ManualTask<?> task = takeDueTask();
        if (task == null) {
            return false;
        }
        try {
            task.runOnce();
        } finally {
            ran(task);
        }
        return true;
    }

    private synchronized @Nullable ManualTask<?> takeDueTask() {
        tasks.removeIf(ManualTask::isDone);
        ManualTask<?> first = tasks.peek();
        if (first == null || first.dueTicks() - clock.nanos() > 0) {
            return null;
        }
        running++;
        return tasks.poll();
    }

    private synchronized void ran(ManualTask<?> task) {
        running--;
        if (task.isPeriodic() && !task.isDone() && !shutDown) {
            task.setNextRun();
            tasks.add(task);
        }
    }

    private synchronized <V> ManualTask<V> add(Callable<V> work, long delay, TimeUnit unit, long period) {
        requireNonNull(work, "task");
        if (shutDown) {
            throw new RejectedExecutionException("This scheduler is shut down");
        }
        long dueTicks = clock.nanos() + Math.max(0, Math.min(unit.toNanos(delay), Long.MAX_VALUE / 2));
        ManualTask<V> task = new ManualTask<>(work, clock, dueTicks, period, submitted++);
        tasks.add(task);
        return task;
    }

    private static long requirePositive(String name, long nanos) {
        if (nanos <= 0) {
            throw new IllegalArgumentException(name + " must be positive");
        }
        return nanos;
    }
}
