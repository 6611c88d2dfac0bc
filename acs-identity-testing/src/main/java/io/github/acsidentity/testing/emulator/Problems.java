/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import io.github.acsidentity.testing.internal.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Everything that is wrong with an input, collected, so that it is all reported at once. */
final class Problems {

    private static final Pattern PRINTABLE = Pattern.compile("[ -~&&[^=;]]{1,80}");
    private static final Pattern LIKE_A_KEY = Pattern.compile("[A-Za-z0-9+/]{40}");
    private static final int LENGTH_OF_A_KEY = 80;

    private final List<String> all = new ArrayList<>();

    void add(String problem) {
        all.add(problem);
    }

    List<String> all() {
        return List.copyOf(all);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Returns them as the answer to an administrator. */
    BadAdminRequestException exception() {
        return new BadAdminRequestException(String.join("; ", all) + ".");
    }

    /** Returns a value as a message may show it: somebody may have given a connection string in the wrong place. */
    static String shown(String value) {
        if (value.isEmpty()) {
            return "empty";
        }
        boolean harmless =
                PRINTABLE.matcher(value).matches() && !LIKE_A_KEY.matcher(value).find();
        return harmless ? value : "something else";
    }

    /** Returns a value of JSON as a message may show it. */
    static String shown(JsonValue value) {
        if (value instanceof JsonValue.Text text) {
            return shown(text.value());
        }
        if (value instanceof JsonValue.Numeral numeral) {
            return shown(numeral.literal());
        }
        if (value instanceof JsonValue.Literal literal) {
            return literal.name().toLowerCase(Locale.ROOT);
        }
        return value instanceof JsonValue.Elements ? "an array" : "an object";
    }

    /** Returns the path of a file as it was given, unless it is no path at all, but a connection string or a key. */
    static String shownPath(String path) {
        boolean secret =
                path.contains("=") || path.contains(";") || (path.length() >= LENGTH_OF_A_KEY && !path.contains("."));
        return secret ? "a file" : path;
    }
}
