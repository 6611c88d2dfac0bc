/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.Faults;
import io.github.acsidentity.testing.internal.json.JsonValue;
import io.github.acsidentity.testing.internal.json.JsonWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fault as it is ordered in JSON, by an administrator or in the configuration.
 *
 * @param operations the operations; none means all
 * @param times how many calls, unless {@code always} or a rate says otherwise
 * @param rate the share of the calls, if it is a matter of chance
 * @param seed where chance starts
 */
record FaultOrder(
        FaultKind kind,
        Fault fault,
        Set<IdentityOperation> operations,
        int times,
        boolean always,
        @Nullable Double rate,
        long seed) {

    private static final int MOST_CALLS = 1_000_000;
    private static final int LONGEST_SECONDS = 24 * 60 * 60;

    /** Reads an order; what is wrong with it becomes problems. */
    static Optional<FaultOrder> parse(JsonValue json, Problems problems) {
        if (!(json instanceof JsonValue.Members members)) {
            problems.add("a fault must be a JSON object");
            return Optional.empty();
        }
        Fields fields = new Fields(members, problems);
        FaultKind kind = kind(fields, problems);
        Fault fault = fault(kind, fields);
        Set<IdentityOperation> operations = operations(fields, problems);
        Optional<Integer> times = fields.integer("times", 1, MOST_CALLS);
        boolean always = fields.flag("always");
        Optional<Double> rate = fields.share("rate");
        Optional<Long> seed = fields.number("seed");
        fields.end();
        if ((times.isPresent() ? 1 : 0) + (always ? 1 : 0) + (rate.isPresent() ? 1 : 0) > 1) {
            problems.add("only one of times, always and rate can be given");
        }
        if (seed.isPresent() && !fields.has("rate")) {
            problems.add("seed goes with rate only");
        }
        return problems.isEmpty()
                ? Optional.of(new FaultOrder(
                        kind, fault, operations, times.orElse(1), always, rate.orElse(null), seed.orElse(0L)))
                : Optional.empty();
    }

    /** Lets it go wrong from now on. */
    Faults.Rule apply(FakeIdentityService service) {
        Faults.Calls calls = service.faults().on(operations.toArray(IdentityOperation[]::new));
        if (rate != null) {
            return calls.atRandom(rate, seed, fault);
        }
        return always ? calls.always(fault) : calls.times(times, fault);
    }

    /** Writes what was ordered. */
    JsonWriter json(long id) {
        JsonWriter json = JsonWriter.object()
                .number("id", id)
                .text("kind", kind.json())
                .texts(
                        "operations",
                        operations.stream().map(IdentityOperation::name).toList());
        if (rate != null) {
            return json.decimal("rate", rate).number("seed", seed);
        }
        return always ? json.bool("always", true) : json.number("times", times);
    }

    private static FaultKind kind(Fields fields, Problems problems) {
        Optional<String> name = fields.text("kind");
        Optional<FaultKind> kind = name.flatMap(FaultKind::of);
        if (kind.isEmpty()) {
            problems.add("kind must be one of " + FaultKind.all()
                    + name.map(given -> ", but was " + Problems.shown(given)).orElse(""));
        }
        return kind.orElse(FaultKind.STATUS);
    }

    private static Fault fault(FaultKind kind, Fields fields) {
        Fault fault = kind.make(fields);
        Optional<String> code = kind.hasStatus() ? fields.text("errorCode") : Optional.empty();
        if (code.isPresent()) {
            fault = fault.withErrorCode(code.get());
        }
        Optional<Integer> pause =
                kind.hasStatus() ? fields.integer("retryAfterSeconds", 0, LONGEST_SECONDS) : Optional.empty();
        if (pause.isPresent()) {
            fault = fault.withRetryAfter(Duration.ofSeconds(pause.get()));
        }
        return fault;
    }

    private static Set<IdentityOperation> operations(Fields fields, Problems problems) {
        Set<IdentityOperation> operations = EnumSet.noneOf(IdentityOperation.class);
        for (String name : fields.texts("operations")) {
            operation(name)
                    .ifPresentOrElse(
                            operations::add,
                            () -> problems.add("operations must be of " + Arrays.toString(IdentityOperation.values())
                                    + ", but one was " + Problems.shown(name)));
        }
        return operations;
    }

    static Optional<IdentityOperation> operation(String name) {
        return Arrays.stream(IdentityOperation.values())
                .filter(operation -> operation.name().equals(name))
                .findFirst();
    }
}
