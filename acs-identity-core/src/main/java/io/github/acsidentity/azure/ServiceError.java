/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The code, target and message of an error body, {@code {"error":{"code":…,"message":…,"target":…}}}; what is missing
 * or cannot be read is {@code null}.
 *
 * <p>The body is parsed here and not by the SDK because the SDK cannot instantiate its own error types on the module
 * path.
 */
record ServiceError(
        @Nullable String code,
        @Nullable String target,
        @Nullable String message) {

    static final ServiceError NONE = new ServiceError(null, null, null);

    static ServiceError parse(String body) {
        if (body.isBlank()) {
            return NONE;
        }
        try (JsonReader reader = JsonProviders.createReader(body)) {
            ServiceError error = NONE;
            if (reader.nextToken() == JsonToken.START_OBJECT) {
                while (reader.nextToken() == JsonToken.FIELD_NAME) {
                    String field = reader.getFieldName();
                    if (reader.nextToken() == JsonToken.START_OBJECT && "error".equals(field)) {
                        error = readError(reader);
                    } else {
                        reader.skipChildren();
                    }
                }
            }
            return error;
        } catch (IOException | RuntimeException unreadable) {
            return NONE;
        }
    }

    private static ServiceError readError(JsonReader reader) throws IOException {
        String code = null;
        String target = null;
        String message = null;
        while (reader.nextToken() == JsonToken.FIELD_NAME) {
            String field = reader.getFieldName();
            if (reader.nextToken() != JsonToken.STRING) {
                reader.skipChildren();
                continue;
            }
            switch (field) {
                case "code" -> code = shortened(reader.getString());
                case "target" -> target = shortened(reader.getString());
                case "message" -> message = reader.getString();
                default -> reader.skipChildren();
            }
        }
        return new ServiceError(code, target, message);
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.isBlank() ? null : Redaction.scrub(text, 100);
    }
}
