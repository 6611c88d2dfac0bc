/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** How often things have happened. */
final class Counts {

    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

    void add(String what) {
        counts.computeIfAbsent(what, key -> new LongAdder()).increment();
    }

    long of(String what) {
        LongAdder count = counts.get(what);
        return count == null ? 0 : count.sum();
    }

    /** Returns a line for each. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        counts.forEach((what, count) ->
                text.append("  ").append(what).append(": ").append(count.sum()).append('\n'));
        return text.toString();
    }
}
