/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.internal.json.JsonWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The clock of the service, moved over HTTP. */
final class AdminClock {

    static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    static final Instant LATEST = Instant.parse("2199-12-31T23:59:59Z");

    private final MutableClock clock;

    AdminClock(MutableClock clock) {
        this.clock = clock;
    }

    JsonWriter json() {
        return JsonWriter.object().text("now", clock.instant().toString());
    }

    /** Makes the one move that is asked for. */
    synchronized void move(Fields fields, Problems problems) {
        Optional<Duration> advance = parsed(fields, "advance", Duration::parse, "a duration such as PT1H", problems);
        Optional<Duration> step =
                parsed(fields, "stepWallClock", Duration::parse, "a duration such as -PT5M", problems);
        Optional<Instant> set =
                parsed(fields, "set", Instant::parse, "an instant such as 2026-01-31T09:00:00Z", problems);
        fields.end();
        advance.filter(Duration::isNegative)
                .ifPresent(back -> problems.add(
                        "advance must not be negative, but was " + back + "; set or stepWallClock moves back"));
        if (problems.isEmpty()
                && (advance.isPresent() ? 1 : 0) + (step.isPresent() ? 1 : 0) + (set.isPresent() ? 1 : 0) != 1) {
            problems.add("give one of advance, set and stepWallClock");
        }
        if (!problems.isEmpty()) {
            throw problems.exception();
        }
        Instant now = clock.instant();
        Duration way = set.map(target -> Duration.between(now, target))
                .or(() -> step)
                .or(() -> advance)
                .orElseThrow();
        requireInRange(now, way);
        try {
            if (step.isPresent() || way.isNegative()) {
                clock.stepWallClock(way);
            } else {
                clock.advance(way);
            }
        } catch (ArithmeticException e) {
            throw new BadAdminRequestException("The clock has been moved forward as far as it goes, in all.");
        }
    }

    private static void requireInRange(Instant now, Duration way) {
        Duration farthest = Duration.between(EARLIEST, LATEST);
        boolean tooFar = way.compareTo(farthest) > 0 || way.compareTo(farthest.negated()) < 0;
        if (tooFar || now.plus(way).isBefore(EARLIEST) || now.plus(way).isAfter(LATEST)) {
            throw new BadAdminRequestException("The clock goes from " + EARLIEST + " to " + LATEST + ".");
        }
    }

    private static <T> Optional<T> parsed(
            Fields fields, String name, Function<String, T> parser, String what, Problems problems) {
        return fields.text(name).flatMap(text -> {
            try {
                return Optional.of(parser.apply(text));
            } catch (DateTimeException notParsed) {
                problems.add(name + " must be " + what + ", but was " + Problems.shown(text));
                return Optional.empty();
            }
        });
    }
}
