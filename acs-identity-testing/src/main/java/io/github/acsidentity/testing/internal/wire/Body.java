/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import io.github.acsidentity.testing.internal.json.JsonException;
import io.github.acsidentity.testing.internal.json.JsonReader;
import io.github.acsidentity.testing.internal.json.JsonValue;
import io.github.acsidentity.testing.internal.model.Refusal;
import io.github.acsidentity.testing.internal.model.Reply;
import io.github.acsidentity.testing.internal.model.ServiceModel;
import io.github.acsidentity.testing.internal.model.UnprovenCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The body of a request: an object of optional fields, where an absent one and {@code null} are the same.
 *
 * <p>A value of the wrong type is refused as the framework of the service does it: the target is the name of the field
 * with a capital letter.
 */
final class Body {

    private final JsonValue.Members fields;

    private Body(JsonValue.Members fields) {
        this.fields = fields;
    }

    /** Reads a body; an empty one has no fields, and {@code null} neither. */
    static Body read(byte[] bytes, ServiceModel model) {
        if (bytes.length == 0) {
            return new Body(new JsonValue.Members(Map.of()));
        }
        try {
            JsonValue value = JsonReader.read(bytes);
            if (value instanceof JsonValue.Members fields) {
                return new Body(fields);
            }
            if (value == JsonValue.Literal.NULL) {
                return new Body(new JsonValue.Members(Map.of()));
            }
            throw malformed(model, "It must be an object.");
        } catch (JsonException e) {
            throw malformed(model, e.getMessage() + ".");
        }
    }

    private static RuntimeException malformed(ServiceModel model, String problem) {
        int status = model.reply(UnprovenCase.MALFORMED_JSON) == Reply.UNPROCESSABLE ? 422 : 400;
        return Refusal.of(status, Refusal.VALIDATION_ERROR, "The body of the request is not valid JSON. " + problem)
                .byFramework()
                .exception();
    }

    /** Refuses fields other than the given ones, if the model is told to. */
    void requireOnly(Set<String> known, ServiceModel model) {
        if (model.reply(UnprovenCase.UNKNOWN_FIELD) == Reply.INVALID
                && !known.containsAll(fields.byName().keySet())) {
            throw Refusal.of(400, Refusal.VALIDATION_ERROR, "The body has a field that the operation does not have.")
                    .byFramework()
                    .exception();
        }
    }

    boolean has(String name) {
        return fields.get(name) != JsonValue.Literal.NULL;
    }

    Optional<String> text(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (fields.get(name) instanceof JsonValue.Text text) {
            return Optional.of(text.value());
        }
        throw wrongType(name, "a string");
    }

    Optional<List<String>> texts(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        if (!(fields.get(name) instanceof JsonValue.Elements elements)) {
            throw wrongType(name, "an array of strings");
        }
        for (JsonValue element : elements.values()) {
            if (!(element instanceof JsonValue.Text text)) {
                throw wrongType(name, "an array of strings");
            }
            texts.add(text.value());
        }
        return Optional.of(texts);
    }

    Optional<Integer> integer(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        try {
            if (fields.get(name) instanceof JsonValue.Numeral number) {
                return Optional.of(Integer.parseInt(number.literal()));
            }
        } catch (NumberFormatException e) {
            throw wrongType(name, "a whole number of 32 bits");
        }
        throw wrongType(name, "a whole number of 32 bits");
    }

    private static RuntimeException wrongType(String name, String expected) {
        String target = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return Refusal.invalid(target, target + ": The field " + name + " must be " + expected + ".")
                .byFramework()
                .exception();
    }
}
