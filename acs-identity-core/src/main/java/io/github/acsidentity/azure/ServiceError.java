/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import java.io.IOException;
import java.util.List;
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

    private static final int MAXIMUM_NAME = 100;
    private static final int MAXIMUM_MESSAGE = 300;

    static final ServiceError NONE = new ServiceError(null, null, null);

    static ServiceError parse(String body, List<String> secrets) {
        if (body.isBlank()) {
            return NONE;
        }
        try (JsonReader reader = JsonProviders.createReader(body)) {
            ServiceError error = NONE;
            if (reader.nextToken() == JsonToken.START_OBJECT) {
                while (reader.nextToken() == JsonToken.FIELD_NAME) {
                    String field = reader.getFieldName();
                    if (reader.nextToken() == JsonToken.START_OBJECT && "error".equals(field)) {
                        error = readError(reader, secrets);
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

    private static ServiceError readError(JsonReader reader, List<String> secrets) throws IOException {
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
                case "code" -> code = scrubbed(reader.getString(), MAXIMUM_NAME, secrets);
                case "target" -> target = scrubbed(reader.getString(), MAXIMUM_NAME, secrets);
                case "message" -> message = scrubbed(reader.getString(), MAXIMUM_MESSAGE, secrets);
                default -> reader.skipChildren();
            }
        }
        return new ServiceError(code, target, message);
    }

    private static @Nullable String scrubbed(@Nullable String text, int maximumLength, List<String> secrets) {
        return text == null || text.isBlank() ? null : Redaction.scrub(text, maximumLength, secrets);
    }
}
