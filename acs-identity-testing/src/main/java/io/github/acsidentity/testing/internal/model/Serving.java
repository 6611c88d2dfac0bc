/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TimeSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes each call through its fault and its work into the log. Safe for use by concurrent threads. */
final class Serving {

    private static final int NO_CONTENT = 204;

    private final TimeSource clock;
    private final FaultRules faults;
    private final CallLog log;

    Serving(TimeSource clock, FaultRules faults, CallLog log) {
        this.clock = clock;
        this.faults = faults;
        this.log = log;
    }

    <C, T> Served<T> serve(Call call, Supplier<C> credential, Function<C, T> work, Function<T, Integer> statusOf) {
        IdentityOperation operation = call.operation();
        log.begin(operation);
        Consumer<Delivery> end = endOf(call);
        // an outcome without an answer has no status in the log: nothing was processed, or the work broke off
        Served.Outcome<T> logged = new Served.Dropped<>();
        boolean answered = false;
        boolean served = false;
        try {
            Served.Outcome<C> admission = process(credential);
            boolean admitted = admission instanceof Served.Done;
            FaultRules.Strike strike = faults.take(operation, plan -> admitted || plan.breaksTheConnectionFirst());
            FaultPlan fault = strike.plan();
            if (!fault.preempts()) {
                logged = admission instanceof Served.Done<C> done
                        ? process(() -> work.apply(done.value()))
                        : new Served.Refused<>(((Served.Refused<C>) admission).refusal());
            }
            Served.Outcome<T> outcome = switch (fault.action()) {
                case ANSWER -> new Served.Refused<>(fault.refusal());
                case DROP -> new Served.Dropped<>();
                case HANG -> new Served.Hung<>(strike.release());
                default -> logged;
            };
            Served.Body body = hasBody(outcome, statusOf) ? bodyOf(fault) : new Served.Whole();
            if (outcome instanceof Served.Done || outcome instanceof Served.Refused) {
                answered = body instanceof Served.Whole || body instanceof Served.Slow;
                logged = outcome;
            }
            served = true;
            return new Served<>(outcome, fault.latency(), body, delivery -> {
                end.accept(delivery);
                strike.release().complete(null);
            });
        } finally {
            if (!answered || !(logged instanceof Served.Done)) {
                call.loseAnswer();
            }
            log(call, logged, answered, statusOf);
            if (!served) {
                end.accept(Delivery.GIVEN_UP);
            }
        }
    }

    private static <T> boolean hasBody(Served.Outcome<T> outcome, Function<T, Integer> statusOf) {
        if (outcome instanceof Served.Done<T> done) {
            return statusOf.apply(done.value()) != NO_CONTENT;
        }
        return outcome instanceof Served.Refused<T> refused && refused.refusal().code() != null;
    }

    private static Served.Body bodyOf(FaultPlan fault) {
        return switch (fault.action()) {
            case TRUNCATED_BODY -> new Served.Truncated();
            case MALFORMED_BODY -> new Served.Malformed();
            case SLOW_BODY -> new Served.Slow(fault.bodyTime());
            default -> new Served.Whole();
        };
    }

    private Consumer<Delivery> endOf(Call call) {
        AtomicBoolean ended = new AtomicBoolean();
        return delivery -> {
            if (!ended.getAndSet(true)) {
                if (delivery == Delivery.GIVEN_UP) {
                    call.loseAnswer();
                }
                log.end(call.operation());
            }
        };
    }

    private static <T> Served.Outcome<T> process(Supplier<T> work) {
        try {
            return new Served.Done<>(work.get());
        } catch (RefusedException e) {
            return new Served.Refused<>(e.refusal());
        }
    }

    private <T> void log(Call call, Served.Outcome<T> outcome, boolean answered, Function<T, Integer> statusOf) {
        int status = 0;
        String code = null;
        if (outcome instanceof Served.Done<T> done) {
            status = statusOf.apply(done.value());
        } else if (outcome instanceof Served.Refused<T> refused) {
            status = refused.refusal().status();
            code = refused.refusal().code();
        }
        log.add(call.record(clock.millis(), status, code, answered));
    }
}
