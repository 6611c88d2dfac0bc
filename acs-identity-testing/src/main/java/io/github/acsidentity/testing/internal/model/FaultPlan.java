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
 * @param action what happens instead of the answer
 * @param afterProcessing whether the operation is carried out first
 * @param status the status of {@link Action#ANSWER}
 * @param code the error code of {@link Action#ANSWER}; without one the answer has no body
 * @param retryAfter the pause that {@link Action#ANSWER} asks for
 * @param latency how long the answer takes
 */
public record FaultPlan(
        Action action,
        boolean afterProcessing,
        int status,
        @Nullable String code,
        @Nullable Duration retryAfter,
        Duration latency) {

    /** Nothing goes wrong. */
    public static final FaultPlan NONE = new FaultPlan(Action.NONE, false, 0, null, null, Duration.ZERO);

    /** What happens instead of the answer. */
    public enum Action {
        /** Nothing: the answer is given. */
        NONE,
        /** An error answer is given. */
        ANSWER,
        /** The connection is closed without an answer. */
        DROP,
        /** No answer is ever given. */
        HANG
    }

    /** Returns a plan with nothing but an action. */
    public static FaultPlan of(Action action) {
        return new FaultPlan(action, false, 0, null, null, Duration.ZERO);
    }

    Refusal refusal() {
        return new Refusal(status, code, null, "A fault was injected.", retryAfter, true);
    }
}
