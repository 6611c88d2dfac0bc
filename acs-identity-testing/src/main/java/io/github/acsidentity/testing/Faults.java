/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.testing.internal.model.FaultRule;
import io.github.acsidentity.testing.internal.model.ServiceModel;
import java.util.Arrays;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What shall go wrong with the calls of a {@link FakeIdentityService}, whichever door they come through.
 *
 * <pre>{@code
 * service.faults().on(CREATE_USER).next(Fault.lostAnswer());
 * service.faults().on(GET_TOKEN).times(3, Fault.throttled().withRetryAfter(Duration.ofSeconds(3)));
 * Faults.Rule outage = service.faults().on().always(Fault.status(503));
 * outage.remove();
 * }</pre>
 *
 * <p>Each injection is a rule. A call asks the rules for its operation in the order in which they were injected, and
 * the first one that wants it strikes; no call is struck twice. Safe for use by concurrent threads.
 *
 * <p>The service looks at the credential of a call first. One that it refuses (401 {@code Denied}: a wrong signature,
 * an expired bearer token) is not what a test of an operation is about, so rules let it pass, and none is used up by
 * it: faults strike calls that are let in. Only {@link Fault#drop()} and {@link Fault#hang()}, unless they strike
 * {@linkplain Fault#afterProcessing() after processing}, happen on the way to the service; they strike whoever calls.
 */
public final class Faults {

    private final ServiceModel model;

    Faults(ServiceModel model) {
        this.model = model;
    }

    /**
     * Chooses the calls that a fault shall strike.
     *
     * @param operations which operations; none means all
     * @return the calls, to be continued with what shall happen to them
     */
    public Calls on(IdentityOperation... operations) {
        return new Calls(model, Set.copyOf(Arrays.asList(operations)));
    }

    /**
     * Removes all rules: from now on, nothing goes wrong. Answers that are late already remain so; calls that
     * {@linkplain Fault#hang() hang} at an emulator lose their connections.
     */
    public void clear() {
        model.clearFaults();
    }

    /** The calls that a fault shall strike. Safe for use by concurrent threads, and more than once. */
    public static final class Calls {

        private final ServiceModel model;
        private final Set<IdentityOperation> operations;

        private Calls(ServiceModel model, Set<IdentityOperation> operations) {
            this.model = model;
            this.operations = operations;
        }

        /**
         * Lets the next call fail.
         *
         * @param fault what goes wrong
         * @return the rule
         */
        public Rule next(Fault fault) {
            return times(1, fault);
        }

        /**
         * Lets the next calls fail.
         *
         * @param calls how many, at least 1
         * @param fault what goes wrong
         * @return the rule
         * @throws IllegalArgumentException if {@code calls} is less than 1
         */
        public Rule times(int calls, Fault fault) {
            if (calls < 1) {
                throw new IllegalArgumentException("calls must be at least 1, but was " + calls);
            }
            return inject(FaultRule.times(fault.plan(), operations, calls));
        }

        /**
         * Lets calls fail as long as a condition holds.
         *
         * @param condition asked once for each call that no earlier rule strikes, on the thread of the call and without
         *     any lock, possibly by several threads at a time; what it throws fails the call as a defect of the fake
         * @param fault what goes wrong
         * @return the rule
         */
        public Rule whileTrue(BooleanSupplier condition, Fault fault) {
            return inject(FaultRule.when(fault.plan(), operations, requireNonNull(condition, "condition")));
        }

        /**
         * Lets some calls fail, at random. The same seed strikes the same calls of a sequence in each run.
         *
         * @param rate the share of the calls that fail in the long run, from 0 to 1
         * @param seed where the random sequence starts
         * @param fault what goes wrong
         * @return the rule
         * @throws IllegalArgumentException if {@code rate} is not from 0 to 1
         */
        public Rule atRandom(double rate, long seed, Fault fault) {
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException("rate must be from 0 to 1, but was " + rate);
            }
            return inject(FaultRule.atRandom(fault.plan(), operations, rate, seed));
        }

        /**
         * Lets every call fail, until the rule is removed.
         *
         * @param fault what goes wrong
         * @return the rule
         */
        public Rule always(Fault fault) {
            return inject(FaultRule.when(fault.plan(), operations, () -> true));
        }

        private Rule inject(FaultRule rule) {
            model.inject(rule);
            return new Rule(model, rule);
        }
    }

    /** A fault that was injected. Safe for use by concurrent threads. */
    public static final class Rule {

        private final ServiceModel model;
        private final FaultRule rule;

        private Rule(ServiceModel model, FaultRule rule) {
            this.model = model;
            this.rule = rule;
        }

        /**
         * Removes the rule; without effect if it is used up, or was removed already. In any case the calls that it let
         * {@linkplain Fault#hang() hang} at an emulator lose their connections.
         */
        public void remove() {
            model.removeFault(rule);
        }

        /**
         * Returns whether the rule may still strike.
         *
         * @return {@code false} if it is used up or was removed
         */
        public boolean isActive() {
            return model.hasFault(rule);
        }

        /** Returns what goes wrong, and with which operations. */
        @Override
        public String toString() {
            return rule.toString();
        }
    }
}
