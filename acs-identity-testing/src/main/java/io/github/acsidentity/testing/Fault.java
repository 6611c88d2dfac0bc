/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.testing.internal.model.FaultPlan;
import io.github.acsidentity.testing.internal.model.FaultPlan.Action;
import java.time.Duration;

/**
 * Something that goes wrong with a call, to be injected with {@link FakeIdentityService#inject(Fault)}.
 *
 * <pre>{@code
 * service.inject(Fault.status(429).withRetryAfter(Duration.ofSeconds(3)));
 * service.inject(Fault.lostAnswer(), 1, IdentityOperation.CREATE_USER);
 * }</pre>
 *
 * <p>A fault strikes before the operation is carried out, unless {@link #afterProcessing()} says otherwise.
 */
public final class Fault {

    private final FaultPlan plan;

    private Fault(FaultPlan plan) {
        this.plan = plan;
    }

    /**
     * The connection breaks before the service has done anything; to the caller it looks the same as
     * {@link #lostAnswer()}.
     *
     * @return the fault
     */
    public static Fault drop() {
        return new Fault(FaultPlan.of(Action.DROP));
    }

    /**
     * The operation is carried out, and the connection breaks before the answer.
     *
     * @return the fault
     */
    public static Fault lostAnswer() {
        return drop().afterProcessing();
    }

    /**
     * The service never answers, and the connection stays open: the caller has to give up by itself.
     *
     * @return the fault
     */
    public static Fault hang() {
        return new Fault(FaultPlan.of(Action.HANG));
    }

    /**
     * The service, or something on the way to it, answers with an error. Without {@link #withErrorCode(String)} the
     * answer has no body.
     *
     * @param status the HTTP status, from 300 to 599
     * @return the fault
     * @throws IllegalArgumentException if {@code status} is out of range
     */
    public static Fault status(int status) {
        if (status < 300 || status > 599) {
            throw new IllegalArgumentException("status must be from 300 to 599, but was " + status);
        }
        return new Fault(new FaultPlan(Action.ANSWER, false, status, null, null, Duration.ZERO));
    }

    /**
     * The answer is right, but late; {@link FakeIdentityManager} waits for 30 seconds at most.
     *
     * @param latency how late, not negative; in transport time, see {@link FakeIdentityService.Builder#scheduler}
     * @return the fault
     * @throws IllegalArgumentException if {@code latency} is negative
     */
    public static Fault latency(Duration latency) {
        return new Fault(FaultPlan.NONE).withLatency(latency);
    }

    /**
     * Returns a copy that strikes when the operation has been carried out.
     *
     * @return the copy
     */
    public Fault afterProcessing() {
        return new Fault(
                new FaultPlan(plan.action(), true, plan.status(), plan.code(), plan.retryAfter(), plan.latency()));
    }

    /**
     * Returns a copy whose answer has a body with an error code; without effect if there is no error answer.
     *
     * @param errorCode the code, such as {@code TooManyRequests}
     * @return the copy
     */
    public Fault withErrorCode(String errorCode) {
        return new Fault(new FaultPlan(
                plan.action(),
                plan.afterProcessing(),
                plan.status(),
                requireNonNull(errorCode, "errorCode"),
                plan.retryAfter(),
                plan.latency()));
    }

    /**
     * Returns a copy whose answer asks for a pause; without effect if there is no error answer.
     *
     * @param retryAfter the pause; on the wire whole seconds, rounded up
     * @return the copy
     * @throws IllegalArgumentException if {@code retryAfter} is negative
     */
    public Fault withRetryAfter(Duration retryAfter) {
        return new Fault(new FaultPlan(
                plan.action(),
                plan.afterProcessing(),
                plan.status(),
                plan.code(),
                requireNotNegative("retryAfter", retryAfter),
                plan.latency()));
    }

    /**
     * Returns a copy that takes its time.
     *
     * @param latency how late the answer is, or the break of the connection; in transport time
     * @return the copy
     * @throws IllegalArgumentException if {@code latency} is negative
     */
    public Fault withLatency(Duration latency) {
        return new Fault(new FaultPlan(
                plan.action(),
                plan.afterProcessing(),
                plan.status(),
                plan.code(),
                plan.retryAfter(),
                requireNotNegative("latency", latency)));
    }

    /** Returns what goes wrong. */
    @Override
    public String toString() {
        return plan.toString().replace("FaultPlan", "Fault");
    }

    FaultPlan plan() {
        return plan;
    }

    private static Duration requireNotNegative(String name, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but was " + duration);
        }
        return duration;
    }
}
