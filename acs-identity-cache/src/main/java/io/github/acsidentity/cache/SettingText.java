/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the values of settings are written in properties. */
final class SettingText {

    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

    private SettingText() {}

    /** Returns the text that is read back as an equal value. */
    static String of(@Nullable Object value) {
        if (value instanceof Duration duration) {
            return of(duration);
        }
        if (value instanceof RefreshPolicy.Outage outage) {
            return of(outage);
        }
        return String.valueOf(value);
    }

    private static String of(Duration duration) {
        long millis = duration.toMillis();
        if (!duration.equals(Duration.ofMillis(millis))) {
            return duration.toString();
        }
        if (millis % 3_600_000 == 0 && millis != 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0 && millis != 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private static String of(RefreshPolicy.Outage outage) {
        return outage.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Duration duration(String key, String text) {
        Matcher matcher = SHORT_DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
        try {
            return Duration.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw unreadable(key, "a duration such as 24h, 11m, 30s, 500ms or PT24H", text);
        }
    }

    static Double number(String key, String text) {
        try {
            return Double.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw unreadable(key, "a number such as 0.2", text);
        }
    }

    static Integer count(String key, String text) {
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw unreadable(key, "a whole number such as 8", text);
        }
    }

    static RefreshPolicy.Outage outage(String key, String text) {
        return Arrays.stream(RefreshPolicy.Outage.values())
                .filter(outage -> of(outage).equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> unreadable(key, "serve-until-expiry or fail-fast", text));
    }

    private static IllegalArgumentException unreadable(String key, String expected, String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return new IllegalArgumentException(key + " must be " + expected + ", but was \"" + shown + "\"");
    }
}
