/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.acsidentity.testing.emulator.GivenSettings.Given;
import io.github.acsidentity.testing.internal.json.JsonException;
import io.github.acsidentity.testing.internal.json.JsonReader;
import io.github.acsidentity.testing.internal.json.JsonValue;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Makes values of what was given; what is none becomes a problem, and absent. */
final class SettingValues {

    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern HOST_NAME = Pattern.compile("(?=.{1,253}$)" + LABEL + "([.]" + LABEL + ")*");

    private final GivenSettings settings;
    private final Problems problems;

    SettingValues(GivenSettings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    Optional<Integer> integer(Setting setting, int minimum, int maximum) {
        return literal(setting).flatMap(literal -> {
            if (literal.matches("[0-9]{1,9}")) {
                int number = Integer.parseInt(literal);
                if (number >= minimum && number <= maximum) {
                    return Optional.of(number);
                }
            }
            return wrong(setting, "must be a number from " + minimum + " to " + maximum, literal);
        });
    }

    Optional<Long> number(Setting setting) {
        return literal(setting)
                .flatMap(literal -> literal.matches("-?[0-9]{1,18}")
                        ? Optional.of(Long.valueOf(literal))
                        : wrong(setting, "must be a whole number of at most 18 digits", literal));
    }

    Optional<InetAddress> address(Setting setting) {
        return literal(setting).flatMap(literal -> {
            Optional<InetAddress> address =
                    literal.equals("localhost") ? Optional.of(Addresses.LOOPBACK) : Addresses.literal(literal);
            return address.isPresent() ? address : wrong(setting, "must be an IP address", literal);
        });
    }

    Optional<Path> path(Setting setting) {
        return literal(setting).flatMap(literal -> {
            try {
                return Optional.of(Path.of(literal));
            } catch (InvalidPathException e) {
                problems.add(source(setting) + " is not a path: " + e.getReason());
                return Optional.empty();
            }
        });
    }

    Optional<Instant> instant(Setting setting) {
        String rule = "must be an instant from 1970 to 2199 such as 2026-01-31T09:00:00Z";
        return literal(setting).flatMap(literal -> {
            try {
                Instant instant = Instant.parse(literal);
                return instant.isBefore(AdminClock.EARLIEST) || instant.isAfter(AdminClock.LATEST)
                        ? wrong(setting, rule, literal)
                        : Optional.of(instant);
            } catch (DateTimeException notAnInstant) {
                return wrong(setting, rule, literal);
            }
        });
    }

    /** Returns what goes by the given name. */
    <T> Optional<T> choice(Setting setting, Map<String, T> byName) {
        return literal(setting).flatMap(literal -> {
            Optional<T> chosen = Optional.ofNullable(byName.get(literal));
            String names = String.join(" or ", new TreeSet<>(byName.keySet()));
            return chosen.isPresent() ? chosen : wrong(setting, "must be " + names, literal);
        });
    }

    Optional<Duration> duration(Setting setting, Duration longest) {
        String rule = "must be a duration from PT0S to " + longest + " such as PT15M";
        return literal(setting).flatMap(literal -> {
            try {
                Duration duration = Duration.parse(literal);
                return duration.isNegative() || duration.compareTo(longest) > 0
                        ? wrong(setting, rule, literal)
                        : Optional.of(duration);
            } catch (DateTimeException notADuration) {
                return wrong(setting, rule, literal);
            }
        });
    }

    Set<String> names(Setting setting) {
        Set<String> names = new LinkedHashSet<>();
        for (String text : literal(setting).orElse("").split(",", -1)) {
            String name = text.strip().toLowerCase(Locale.ROOT);
            if (HOST_NAME.matcher(name).matches() || Addresses.literal(name).isPresent()) {
                names.add(name);
            } else if (!name.isEmpty()) {
                problems.add(
                        source(setting) + " must be host names (letters, digits, dots, hyphens) and IP addresses, with"
                                + " commas between them, but one was " + Problems.shown(name));
            }
        }
        return names;
    }

    List<FaultOrder> faults(Setting setting) {
        Given given = settings.get(setting);
        if (given == null) {
            return List.of();
        }
        JsonValue value = given.value();
        try {
            if (value instanceof JsonValue.Text text) {
                value = JsonReader.read(text.value().getBytes(UTF_8));
            }
        } catch (JsonException e) {
            problems.add(given.source() + " is not JSON: " + e.getMessage());
            return List.of();
        }
        if (!(value instanceof JsonValue.Elements elements)) {
            problems.add(given.source() + " must be an array of faults");
            return List.of();
        }
        List<FaultOrder> orders = new ArrayList<>();
        for (int i = 0; i < elements.values().size(); i++) {
            Problems here = new Problems();
            FaultOrder.parse(elements.values().get(i), here).ifPresent(orders::add);
            String where = "fault " + (i + 1) + " of " + given.source() + ": ";
            here.all().forEach(problem -> problems.add(where + problem));
        }
        return orders;
    }

    /** Returns a text, or a number as it was written. */
    private Optional<String> literal(Setting setting) {
        Given given = settings.get(setting);
        if (given == null) {
            return Optional.empty();
        }
        if (given.value() instanceof JsonValue.Text text) {
            return Optional.of(text.value());
        }
        if (given.value() instanceof JsonValue.Numeral numeral) {
            return Optional.of(numeral.literal());
        }
        problems.add(given.source() + " must be a text or a number");
        return Optional.empty();
    }

    private <T> Optional<T> wrong(Setting setting, String rule, String literal) {
        problems.add(source(setting) + " " + rule + ", but was " + Problems.shown(literal));
        return Optional.empty();
    }

    private String source(Setting setting) {
        Given given = settings.get(setting);
        return given == null ? setting.option() : given.source();
    }
}
