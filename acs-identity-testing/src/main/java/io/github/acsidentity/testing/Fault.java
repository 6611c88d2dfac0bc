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
 * Something that goes wrong with a call, to be injected with {@link FakeIdentityService#faults()}.
 *
 * <pre>{@code
 * service.faults().on().next(Fault.throttled().withRetryAfter(Duration.ofSeconds(3)));
 * service.faults().on(IdentityOperation.CREATE_USER).next(Fault.lostAnswer());
 * }</pre>
 *
 * <p>A fault that takes the place of the answer strikes before the operation is carried out, unless
 * {@link #afterProcessing()} says otherwise. One that spoils the body ({@link #truncatedBody()},
 * {@link #malformedBody()}, {@link #slowBody(Duration)}) needs an answer to spoil: the operation is carried out, or
 * refused, as always. Instances are immutable.
 */
public final class Fault {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

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
     * The service never answers, and the connection stays open: the caller has to give up by itself. Nothing was done,
     * unless {@link #afterProcessing()} says otherwise.
     *
     * <p>How long the caller waits depends on the door:
     *
     * <ul>
     *   <li>{@link FakeIdentityManager} gives up after 30 seconds, as the real manager does by default: the operation
     *       fails with a {@link io.github.acsidentity.ServiceUnavailableException} whose outcome is unknown. Without a
     *       {@linkplain FakeIdentityService.Builder#scheduler scheduler} these are 30 seconds of real time, whatever
     *       the {@linkplain FakeIdentityService#clock() clock} says. On a {@link ManualScheduler} the operation ends
     *       when the test has moved its clock 30 seconds forward, at once. A blocking call then waits until another
     *       thread does that; a test with one thread calls {@link FakeIdentityManager#async()}. Closing the manager and
     *       cancelling the future end it, too.
     *   <li>Through the in-process transport and the emulator the time-outs of the client decide, in the client's own
     *       time.
     *   <li>An {@link io.github.acsidentity.testing.emulator.AcsEmulator} also closes the connection, still without an
     *       answer, when the rule is removed that struck the call, with {@link Faults#clear()}, after five minutes of
     *       transport time (see {@link FakeIdentityService.Builder#scheduler}), and when it is closed itself.
     * </ul>
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
        return new Fault(FaultPlan.answer(status));
    }

    /**
     * The service answers 429 {@code TooManyRequests}; a pause comes with {@link #withRetryAfter(Duration)} only.
     *
     * @return the fault
     */
    public static Fault throttled() {
        return status(429).withErrorCode("TooManyRequests");
    }

    /**
     * The answer is right, but late; {@link FakeIdentityManager} waits for 30 seconds at most.
     *
     * @param latency how late, not negative; in transport time, see {@link FakeIdentityService.Builder#scheduler}
     * @return the fault
     * @throws IllegalArgumentException if {@code latency} is negative, or longer than 292 years
     */
    public static Fault latency(Duration latency) {
        return new Fault(FaultPlan.NONE).withLatency(latency);
    }

    /**
     * The connection breaks in the middle of the body of the answer. An answer without a body, as those to revocation
     * and deletion are, arrives as it is. {@link FakeIdentityManager}, which has no bodies, fails as the real manager
     * does.
     *
     * @return the fault
     */
    public static Fault truncatedBody() {
        return new Fault(FaultPlan.of(Action.TRUNCATED_BODY));
    }

    /**
     * The body of the answer is not JSON; status and headers are right. An answer without a body, as those to
     * revocation and deletion are, arrives as it is. {@link FakeIdentityManager}, which has no bodies, fails as the
     * real manager does.
     *
     * @return the fault
     */
    public static Fault malformedBody() {
        return new Fault(FaultPlan.of(Action.MALFORMED_BODY));
    }

    /**
     * The head and the first half of the body of the answer come at once, and the rest late. An answer without a body,
     * as those to revocation and deletion are, arrives as it is. {@link FakeIdentityManager} waits for 30 seconds at
     * most.
     *
     * @param time how late the rest comes, not negative; in transport time, see
     *     {@link FakeIdentityService.Builder#scheduler}
     * @return the fault
     * @throws IllegalArgumentException if {@code time} is negative, or longer than 292 years
     */
    public static Fault slowBody(Duration time) {
        return new Fault(FaultPlan.slowBody(requireNotNegative("time", time)));
    }

    /**
     * Returns a copy that strikes when the operation has been carried out; without effect if it spoils the body.
     *
     * @return the copy
     */
    public Fault afterProcessing() {
        return new Fault(plan.processedFirst());
    }

    /**
     * Returns a copy whose answer has a body with an error code; without effect if there is no error answer.
     *
     * @param errorCode the code, such as {@code TooManyRequests}
     * @return the copy
     */
    public Fault withErrorCode(String errorCode) {
        return new Fault(plan.withCode(requireNonNull(errorCode, "errorCode")));
    }

    /**
     * Returns a copy whose answer asks for a pause; without effect if there is no error answer.
     *
     * @param retryAfter the pause; on the wire whole seconds, rounded up
     * @return the copy
     * @throws IllegalArgumentException if {@code retryAfter} is negative, or longer than 292 years
     */
    public Fault withRetryAfter(Duration retryAfter) {
        return new Fault(plan.withRetryAfter(requireNotNegative("retryAfter", retryAfter)));
    }

    /**
     * Returns a copy that takes its time.
     *
     * @param latency how late the answer is, or the break of the connection; in transport time
     * @return the copy
     * @throws IllegalArgumentException if {@code latency} is negative, or longer than 292 years
     */
    public Fault withLatency(Duration latency) {
        return new Fault(plan.withLatency(requireNotNegative("latency", latency)));
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
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must not be longer than 292 years, but was " + duration);
        }
        return duration;
    }
}
