/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import io.github.acsidentity.testing.internal.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes the members of a JSON object; what is wrong with them, and what nobody takes, becomes a problem. */
final class Fields {

    private final JsonValue.Members members;
    private final Problems problems;
    private final Set<String> taken = new LinkedHashSet<>();

    Fields(JsonValue.Members members, Problems problems) {
        this.members = members;
        this.problems = problems;
    }

    Optional<String> text(String name) {
        JsonValue value = take(name);
        if (value instanceof JsonValue.Text text) {
            return Optional.of(text.value());
        }
        return wrong(value, name + " must be a text");
    }

    Optional<Integer> integer(String name, int minimum, int maximum) {
        JsonValue value = take(name);
        if (value instanceof JsonValue.Numeral numeral && numeral.literal().matches("-?[0-9]{1,9}")) {
            int number = Integer.parseInt(numeral.literal());
            if (number >= minimum && number <= maximum) {
                return Optional.of(number);
            }
        }
        return wrong(value, name + " must be a number from " + minimum + " to " + maximum);
    }

    Optional<Long> number(String name) {
        JsonValue value = take(name);
        if (value instanceof JsonValue.Numeral numeral && numeral.literal().matches("-?[0-9]{1,18}")) {
            return Optional.of(Long.valueOf(numeral.literal()));
        }
        return wrong(value, name + " must be a whole number of at most 18 digits");
    }

    Optional<Double> share(String name) {
        JsonValue value = take(name);
        if (value instanceof JsonValue.Numeral numeral) {
            double number = Double.parseDouble(numeral.literal());
            if (number >= 0 && number <= 1) {
                return Optional.of(number);
            }
        }
        return wrong(value, name + " must be a number from 0 to 1");
    }

    boolean flag(String name) {
        JsonValue value = take(name);
        if (value instanceof JsonValue.Literal literal) {
            return literal == JsonValue.Literal.TRUE;
        }
        wrong(value, name + " must be true or false");
        return false;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        JsonValue value = take(name);
        if (value instanceof JsonValue.Elements elements
                && elements.values().stream().allMatch(JsonValue.Text.class::isInstance)) {
            elements.values().forEach(element -> texts.add(((JsonValue.Text) element).value()));
        } else {
            wrong(value, name + " must be an array of texts");
        }
        return texts;
    }

    boolean has(String name) {
        return members.get(name) != JsonValue.Literal.NULL;
    }

    /** Complains about members that nobody took. */
    void end() {
        for (String name : members.byName().keySet()) {
            if (!taken.contains(name)) {
                problems.add("there is no " + Problems.shown(name) + " here, but " + String.join(", ", taken));
            }
        }
    }

    private JsonValue take(String name) {
        taken.add(name);
        return members.get(name);
    }

    private <T> Optional<T> wrong(JsonValue value, String problem) {
        if (value != JsonValue.Literal.NULL) {
            problems.add(problem + ", but was " + Problems.shown(value));
        }
        return Optional.empty();
    }
}
