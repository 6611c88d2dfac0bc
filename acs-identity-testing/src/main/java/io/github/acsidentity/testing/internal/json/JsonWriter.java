/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.json;

import java.util.Collection;
import java.util.stream.Collectors;

/** Writes one JSON object: compact, its members in the order in which they are added, ASCII only. */
public final class JsonWriter {

    private final StringBuilder text = new StringBuilder("{");

    /** Starts an object. */
    public static JsonWriter object() {
        return new JsonWriter();
    }

    private JsonWriter() {}

    /** Adds a string. */
    public JsonWriter text(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    /** Adds a number. */
    public JsonWriter number(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    /** Adds a number that may have a fraction; it must be finite. */
    public JsonWriter decimal(String name, double value) {
        name(name);
        text.append(value);
        return this;
    }

    /** Adds {@code true} or {@code false}. */
    public JsonWriter bool(String name, boolean value) {
        name(name);
        text.append(value);
        return this;
    }

    /** Adds an array of objects. */
    public JsonWriter objects(String name, Collection<JsonWriter> values) {
        name(name);
        text.append(values.stream().map(JsonWriter::toString).collect(Collectors.joining(",", "[", "]")));
        return this;
    }

    /** Adds an array of strings. */
    public JsonWriter texts(String name, Collection<String> values) {
        name(name);
        text.append('[');
        String separator = "";
        for (String value : values) {
            text.append(separator);
            quote(value);
            separator = ",";
        }
        text.append(']');
        return this;
    }

    /** Adds an object. */
    public JsonWriter object(String name, JsonWriter value) {
        name(name);
        text.append(value);
        return this;
    }

    /** Returns the object as a text. */
    @Override
    public String toString() {
        return text + "}";
    }

    private void name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(name);
        text.append(':');
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                text.append(c);
            } else {
                text.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
            }
        }
        text.append('"');
    }
}
