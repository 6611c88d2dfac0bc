/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with one call.
 *
 * @param action what happens instead of the answer, or to it
 * @param afterProcessing whether the operation is carried out first
 * @param status the status of {@link Action#ANSWER}
 * @param code the error code of {@link Action#ANSWER}; without one the answer has no body
 * @param retryAfter the pause that {@link Action#ANSWER} asks for
 * @param latency how long the answer takes
 * @param bodyTime how long the body takes from then on, for {@link Action#SLOW_BODY}
 */
public record FaultPlan(
        Action action,
        boolean afterProcessing,
        int status,
        @Nullable String code,
        @Nullable Duration retryAfter,
        Duration latency,
        Duration bodyTime) {

    /** Nothing goes wrong. */
    public static final FaultPlan NONE = of(Action.NONE);

    /** What happens instead of the answer, or to it. */
    public enum Action {
        /** Nothing: the answer is given. */
        NONE,
        /** An error answer is given. */
        ANSWER,
        /** The connection is closed without an answer. */
        DROP,
        /** No answer is given, and the connection stays as it is. */
        HANG,
        /** The connection is closed in the middle of the body. */
        TRUNCATED_BODY,
        /** The body is not what it should be. */
        MALFORMED_BODY,
        /** The body takes its time. */
        SLOW_BODY;

        boolean leavesTheAnswer() {
            return this == NONE || this == TRUNCATED_BODY || this == MALFORMED_BODY || this == SLOW_BODY;
        }
    }

    /** Returns a plan with nothing but an action. */
    public static FaultPlan of(Action action) {
        return new FaultPlan(action, false, 0, null, null, Duration.ZERO, Duration.ZERO);
    }

    /** Returns a plan of an error answer. */
    public static FaultPlan answer(int status) {
        return new FaultPlan(Action.ANSWER, false, status, null, null, Duration.ZERO, Duration.ZERO);
    }

    /** Returns a plan of a slow body. */
    public static FaultPlan slowBody(Duration bodyTime) {
        return new FaultPlan(Action.SLOW_BODY, false, 0, null, null, Duration.ZERO, bodyTime);
    }

    /** Returns a copy that strikes when the operation has been carried out. */
    public FaultPlan processedFirst() {
        return new FaultPlan(action, true, status, code, retryAfter, latency, bodyTime);
    }

    /** Returns a copy with an error code. */
    public FaultPlan withCode(String newCode) {
        return new FaultPlan(action, afterProcessing, status, newCode, retryAfter, latency, bodyTime);
    }

    /** Returns a copy with a pause. */
    public FaultPlan withRetryAfter(Duration newRetryAfter) {
        return new FaultPlan(action, afterProcessing, status, code, newRetryAfter, latency, bodyTime);
    }

    /** Returns a copy with a latency. */
    public FaultPlan withLatency(Duration newLatency) {
        return new FaultPlan(action, afterProcessing, status, code, retryAfter, newLatency, bodyTime);
    }

    boolean hangs() {
        return action == Action.HANG;
    }

    /** Returns whether it strikes on the way to the service, before that has looked at the call. */
    boolean breaksTheConnectionFirst() {
        return (action == Action.DROP || action == Action.HANG) && !afterProcessing;
    }

    /** Returns whether it strikes before the operation is carried out. */
    boolean preempts() {
        return !action.leavesTheAnswer() && !afterProcessing;
    }

    Refusal refusal() {
        return new Refusal(status, code, null, "A fault was injected.", retryAfter, true);
    }
}
