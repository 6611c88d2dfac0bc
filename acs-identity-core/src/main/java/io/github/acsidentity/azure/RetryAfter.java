/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads how long the service asks to be left alone, from the headers that azure-core knows and in its order. */
final class RetryAfter {

    private static final HttpHeaderName X_MS_MILLIS = HttpHeaderName.fromString("x-ms-retry-after-ms");
    private static final HttpHeaderName MILLIS = HttpHeaderName.fromString("retry-after-ms");

    private RetryAfter() {}

    /**
     * Returns the time to wait from {@code now} on, or {@code null} if no header says so; what cannot be read counts as
     * absent.
     */
    static @Nullable Duration read(HttpHeaders headers, long nowMillis) {
        Duration wait = amount(headers.getValue(X_MS_MILLIS), 1);
        if (wait == null) {
            wait = amount(headers.getValue(MILLIS), 1);
        }
        if (wait == null) {
            String value = headers.getValue(HttpHeaderName.RETRY_AFTER);
            wait = amount(value, 1000);
            if (wait == null) {
                wait = until(value, nowMillis);
            }
        }
        return wait;
    }

    private static @Nullable Duration amount(@Nullable String value, int millisPerUnit) {
        if (value == null || !value.strip().matches("[0-9]{1,9}")) {
            return null;
        }
        return Duration.ofMillis(Long.parseLong(value.strip()) * millisPerUnit);
    }

    private static @Nullable Duration until(@Nullable String date, long nowMillis) {
        if (date == null) {
            return null;
        }
        try {
            Instant then = ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(Instant.ofEpochMilli(nowMillis), then);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }
}
