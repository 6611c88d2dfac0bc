/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value. */
public sealed interface JsonValue {

    /** An object, its members in their order. */
    record Members(Map<String, JsonValue> byName) implements JsonValue {

        /** Copies the members. */
        public Members {
            byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
        }

        /** Returns a member; an absent one is {@code null} to JSON, too. */
        public JsonValue get(String name) {
            return byName.getOrDefault(name, Literal.NULL);
        }
    }

    /** An array. */
    record Elements(List<JsonValue> values) implements JsonValue {

        /** Copies the elements. */
        public Elements {
            values = List.copyOf(values);
        }
    }

    /** A string. */
    record Text(String value) implements JsonValue {}

    /** A number as it was written. */
    record Numeral(String literal) implements JsonValue {}

    /** The values that are words. */
    enum Literal implements JsonValue {
        TRUE,
        FALSE,
        NULL
    }
}
