/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.IdentityOperation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rules by which calls go wrong, in the order in which they were injected. Holds no lock while it asks them. */
final class FaultRules {

    private final List<FaultRule> rules = new CopyOnWriteArrayList<>();
    private final HungCalls hung = new HungCalls();

    /**
     * What struck a call.
     *
     * @param release completes when a call that hangs shall do so no longer
     */
    record Strike(FaultPlan plan, CompletableFuture<@Nullable Void> release) {

        static Strike of(FaultPlan plan) {
            return new Strike(plan, CompletableFuture.completedFuture(null));
        }
    }

    void add(FaultRule rule) {
        rules.add(rule);
    }

    void remove(FaultRule rule) {
        rules.remove(rule);
        hung.release(rule::equals);
    }

    void clear() {
        rules.clear();
        hung.release(rule -> true);
    }

    boolean contains(FaultRule rule) {
        return rules.contains(rule);
    }

    /** Takes the fault of the next call, from the oldest rule that wants it and may have it. */
    Strike take(IdentityOperation operation, Predicate<FaultPlan> allowed) {
        for (FaultRule rule : rules) {
            if (rule.concerns(operation) && allowed.test(rule.plan())) {
                Strike strike = strikeBy(rule);
                if (strike != null) {
                    return strike;
                }
            }
        }
        return Strike.of(FaultPlan.NONE);
    }

    /** A call that may come to hang is known before the rule is asked, so that whoever takes the rule back finds it. */
    private @Nullable Strike strikeBy(FaultRule rule) {
        Strike strike = rule.plan().hangs() ? new Strike(rule.plan(), hung.add(rule)) : Strike.of(rule.plan());
        boolean struck = false;
        try {
            struck = rules.contains(rule) && rule.takes();
        } finally {
            if (!struck) {
                strike.release().complete(null);
            }
        }
        if (struck && rule.isUsedUp()) {
            rules.remove(rule);
        }
        return struck ? strike : null;
    }
}
