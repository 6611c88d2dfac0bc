/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import io.github.acsidentity.testing.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The faults that have a name in JSON. */
enum FaultKind {
    THROTTLED,
    STATUS,
    DROP,
    LOST_ANSWER,
    HANG,
    LATENCY,
    TRUNCATED_BODY,
    MALFORMED_BODY,
    SLOW_BODY;

    private static final int LOWEST_STATUS = 300;
    private static final int HIGHEST_STATUS = 599;
    private static final int UNAVAILABLE = 503;
    private static final int LONGEST_MILLIS = 10 * 60 * 1000;
    private static final int ONE_SECOND = 1000;

    static Optional<FaultKind> of(String json) {
        return Arrays.stream(values()).filter(kind -> kind.json().equals(json)).findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(FaultKind::json).collect(Collectors.joining(", "));
    }

    /** Returns the name in JSON, such as {@code lostAnswer}. */
    String json() {
        return CamelCase.of(this);
    }

    boolean hasStatus() {
        return this == THROTTLED || this == STATUS;
    }

    /** Makes the fault out of the members that this kind has. */
    Fault make(Fields fields) {
        return switch (this) {
            case THROTTLED -> Fault.throttled();
            case STATUS -> status(fields);
            case DROP -> Fault.drop();
            case LOST_ANSWER -> Fault.lostAnswer();
            case HANG -> Fault.hang();
            case LATENCY -> Fault.latency(millis(fields));
            case TRUNCATED_BODY -> Fault.truncatedBody();
            case MALFORMED_BODY -> Fault.malformedBody();
            case SLOW_BODY -> Fault.slowBody(millis(fields));
        };
    }

    private static Fault status(Fields fields) {
        Fault fault = Fault.status(
                fields.integer("status", LOWEST_STATUS, HIGHEST_STATUS).orElse(UNAVAILABLE));
        return fields.flag("afterProcessing") ? fault.afterProcessing() : fault;
    }

    private static Duration millis(Fields fields) {
        return Duration.ofMillis(fields.integer("millis", 0, LONGEST_MILLIS).orElse(ONE_SECOND));
    }
}
