/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.IdentityOperation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** The faults that are waiting for their calls, in the order in which they were injected. */
final class Faults {

    private final List<Pending> pending = new ArrayList<>();

    synchronized void add(FaultPlan plan, int calls, Set<IdentityOperation> operations) {
        pending.add(new Pending(plan, operations, calls));
    }

    synchronized void clear() {
        pending.clear();
    }

    /** Takes the fault of the next call, from the oldest injection that applies to its operation. */
    synchronized FaultPlan take(IdentityOperation operation) {
        for (Iterator<Pending> all = pending.iterator(); all.hasNext(); ) {
            Pending candidate = all.next();
            if (candidate.operations.contains(operation)) {
                if (--candidate.callsLeft == 0) {
                    all.remove();
                }
                return candidate.plan;
            }
        }
        return FaultPlan.NONE;
    }

    private static final class Pending {

        private final FaultPlan plan;
        private final Set<IdentityOperation> operations;
        private int callsLeft;

        Pending(FaultPlan plan, Set<IdentityOperation> operations, int calls) {
            this.plan = plan;
            this.operations =
                    operations.isEmpty() ? EnumSet.allOf(IdentityOperation.class) : EnumSet.copyOf(operations);
            this.callsLeft = calls;
        }
    }
}
