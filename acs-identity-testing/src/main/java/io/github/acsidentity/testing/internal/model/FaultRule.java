/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.IdentityOperation;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** One fault and the calls that it strikes. Compared by identity. Safe for use by concurrent threads. */
public final class FaultRule {

    private final FaultPlan plan;
    private final Set<IdentityOperation> operations;
    private final BooleanSupplier wantsNext;
    private final BooleanSupplier usedUp;

    private FaultRule(
            FaultPlan plan, Set<IdentityOperation> operations, BooleanSupplier wantsNext, BooleanSupplier usedUp) {
        this.plan = plan;
        this.operations = operations.isEmpty() ? EnumSet.allOf(IdentityOperation.class) : EnumSet.copyOf(operations);
        this.wantsNext = wantsNext;
        this.usedUp = usedUp;
    }

    /** Strikes a number of calls. */
    public static FaultRule times(FaultPlan plan, Set<IdentityOperation> operations, int calls) {
        AtomicInteger left = new AtomicInteger(calls);
        return new FaultRule(
                plan, operations, () -> left.getAndUpdate(count -> Math.max(0, count - 1)) > 0, () -> left.get() == 0);
    }

    /** Strikes while a condition holds. */
    public static FaultRule when(FaultPlan plan, Set<IdentityOperation> operations, BooleanSupplier condition) {
        return new FaultRule(plan, operations, condition, () -> false);
    }

    /** Strikes a share of the calls. */
    public static FaultRule atRandom(FaultPlan plan, Set<IdentityOperation> operations, double rate, long seed) {
        // unlike Random, its first numbers are not alike for seeds that are alike
        SplittableRandom random = new SplittableRandom(seed);
        return new FaultRule(
                plan,
                operations,
                () -> {
                    synchronized (random) {
                        return random.nextDouble() < rate;
                    }
                },
                () -> false);
    }

    FaultPlan plan() {
        return plan;
    }

    boolean concerns(IdentityOperation operation) {
        return operations.contains(operation);
    }

    /**
     * Returns whether the rule takes this call, which counts then. Runs code of the test: never call it with a lock.
     */
    boolean takes() {
        return wantsNext.getAsBoolean();
    }

    boolean isUsedUp() {
        return usedUp.getAsBoolean();
    }

    /** Returns what goes wrong, and with which operations. */
    @Override
    public String toString() {
        return "FaultRule[operations=" + operations + ", plan=" + plan + "]";
    }
}
