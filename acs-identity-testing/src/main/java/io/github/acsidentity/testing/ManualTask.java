/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import io.github.acsidentity.TimeSource;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A task of a {@link ManualScheduler}. */
final class ManualTask<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {

    private final TimeSource time;
    private final long period;
    private final long number;
    private volatile long dueTicks;

    /**
     * Creates a task.
     *
     * @param period nanoseconds from start to start if positive, from end to start if negative, 0 for a single run
     * @param number the place in the order of submission
     */
    ManualTask(Callable<V> work, TimeSource time, long dueTicks, long period, long number) {
        super(work);
        this.time = time;
        this.dueTicks = dueTicks;
        this.period = period;
        this.number = number;
    }

    long dueTicks() {
        return dueTicks;
    }

    void runOnce() {
        if (isPeriodic()) {
            runAndReset();
        } else {
            run();
        }
    }

    void setNextRun() {
        dueTicks = period > 0 ? dueTicks + period : time.nanos() - period;
    }

    @Override
    public boolean isPeriodic() {
        return period != 0;
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(dueTicks - time.nanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        if (other instanceof ManualTask<?> that) {
            int byTime = Long.signum(dueTicks - that.dueTicks);
            return byTime != 0 ? byTime : Long.compare(number, that.number);
        }
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
