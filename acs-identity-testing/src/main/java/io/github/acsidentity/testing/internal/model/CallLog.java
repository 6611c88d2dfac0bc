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

/** The latest calls, and how many there were of each operation. */
final class CallLog {

    private final int capacity;
    private final Deque<CallRecord> latest = new ArrayDeque<>();
    private final Map<IdentityOperation, Long> counts = new EnumMap<>(IdentityOperation.class);

    CallLog(int capacity) {
        this.capacity = capacity;
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

    synchronized long count(IdentityOperation operation) {
        return counts.getOrDefault(operation, 0L);
    }

    synchronized void clear() {
        latest.clear();
        counts.clear();
    }
}
