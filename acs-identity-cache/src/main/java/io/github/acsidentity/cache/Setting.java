/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link RefreshPolicy}: key, default and range of each, in the order in which they are documented.
 */
enum Setting {
    TOKEN_LIFETIME("token-lifetime", Kind.DURATION, "24h", "1h", "24h"),
    MINIMUM_REMAINING("minimum-remaining", Kind.DURATION, "11m", "0s", "6h"),
    REFRESH_WINDOW("refresh-window", Kind.NUMBER, "0.2", "0", "0.5"),
    JITTER("jitter", Kind.NUMBER, "0.1", "0", "0.4"),
    CALLS_PER_SECOND("calls-per-second", Kind.NUMBER, "25", "0.01", "10000"),
    REFRESHES_PER_SECOND("refreshes-per-second", Kind.NUMBER, "16", "0.01", "10000"),
    REPLICAS("replicas", Kind.COUNT, "1", "1", "10000"),
    CONCURRENT_LOADS("concurrent-loads", Kind.COUNT, "16", "1", "10000"),
    CONCURRENT_REFRESHES("concurrent-refreshes", Kind.COUNT, "8", "1", "10000"),
    LOAD_TIMEOUT("load-timeout", Kind.DURATION, "10s", "1ms", "10m"),
    JOIN_TIMEOUT("join-timeout", Kind.DURATION, "5s", "1ms", "10m"),
    RETRY_DELAY("retry-delay", Kind.DURATION, "2s", "1ms", "1h"),
    MAXIMUM_RETRY_DELAY("maximum-retry-delay", Kind.DURATION, null, "1ms", "1h"),
    THROTTLE_PAUSE("throttle-pause", Kind.DURATION, "5s", "0s", "1h"),
    MAXIMUM_THROTTLE_PAUSE("maximum-throttle-pause", Kind.DURATION, "5m", "0s", "1h"),
    REMEMBER_TRANSIENT_FAILURE("remember-transient-failure", Kind.DURATION, "500ms", "0s", "10m"),
    REMEMBER_UNKNOWN_USER("remember-unknown-user", Kind.DURATION, "30s", "0s", "10m"),
    REMEMBER_ACCESS_DENIED("remember-access-denied", Kind.DURATION, "5s", "0s", "10m"),
    OUTAGE("outage", Kind.OUTAGE, "serve-until-expiry", null, null),
    OUTAGE_FLOOR("outage-floor", Kind.DURATION, "60s", "0s", "6h");

    private enum Kind {
        DURATION,
        NUMBER,
        COUNT,
        OUTAGE
    }

    private static final Pattern HYPHEN = Pattern.compile("-(.)");

    private final String key;
    private final Kind kind;
    private final @Nullable String defaultText;
    private final @Nullable String minimum;
    private final @Nullable String maximum;

    Setting(String key, Kind kind, @Nullable String defaultText, @Nullable String minimum, @Nullable String maximum) {
        this.key = key;
        this.kind = kind;
        this.defaultText = defaultText;
        this.minimum = minimum;
        this.maximum = maximum;
    }

    static Optional<Setting> ofKey(String key) {
        return Stream.of(values()).filter(setting -> setting.key.equals(key)).findFirst();
    }

    String key() {
        return key;
    }

    /** Returns the name of the builder's parameter. */
    String parameter() {
        return HYPHEN.matcher(key).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    Optional<Object> defaultValue() {
        return Optional.ofNullable(defaultText).map(this::parse);
    }

    /** Reads a value from its text; the exception's message says what is wrong. */
    Object parse(String text) {
        return switch (kind) {
            case DURATION -> SettingText.duration(key, text);
            case NUMBER -> SettingText.number(key, text);
            case COUNT -> SettingText.count(key, text);
            case OUTAGE -> SettingText.outage(key, text);
        };
    }

    /** Checks a value of this setting's kind; the exception's message says what is wrong. */
    void check(Object value) {
        boolean wrong = switch (kind) {
            case DURATION -> isOutside((Duration) value) || lacksWholeMinutes((Duration) value);
            case NUMBER -> isOutside((Double) value);
            case COUNT -> isOutside((Integer) value);
            case OUTAGE -> false;
        };
        if (wrong) {
            throw new IllegalArgumentException(key + " must be " + (this == TOKEN_LIFETIME ? "whole minutes " : "")
                    + "from " + minimum + " to " + maximum + ", but was " + SettingText.of(value));
        }
    }

    /** Returns the range as the documentation gives it, or nothing for a closed choice. */
    Optional<String> range() {
        return minimum == null || maximum == null ? Optional.empty() : Optional.of(minimum + " to " + maximum);
    }

    private boolean lacksWholeMinutes(Duration duration) {
        return this == TOKEN_LIFETIME && !duration.equals(Duration.ofMinutes(duration.toMinutes()));
    }

    @SuppressWarnings("unchecked")
    private <T extends Comparable<T>> boolean isOutside(T value) {
        return minimum != null
                && maximum != null
                && (value.compareTo((T) parse(minimum)) < 0 || value.compareTo((T) parse(maximum)) > 0);
    }
}
