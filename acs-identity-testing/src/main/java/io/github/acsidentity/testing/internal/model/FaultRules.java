/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.IdentityOperation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The rules by which calls go wrong, in the order in which they were injected. Holds no lock while it asks them. */
final class FaultRules {

    private final List<FaultRule> rules = new CopyOnWriteArrayList<>();

    void add(FaultRule rule) {
        rules.add(rule);
    }

    void remove(FaultRule rule) {
        rules.remove(rule);
    }

    void clear() {
        rules.clear();
    }

    boolean contains(FaultRule rule) {
        return rules.contains(rule);
    }

    /** Takes the fault of the next call, from the oldest rule that wants it and may have it. */
    FaultPlan take(IdentityOperation operation, Predicate<FaultPlan> allowed) {
        for (FaultRule rule : rules) {
            if (rule.concerns(operation) && allowed.test(rule.plan()) && rule.takes()) {
                if (rule.isUsedUp()) {
                    remove(rule);
                }
                return rule.plan();
            }
        }
        return FaultPlan.NONE;
    }
}
