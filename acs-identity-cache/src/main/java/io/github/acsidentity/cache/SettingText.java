/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the values of settings are written in properties. */
final class SettingText {

    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
    private static final Pattern WORDS = Pattern.compile("[a-z_-]+");
    private static final int LONGEST_VALUE = 24;
    private static final Duration LONGEST_IN_MILLIS = Duration.ofDays(1);

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
        if (!duration.equals(duration.truncatedTo(ChronoUnit.SECONDS))) {
            boolean isShort = !duration.isNegative()
                    && duration.compareTo(LONGEST_IN_MILLIS) < 0
                    && duration.equals(duration.truncatedTo(ChronoUnit.MILLIS));
            return isShort ? duration.toMillis() + "ms" : duration.toString();
        }
        long seconds = duration.toSeconds();
        if (seconds % 3600 == 0 && seconds != 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 && seconds != 0 ? seconds / 60 + "m" : seconds + "s";
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
            throw new IllegalArgumentException(
                    unreadable(key, "a duration such as 24h, 11m, 30s, 500ms or PT24H", text));
        }
    }

    static Double number(String key, String text) {
        try {
            return Double.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(unreadable(key, "a number such as 0.2", text));
        }
    }

    static Integer count(String key, String text) {
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(unreadable(key, "a whole number such as 8", text));
        }
    }

    static RefreshPolicy.Outage outage(String key, String text) {
        return Arrays.stream(RefreshPolicy.Outage.values())
                .filter(outage -> plain(of(outage)).equals(plain(text)))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(unreadable(key, "serve-until-expiry or fail-fast", text)));
    }

    static String unreadable(String key, String expected, String text) {
        return key + " must be " + expected + ", but was " + quoted(text);
    }

    /** Returns a word as it is compared: {@code serverSide} and {@code SERVER_SIDE} are {@code server-side}. */
    static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    }

    /**
     * Returns the beginning of a text in quotes, as a message can show it. What is too long for a value, and not words
     * as keys are, may be a key or a token in the wrong place: next to nothing of it is shown.
     */
    static String quoted(String text) {
        boolean mayBeSecret =
                text.length() > LONGEST_VALUE && !WORDS.matcher(text).matches();
        int shown = mayBeSecret ? 12 : 40;
        return '"' + printable(text.length() > shown ? text.substring(0, shown) + "…" : text) + '"';
    }

    /** Returns a text that stays on one line of a message. */
    static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }

    /** Reads all text of a source in UTF-8, with or without a byte order mark. */
    static String read(InputStream stream, String source) throws IOException {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(stream.readAllBytes());
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IOException(source + " is not UTF-8", e);
        } catch (IOException e) {
            throw new IOException(source + " cannot be read: " + e.getMessage(), e);
        }
    }
}
