/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.IdentityOperation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The latest calls, how many there were of each operation, and how many at a time. */
final class CallLog {

    private final int capacity;
    private final Deque<CallRecord> latest = new ArrayDeque<>();
    private final Map<IdentityOperation, Long> counts = new EnumMap<>(IdentityOperation.class);
    private final Map<IdentityOperation, Integer> underWay = new EnumMap<>(IdentityOperation.class);
    private final Map<IdentityOperation, Integer> mostUnderWay = new EnumMap<>(IdentityOperation.class);

    CallLog(int capacity) {
        this.capacity = capacity;
    }

    synchronized void begin(IdentityOperation operation) {
        int now = underWay.merge(operation, 1, Integer::sum);
        mostUnderWay.merge(operation, now, Math::max);
    }

    synchronized void end(IdentityOperation operation) {
        underWay.merge(operation, -1, Integer::sum);
    }

    synchronized void add(CallRecord call) {
        counts.merge(call.operation(), 1L, Long::sum);
        if (latest.size() == capacity) {
            latest.removeFirst();
        }
        latest.addLast(call);
    }

    synchronized List<CallRecord> latest() {
        return List.copyOf(latest);
    }

    /** Returns the latest calls together with the counts of the very same moment. */
    synchronized CallSnapshot snapshot() {
        return new CallSnapshot(List.copyOf(latest), Map.copyOf(counts), Map.copyOf(mostUnderWay));
    }

    synchronized long count(IdentityOperation operation) {
        return counts.getOrDefault(operation, 0L);
    }

    synchronized int mostUnderWay(IdentityOperation operation) {
        return mostUnderWay.getOrDefault(operation, 0);
    }

    /** Forgets everything but the calls that are under way. */
    synchronized void clear() {
        latest.clear();
        counts.clear();
        mostUnderWay.clear();
        mostUnderWay.putAll(underWay);
    }
}
