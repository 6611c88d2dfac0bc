/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Faults;
import java.util.ArrayList;
import java.util.List;

/** The faults that administrators and the configuration ordered. Safe for use by concurrent threads. */
final class FaultBoard {

    private final FakeIdentityService service;
    private final List<FaultOrder> initial;
    private final List<Entry> entries = new ArrayList<>();
    private long lastId;

    FaultBoard(FakeIdentityService service, List<FaultOrder> initial) {
        this.service = service;
        this.initial = List.copyOf(initial);
        initial.forEach(this::add);
    }

    /** A fault that was ordered. */
    record Entry(long id, FaultOrder order, Faults.Rule rule) {}

    synchronized Entry add(FaultOrder order) {
        Entry entry = new Entry(++lastId, order, order.apply(service));
        entries.add(entry);
        return entry;
    }

    /** Returns what can still strike. */
    synchronized List<Entry> active() {
        entries.removeIf(entry -> !entry.rule().isActive());
        return List.copyOf(entries);
    }

    /** Takes one back; returns whether it could still strike. */
    synchronized boolean remove(long id) {
        for (Entry entry : active()) {
            if (entry.id() == id) {
                entry.rule().remove();
                return true;
            }
        }
        return false;
    }

    /** Takes back everything that shall go wrong, whoever ordered it. */
    synchronized void clear() {
        service.faults().clear();
        entries.clear();
    }

    /** Returns to what was ordered at the beginning. */
    synchronized void reset() {
        clear();
        initial.forEach(this::add);
    }
}
