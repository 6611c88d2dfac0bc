/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link RefreshPolicy}: key, default and range of each, in the order in which they are documented.
 */
enum Setting {
    TOKEN_LIFETIME("token-lifetime", Duration.ofHours(24), Duration.ofHours(1), Duration.ofHours(24)),
    MINIMUM_REMAINING("minimum-remaining", Duration.ofMinutes(11), Duration.ZERO, Duration.ofHours(12)),
    REFRESH_WINDOW("refresh-window", 0.2, 0.0, 0.5),
    JITTER("jitter", 0.1, 0.0, 0.4),
    CALLS_PER_SECOND("calls-per-second", 25.0, 0.01, 10_000.0),
    REFRESHES_PER_SECOND("refreshes-per-second", 16.0, 0.01, 10_000.0),
    REPLICAS("replicas", 1, 1, 10_000),
    CONCURRENT_LOADS("concurrent-loads", 16, 1, 10_000),
    CONCURRENT_REFRESHES("concurrent-refreshes", 8, 1, 10_000),
    LOAD_TIMEOUT("load-timeout", Duration.ofSeconds(10), Duration.ofMillis(1), Duration.ofMinutes(10)),
    JOIN_TIMEOUT("join-timeout", Duration.ofSeconds(5), Duration.ofMillis(1), Duration.ofMinutes(10)),
    RETRY_DELAY("retry-delay", Duration.ofSeconds(2), Duration.ofMillis(1), Duration.ofHours(1)),
    MAXIMUM_RETRY_DELAY("maximum-retry-delay", null, Duration.ofMillis(1), Duration.ofHours(1)),
    THROTTLE_PAUSE("throttle-pause", Duration.ofSeconds(5), Duration.ZERO, Duration.ofHours(1)),
    MAXIMUM_THROTTLE_PAUSE("maximum-throttle-pause", Duration.ofSeconds(300), Duration.ZERO, Duration.ofHours(1)),
    REMEMBER_TRANSIENT_FAILURE(
            "remember-transient-failure", Duration.ofMillis(500), Duration.ZERO, Duration.ofMinutes(10)),
    REMEMBER_UNKNOWN_USER("remember-unknown-user", Duration.ofSeconds(30), Duration.ZERO, Duration.ofMinutes(10)),
    REMEMBER_ACCESS_DENIED("remember-access-denied", Duration.ofSeconds(5), Duration.ZERO, Duration.ofMinutes(10)),
    OUTAGE("outage", RefreshPolicy.Outage.SERVE_UNTIL_EXPIRY, null, null),
    OUTAGE_FLOOR("outage-floor", Duration.ofSeconds(60), Duration.ZERO, Duration.ofHours(12));

    private final String key;
    private final @Nullable Object defaultValue;
    private final @Nullable Object minimum;
    private final @Nullable Object maximum;

    Setting(String key, @Nullable Object defaultValue, @Nullable Object minimum, @Nullable Object maximum) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.minimum = minimum;
        this.maximum = maximum;
    }

    static Optional<Setting> ofKey(String key) {
        return Stream.of(values()).filter(setting -> setting.key.equals(key)).findFirst();
    }

    String key() {
        return key;
    }

    @Nullable
    Object defaultValue() {
        return defaultValue;
    }

    /** Returns what is wrong with a value of this setting's type, or nothing. */
    Optional<String> problemWith(Object value) {
        if (value instanceof Duration duration && (isOutside(duration) || lacksWholeMinutes(duration))) {
            return Optional.of(range(SettingText.of(duration)));
        }
        if (value instanceof Double number && (number.isNaN() || isOutside(number))) {
            return Optional.of(range(number.toString()));
        }
        if (value instanceof Integer number && isOutside(number)) {
            return Optional.of(range(number.toString()));
        }
        return Optional.empty();
    }

    /** Reads a value from its text; the exception's message says what is wrong. */
    Object parse(String text) {
        Object example = defaultValue == null ? minimum : defaultValue;
        if (example instanceof Duration) {
            return SettingText.duration(key, text);
        }
        if (example instanceof Double) {
            return SettingText.number(key, text);
        }
        if (example instanceof Integer) {
            return SettingText.count(key, text);
        }
        return SettingText.outage(key, text);
    }

    private boolean lacksWholeMinutes(Duration duration) {
        return this == TOKEN_LIFETIME && !duration.equals(Duration.ofMinutes(duration.toMinutes()));
    }

    @SuppressWarnings("unchecked")
    private <T extends Comparable<T>> boolean isOutside(T value) {
        return minimum != null
                && maximum != null
                && (value.compareTo((T) minimum) < 0 || value.compareTo((T) maximum) > 0);
    }

    private String range(String value) {
        return key + " must be " + (this == TOKEN_LIFETIME ? "whole minutes " : "") + "from " + SettingText.of(minimum)
                + " to " + SettingText.of(maximum) + ", but was " + value;
    }
}
