/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.cache.CallGate.Kind;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** A gate at a clock that stands still, and all who wanted to go through. */
final class GateAtVirtualTime {

    final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    final ManualScheduler scheduler = new ManualScheduler(clock);
    final CacheTime time = new CacheTime(clock);
    final CallGate gate;

    /** Who throws when it is turned away or withdrawn. */
    @Nullable
    String throwsAtItsEnd;

    private @Nullable RuntimeException schedulerFailure;

    /** When calls went out, in nanoseconds. */
    final List<Long> departures = new ArrayList<>();

    final List<String> entered = new ArrayList<>();
    final List<String> turnedAway = new ArrayList<>();
    final List<String> reasons = new ArrayList<>();
    final List<String> withdrawn = new ArrayList<>();
    final Set<String> unwanted = new HashSet<>();

    /** Prefetches that a caller has begun to wait for. */
    final Set<String> awaited = new HashSet<>();

    final List<Duration> retryAfters = new ArrayList<>();
    final Deque<Kind> underway = new ArrayDeque<>();

    GateAtVirtualTime(RefreshPolicy policy) {
        gate = new CallGate(policy, time, (ScheduledExecutorService) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ScheduledExecutorService.class}, this::schedule));
    }

    /** Lets the scheduler throw when it is used the next time. */
    void schedulerFailsOnce(RuntimeException how) {
        schedulerFailure = how;
    }

    private Object schedule(Object proxy, Method method, Object[] arguments) throws ReflectiveOperationException {
        RuntimeException failure = schedulerFailure;
        schedulerFailure = null;
        if (failure != null) {
            throw failure;
        }
        return method.invoke(scheduler, arguments);
    }

    /** A load whose call goes on until {@link #end} is called. */
    void load(String name, boolean urgent) {
        gate.enter(new Load(name, urgent, false));
    }

    /** A load whose call takes no time. */
    void quickLoad(String name, boolean urgent) {
        gate.enter(new Load(name, urgent, true));
    }

    /** A background refresh whose call takes no time, if there is room for it. */
    boolean quickRefresh() {
        if (!gate.tryEnterRefresh()) {
            return false;
        }
        departures.add(time.nanos());
        gate.leave(Kind.REFRESH);
        return true;
    }

    /** Ends the oldest call under way. */
    void end() {
        assertThat(underway.peek()).isNotNull();
        gate.leave(underway.remove());
    }

    /** Returns how many calls went out in that window at most that begins with a call. */
    int mostDeparturesIn(Duration window) {
        int most = 0;
        int last = 0;
        for (int first = 0; first < departures.size(); first++) {
            while (last < departures.size() && departures.get(last) - departures.get(first) < window.toNanos()) {
                last++;
            }
            most = Math.max(most, last - first);
        }
        return most;
    }

    /** Returns how many calls went out since a time in nanoseconds. */
    long departuresSince(long nanos) {
        return departures.stream().filter(departure -> departure >= nanos).count();
    }

    private final class Load implements CallGate.Entrant {

        private final String name;
        private final boolean urgent;
        private final boolean quick;

        Load(String name, boolean urgent, boolean quick) {
            this.name = name;
            this.urgent = urgent;
            this.quick = quick;
        }

        @Override
        public boolean isUrgent() {
            return urgent || awaited.contains(name);
        }

        @Override
        public void enter(Kind kind) {
            departures.add(time.nanos());
            entered.add(name);
            if (quick) {
                gate.leave(kind);
            } else {
                underway.add(kind);
            }
        }

        @Override
        public void turnAway(String reason, Duration retryAfter) {
            turnedAway.add(name);
            reasons.add(reason);
            throwIfPlanted();
            retryAfters.add(retryAfter);
        }

        @Override
        public boolean isWanted() {
            return !unwanted.contains(name);
        }

        @Override
        public void withdraw() {
            withdrawn.add(name);
            throwIfPlanted();
        }

        @Override
        public void abandon(Throwable reason) {
            turnedAway.add(name);
        }

        private void throwIfPlanted() {
            if (name.equals(throwsAtItsEnd)) {
                throw new IllegalStateException("planted");
            }
        }
    }
}
