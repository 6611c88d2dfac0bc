/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When tokens are renewed, how many calls that may cost, and what happens when the service fails: a value that a team
 * can standardise.
 *
 * <p>Start from {@link #vending()} (also the {@linkplain #defaults() default}) where tokens are handed out to clients,
 * from {@link #serverSide()} where the service itself uses them, and change what differs:
 *
 * <pre>{@code
 * RefreshPolicy policy = RefreshPolicy.vending().toBuilder()
 *         .tokenLifetime(Duration.ofHours(6))
 *         .replicas(3)
 *         .build();
 * }</pre>
 *
 * <p>A policy can be written as properties, shipped as a file or a resource, and is checked as a whole: one message
 * lists every problem. The keys are the names of the methods in lower case with hyphens, such as
 * {@code token-lifetime}; the key {@code preset} ({@code vending} or {@code server-side}) chooses what the others
 * change.
 *
 * <p>Policies are immutable, and equal if all their settings are.
 */
public final class RefreshPolicy {

    /** What callers get while the service fails and a token has less than the minimum remaining. */
    public enum Outage {
        /** The token, as long as more than the outage floor is left of it; the default. */
        SERVE_UNTIL_EXPIRY,
        /** The failure. */
        FAIL_FAST
    }

    private static final String PRESET = "preset";
    private static final List<String> KEYS = Stream.concat(
                    Stream.of(PRESET), Stream.of(Setting.values()).map(Setting::key))
            .toList();
    private static final Duration LONG_LIFETIME = Duration.ofHours(2);

    private final Map<Setting, Object> values;

    private RefreshPolicy(Map<Setting, Object> values) {
        this.values = values;
    }

    /**
     * Returns the default policy, which is {@link #vending()}.
     *
     * @return the policy
     */
    public static RefreshPolicy defaults() {
        return vending();
    }

    /**
     * Returns a policy for services that hand out tokens to clients: none with less than 11 minutes left, because the
     * client SDKs come back for another one 10 minutes before a token expires.
     *
     * @return the policy
     */
    public static RefreshPolicy vending() {
        return new Builder().build();
    }

    /**
     * Returns a policy for services that use the tokens themselves: none with less than 2 minutes left.
     *
     * @return the policy
     */
    public static RefreshPolicy serverSide() {
        return new Builder().minimumRemaining(Duration.ofMinutes(2)).build();
    }

    /**
     * Returns a builder that starts from the {@linkplain #defaults() default policy}.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a policy from properties.
     *
     * @param properties values by key, such as {@code token-lifetime=6h}; what is absent keeps its default, so an empty
     *     map is the default policy. Durations are written as {@code 24h}, {@code 11m}, {@code 30s}, {@code 500ms} or
     *     in ISO-8601; the case, hyphens and underscores do not matter in the values of {@code preset} and
     *     {@code outage}
     * @return the policy
     * @throws IllegalArgumentException if there are unknown keys, {@code null} keys or values, unreadable values, or
     *     values that do not fit together; the message lists all of them
     */
    public static RefreshPolicy fromProperties(Map<String, String> properties) {
        Map<String, String> sorted = new TreeMap<>(Comparator.nullsFirst(Comparator.naturalOrder()));
        sorted.putAll(requireNonNull(properties, "properties"));
        List<String> problems = new ArrayList<>();
        Builder builder = preset(sorted.get(PRESET), problems).toBuilder();
        sorted.forEach((key, text) -> {
            try {
                builder.read(key, text);
            } catch (IllegalArgumentException e) {
                problems.add(requireNonNull(e.getMessage()));
            }
        });
        boolean allKnown = KEYS.containsAll(sorted.keySet());
        return builder.build(problems, allKnown ? "" : "; the settings are " + String.join(", ", KEYS));
    }

    /**
     * Reads a policy from a properties file in UTF-8, with or without a byte order mark.
     *
     * @param file the file; it contains one setting at least, if only {@code preset=vending} for the default policy
     * @return the policy
     * @throws IOException if the file cannot be read or is not UTF-8; the message names the file
     * @throws IllegalArgumentException if the file contains no setting, and as {@link #fromProperties(Map)}; the
     *     message names the file
     */
    public static RefreshPolicy fromFile(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(requireNonNull(file, "file"))) {
            return fromStream(stream, SettingText.printable(file.toString()));
        }
    }

    /**
     * Reads a policy from a resource, such as one that a team ships as an artifact of its own: a properties file as for
     * {@link #fromFile(Path)}. On the module path, put it into the root or into {@code META-INF} of the jar.
     *
     * @param name the absolute name of the resource without a leading slash, such as
     *     {@code META-INF/our-policy.properties}
     * @param loader where to look for it
     * @return the policy
     * @throws IOException if there is no such resource, or it cannot be read or is not UTF-8; the message names it
     * @throws IllegalArgumentException if the resource contains no setting (as a folder, for example), and as
     *     {@link #fromProperties(Map)}; the message names the resource
     */
    public static RefreshPolicy fromResource(String name, ClassLoader loader) throws IOException {
        String source = SettingText.printable(requireNonNull(name, "name"));
        try (InputStream stream = requireNonNull(loader, "loader").getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("There is no resource " + source
                        + (name.startsWith("/") ? "; names of resources have no leading slash" : ""));
            }
            return fromStream(stream, source);
        }
    }

    /**
     * Returns the policy as properties that {@link #fromProperties(Map)} reads back as an equal policy.
     *
     * @return all values by key, in the order of the documentation; {@code maximum-retry-delay} only if it was set,
     *     because its default depends on the lifetime of the token
     */
    public Map<String, String> toProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        values.forEach((setting, value) -> properties.put(setting.key(), SettingText.of(value)));
        return properties;
    }

    /**
     * Returns a builder that starts from this policy.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.values.putAll(values);
        return builder;
    }

    /**
     * Returns how long a token shall live whose request names no validity; see {@link Builder#tokenLifetime}.
     *
     * @return whole minutes from 60 minutes to 24 hours, 24 hours by default
     */
    public Duration tokenLifetime() {
        return duration(Setting.TOKEN_LIFETIME);
    }

    /**
     * Returns how long a token must still live to be handed out while the service answers; see
     * {@link Builder#minimumRemaining}.
     *
     * @return from 0 to a quarter of the token lifetime, 11 minutes by default, 2 minutes in {@link #serverSide()}
     */
    public Duration minimumRemaining() {
        return duration(Setting.MINIMUM_REMAINING);
    }

    /**
     * Returns in which last part of its lifetime a token is renewed in the background; see
     * {@link Builder#refreshWindow}.
     *
     * @return a fraction of the lifetime from 0 to 0.5, 0.2 by default
     */
    public double refreshWindow() {
        return number(Setting.REFRESH_WINDOW);
    }

    /**
     * Returns by which part of its lifetime at most a token is renewed earlier than the refresh window says; see
     * {@link Builder#jitter}.
     *
     * @return a fraction of the lifetime from 0 to 0.4, 0.1 by default
     */
    public double jitter() {
        return number(Setting.JITTER);
    }

    /**
     * Returns how many tokens all replicas together request from the service per second, in the mean over time; see
     * {@link Builder#callsPerSecond}.
     *
     * @return calls per second from 0.01 to 10,000, 25 by default
     */
    public double callsPerSecond() {
        return number(Setting.CALLS_PER_SECOND);
    }

    /**
     * Returns how many of the calls per second are background refreshes at most; see
     * {@link Builder#refreshesPerSecond}.
     *
     * @return calls per second from 0.01 to {@link #callsPerSecond()}, 16 by default
     */
    public double refreshesPerSecond() {
        return number(Setting.REFRESHES_PER_SECOND);
    }

    /**
     * Returns how many instances share the quota of the resource; see {@link Builder#replicas}.
     *
     * @return a number from 1 to 10,000, 1 by default
     */
    public int replicas() {
        return count(Setting.REPLICAS);
    }

    /**
     * Returns how many calls for tokens one instance has in flight at most; see {@link Builder#concurrentLoads}.
     *
     * @return a number from 1 to 10,000, 16 by default
     */
    public int concurrentLoads() {
        return count(Setting.CONCURRENT_LOADS);
    }

    /**
     * Returns how many of the calls in flight are made in the background at most; see
     * {@link Builder#concurrentRefreshes}.
     *
     * @return a number from 1 to {@link #concurrentLoads()}, 8 by default
     */
    public int concurrentRefreshes() {
        return count(Setting.CONCURRENT_REFRESHES);
    }

    /**
     * Returns how long a call for a token may take before it is given up, and how long a revocation keeps callers from
     * new tokens; see {@link Builder#loadTimeout}.
     *
     * @return from 1 ms to 10 minutes, 10 seconds by default
     */
    public Duration loadTimeout() {
        return duration(Setting.LOAD_TIMEOUT);
    }

    /**
     * Returns how long a caller waits for a call that somebody else began, for a running revocation, or for its turn;
     * see {@link Builder#joinTimeout}.
     *
     * @return from 1 ms to 10 minutes, 5 seconds by default
     */
    public Duration joinTimeout() {
        return duration(Setting.JOIN_TIMEOUT);
    }

    /**
     * Returns how long a background refresh that has failed once is not repeated; see {@link Builder#retryDelay}.
     *
     * @return from 1 ms to the maximum retry delay, 2 seconds by default
     */
    public Duration retryDelay() {
        return duration(Setting.RETRY_DELAY);
    }

    /**
     * Returns the longest time for which a background refresh is not repeated that fails again and again; see
     * {@link Builder#maximumRetryDelay}.
     *
     * @return from the retry delay to 1 hour, or nothing for the default: 60 seconds for tokens that live up to 2
     *     hours, else 300 seconds
     */
    public Optional<Duration> maximumRetryDelay() {
        return Optional.ofNullable((Duration) values.get(Setting.MAXIMUM_RETRY_DELAY));
    }

    /**
     * Returns how long background refreshes and prefetches pause after the service answered 429 without saying how long
     * to wait; see {@link Builder#throttlePause}.
     *
     * @return from 0 to {@link #maximumThrottlePause()}, 5 seconds by default
     */
    public Duration throttlePause() {
        return duration(Setting.THROTTLE_PAUSE);
    }

    /**
     * Returns the longest pause that the service is granted; see {@link Builder#maximumThrottlePause}.
     *
     * @return from 0 to 1 hour, 300 seconds by default
     */
    public Duration maximumThrottlePause() {
        return duration(Setting.MAXIMUM_THROTTLE_PAUSE);
    }

    /**
     * Returns how long a transient failure of a load is answered again without a call.
     *
     * @return from 0 to 10 minutes, 0.5 seconds by default
     */
    public Duration rememberTransientFailure() {
        return duration(Setting.REMEMBER_TRANSIENT_FAILURE);
    }

    /**
     * Returns how long it is remembered that a user does not exist.
     *
     * @return from 0 to 10 minutes, 30 seconds by default
     */
    public Duration rememberUnknownUser() {
        return duration(Setting.REMEMBER_UNKNOWN_USER);
    }

    /**
     * Returns how long at most it is remembered that our own credential was refused; see
     * {@link Builder#rememberAccessDenied}.
     *
     * @return from 0 to 10 minutes, 5 seconds by default
     */
    public Duration rememberAccessDenied() {
        return duration(Setting.REMEMBER_ACCESS_DENIED);
    }

    /**
     * Returns what callers get in an outage once a token has less than the minimum remaining.
     *
     * @return the behaviour, {@link Outage#SERVE_UNTIL_EXPIRY} by default
     */
    public Outage outage() {
        return (Outage) requireNonNull(values.get(Setting.OUTAGE));
    }

    /**
     * Returns how long a token must still live to be handed out in an outage; the minimum remaining counts if it is
     * shorter.
     *
     * @return from 0 to 6 hours, 60 seconds by default
     */
    public Duration outageFloor() {
        return duration(Setting.OUTAGE_FLOOR);
    }

    /**
     * Returns for how many users, each asking for one token again and again, the budget of background refreshes
     * suffices: those of all {@linkplain #replicas() replicas} together, if each user stays with one of them and comes
     * at least once while the token is due and not spent.
     *
     * @param lifetime the lifetime of their tokens, whole minutes from 60 minutes to 24 hours
     * @return the number of users: refreshes per second times the mean age at which a token is renewed
     * @throws IllegalArgumentException if {@code lifetime} is out of range
     */
    public long sustainableUsers(Duration lifetime) {
        Setting.TOKEN_LIFETIME.check(requireNonNull(lifetime, "lifetime"));
        double millis = lifetime.toMillis();
        double meanAge = millis - windowMillis(lifetime.toMillis()) - millis * jitter() / 2;
        return (long) (refreshesPerSecond() * meanAge / 1000);
    }

    /** Returns how long before its expiry a token becomes due, without jitter. */
    long windowMillis(long lifetimeMillis) {
        double window = Math.max(
                lifetimeMillis * refreshWindow(), 2.0 * minimumRemaining().toMillis());
        return (long) Math.min(window, lifetimeMillis / 2.0);
    }

    /** Returns how long a token must still live to be handed out in an outage. */
    long outageFloorMillis() {
        return Math.min(outageFloor().toMillis(), minimumRemaining().toMillis());
    }

    /** Returns the longest time for which a failed refresh of a token with this lifetime is not repeated. */
    Duration maximumRetryDelay(Duration lifetime) {
        return maximumRetryDelay().orElse(Duration.ofSeconds(lifetime.compareTo(LONG_LIFETIME) <= 0 ? 60 : 300));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof RefreshPolicy that && values.equals(that.values));
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Returns the policy as properties. */
    @Override
    public String toString() {
        return "RefreshPolicy" + toProperties();
    }

    private static RefreshPolicy preset(@Nullable String text, List<String> problems) {
        String name = text == null ? "vending" : text;
        return switch (SettingText.plain(name)) {
            case "vending" -> vending();
            case "serverside" -> serverSide();
            default -> {
                problems.add(SettingText.unreadable(PRESET, "vending or server-side", name));
                yield vending();
            }
        };
    }

    private static RefreshPolicy fromStream(InputStream stream, String source) throws IOException {
        Properties properties = new Properties();
        String text = SettingText.read(stream, source);
        try {
            properties.load(new StringReader(text));
            if (!properties.isEmpty()) {
                Map<String, String> values = new HashMap<>();
                properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
                return fromProperties(values);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(source
                + " contains no setting; expected are properties such as preset=server-side or token-lifetime=6h");
    }

    private Duration duration(Setting setting) {
        return (Duration) requireNonNull(values.get(setting));
    }

    private double number(Setting setting) {
        return (Double) requireNonNull(values.get(setting));
    }

    private int count(Setting setting) {
        return (Integer) requireNonNull(values.get(setting));
    }

    /** Builds {@link RefreshPolicy} values. A builder is not safe for use by concurrent threads. */
    public static final class Builder {

        private final Map<Setting, Object> values = new EnumMap<>(Setting.class);

        private Builder() {
            for (Setting setting : Setting.values()) {
                setting.defaultValue().ifPresent(value -> values.put(setting, value));
            }
        }

        /**
         * Sets how long a token shall live whose request names no validity. The default is 24 hours.
         *
         * @param tokenLifetime whole minutes from 60 minutes to 24 hours
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range, or not whole minutes
         */
        public Builder tokenLifetime(Duration tokenLifetime) {
            return set(Setting.TOKEN_LIFETIME, tokenLifetime);
        }

        /**
         * Sets how long a token must still live to be handed out while the service answers. The default is 11 minutes,
         * because the client SDKs ask for another token 10 minutes before the expiry. {@link #build()} checks that it
         * is at most a quarter of the token lifetime.
         *
         * @param minimumRemaining from 0 to 6 hours
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder minimumRemaining(Duration minimumRemaining) {
            return set(Setting.MINIMUM_REMAINING, minimumRemaining);
        }

        /**
         * Sets in which last part of its lifetime a token is renewed in the background; never less than twice the
         * minimum remaining, never more than half of the lifetime. The default is 0.2.
         *
         * @param refreshWindow a fraction from 0 to 0.5
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder refreshWindow(double refreshWindow) {
            return set(Setting.REFRESH_WINDOW, refreshWindow);
        }

        /**
         * Sets by which part of its lifetime at most a refresh begins earlier, drawn once per token, so that tokens
         * issued together are not renewed together. The default is 0.1. After a
         * {@linkplain CachingIdentityManager#prefetch prefetch}, which issues more per second than refreshes can renew,
         * it is twice as much, and 0.4 at most.
         *
         * @param jitter a fraction from 0 to 0.4
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder jitter(double jitter) {
            return set(Setting.JITTER, jitter);
        }

        /**
         * Sets how many tokens all replicas together request from the service per second, in the mean over time. The
         * default is 25, for the published quota of 1000 in 30 seconds. Users created together with a token do not
         * count.
         *
         * <p>After a rest, up to 8 seconds' worth of calls may go out at once, so all replicas together make at most 38
         * times as many calls as this number in any 30 seconds: for a quota of {@code q} calls in 30 seconds, choose
         * {@code q / 40}. (Each replica may make one call at once in any case; more than 8 times as many replicas as
         * this number can exceed it.)
         *
         * @param callsPerSecond from 0.01 to 10,000
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder callsPerSecond(double callsPerSecond) {
            return set(Setting.CALLS_PER_SECOND, callsPerSecond);
        }

        /**
         * Sets how many of the calls per second are background refreshes at most. The default is 16, which suffices for
         * a million users at a lifetime of 24 hours, see {@link RefreshPolicy#sustainableUsers}. Refreshes that come at
         * once wait in line, and no caller waits with them. {@link #build()} checks that it is at most the calls per
         * second.
         *
         * @param refreshesPerSecond from 0.01 to 10,000
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder refreshesPerSecond(double refreshesPerSecond) {
            return set(Setting.REFRESHES_PER_SECOND, refreshesPerSecond);
        }

        /**
         * Sets how many instances share the quota of the resource: those of all applications that use it. The two rates
         * per second are divided by it, the numbers of calls in flight are not. The default is 1.
         *
         * @param replicas from 1 to 10,000
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder replicas(int replicas) {
            return set(Setting.REPLICAS, replicas);
        }

        /**
         * Sets how many calls for tokens one instance has in flight at most. The default is 16.
         *
         * @param concurrentLoads from 1 to 10,000
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder concurrentLoads(int concurrentLoads) {
            return set(Setting.CONCURRENT_LOADS, concurrentLoads);
        }

        /**
         * Sets how many of the calls in flight are made in the background at most: refreshes, and prefetches for up to
         * half of it. The default is 8. {@link #build()} checks that it is at most the concurrent loads.
         *
         * @param concurrentRefreshes from 1 to 10,000
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder concurrentRefreshes(int concurrentRefreshes) {
            return set(Setting.CONCURRENT_REFRESHES, concurrentRefreshes);
        }

        /**
         * Sets how long a call for a token may take before it is given up, and how long a revocation keeps callers from
         * new tokens. The default is 10 seconds.
         *
         * @param loadTimeout from 1 ms to 10 minutes
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder loadTimeout(Duration loadTimeout) {
            return set(Setting.LOAD_TIMEOUT, loadTimeout);
        }

        /**
         * Sets how long a caller waits for a call that somebody else began, for a running revocation, or for its turn.
         * The default is 5 seconds.
         *
         * @param joinTimeout from 1 ms to 10 minutes
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder joinTimeout(Duration joinTimeout) {
            return set(Setting.JOIN_TIMEOUT, joinTimeout);
        }

        /**
         * Sets how long a background refresh that has failed once is not repeated; doubled with each further failure up
         * to the {@linkplain #maximumRetryDelay maximum}, half of it random, at most a quarter of the life that is
         * left. The default is 2 seconds. {@link #build()} checks that it is at most the maximum retry delay.
         *
         * @param retryDelay from 1 ms to 1 hour
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder retryDelay(Duration retryDelay) {
            return set(Setting.RETRY_DELAY, retryDelay);
        }

        /**
         * Sets the longest time for which a background refresh is not repeated that fails again and again. The default
         * is 60 seconds for tokens that live up to 2 hours, else 300 seconds. {@link #build()} checks that it is at
         * least the {@linkplain #retryDelay retry delay}.
         *
         * @param maximumRetryDelay from 1 ms to 1 hour
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder maximumRetryDelay(Duration maximumRetryDelay) {
            return set(Setting.MAXIMUM_RETRY_DELAY, maximumRetryDelay);
        }

        /**
         * Sets how long background refreshes and prefetches pause after the service answered 429 without saying how
         * long to wait; up to half of it is added at random. The default is 5 seconds. {@link #build()} checks that it
         * is at most the maximum throttle pause.
         *
         * @param throttlePause from 0 to 1 hour
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder throttlePause(Duration throttlePause) {
            return set(Setting.THROTTLE_PAUSE, throttlePause);
        }

        /**
         * Sets the longest pause that the service is granted, also if it asks for more. The default is 300 seconds.
         * {@link #build()} checks that it is at least the throttle pause.
         *
         * @param maximumThrottlePause from 0 to 1 hour
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder maximumThrottlePause(Duration maximumThrottlePause) {
            return set(Setting.MAXIMUM_THROTTLE_PAUSE, maximumThrottlePause);
        }

        /**
         * Sets how long a transient failure of a load is answered again without a call. The default is 0.5 seconds.
         *
         * @param rememberTransientFailure from 0 to 10 minutes
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder rememberTransientFailure(Duration rememberTransientFailure) {
            return set(Setting.REMEMBER_TRANSIENT_FAILURE, rememberTransientFailure);
        }

        /**
         * Sets how long it is remembered that a user does not exist. The default is 30 seconds.
         *
         * @param rememberUnknownUser from 0 to 10 minutes
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder rememberUnknownUser(Duration rememberUnknownUser) {
            return set(Setting.REMEMBER_UNKNOWN_USER, rememberUnknownUser);
        }

        /**
         * Sets how long at most it is remembered that our own credential was refused; at least a fifth of it, the rest
         * random. The default is 5 seconds.
         *
         * @param rememberAccessDenied from 0 to 10 minutes
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder rememberAccessDenied(Duration rememberAccessDenied) {
            return set(Setting.REMEMBER_ACCESS_DENIED, rememberAccessDenied);
        }

        /**
         * Sets what callers get in an outage once a token has less than the minimum remaining. The default is
         * {@link Outage#SERVE_UNTIL_EXPIRY}.
         *
         * @param outage see {@link Outage}
         * @return this builder
         */
        public Builder outage(Outage outage) {
            return set(Setting.OUTAGE, outage);
        }

        /**
         * Sets how long a token must still live to be handed out in an outage. The default is 60 seconds. The minimum
         * remaining counts if it is shorter.
         *
         * @param outageFloor from 0 to 6 hours
         * @return this builder
         * @throws IllegalArgumentException if the value is out of this range
         */
        public Builder outageFloor(Duration outageFloor) {
            return set(Setting.OUTAGE_FLOOR, outageFloor);
        }

        /**
         * Builds the policy.
         *
         * @return the policy
         * @throws IllegalArgumentException if values do not fit together; the message lists all problems
         */
        public RefreshPolicy build() {
            return build(new ArrayList<>(), "");
        }

        private RefreshPolicy build(List<String> problems, String hint) {
            RefreshPolicy policy = new RefreshPolicy(new EnumMap<>(values));
            Duration quarter = policy.tokenLifetime().dividedBy(4);
            Duration longest = policy.maximumRetryDelay(policy.tokenLifetime());
            atMost(problems, Setting.MINIMUM_REMAINING, "a quarter of ", Setting.TOKEN_LIFETIME, quarter);
            atMost(problems, Setting.REFRESHES_PER_SECOND, Setting.CALLS_PER_SECOND);
            atMost(problems, Setting.CONCURRENT_REFRESHES, Setting.CONCURRENT_LOADS);
            atMost(problems, Setting.THROTTLE_PAUSE, Setting.MAXIMUM_THROTTLE_PAUSE);
            atMost(problems, Setting.RETRY_DELAY, "", Setting.MAXIMUM_RETRY_DELAY, longest);
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(
                        "The refresh policy cannot be used: " + String.join("; ", problems) + hint);
            }
            return policy;
        }

        private void atMost(List<String> problems, Setting setting, Setting bound) {
            atMost(problems, setting, "", bound, requireNonNull(values.get(bound)));
        }

        @SuppressWarnings("unchecked")
        private <T extends Comparable<T>> void atMost(
                List<String> problems, Setting setting, String part, Setting bound, Object limit) {
            T value = (T) requireNonNull(values.get(setting));
            if (value.compareTo((T) limit) > 0) {
                problems.add(setting.key() + " must be at most " + part + bound.key() + " (" + SettingText.of(limit)
                        + (isDefault(bound) ? ", the default" : "") + "), but was " + SettingText.of(value)
                        + (isDefault(setting) ? " (the default)" : ""));
            }
        }

        private boolean isDefault(Setting setting) {
            return Optional.ofNullable(values.get(setting)).equals(setting.defaultValue());
        }

        private void read(@Nullable String key, @Nullable String text) {
            if (key == null) {
                throw new IllegalArgumentException("a key is null");
            }
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(unknown(key));
            }
            if (text == null) {
                throw new IllegalArgumentException(key + " has no value");
            }
            Setting.ofKey(key).ifPresent(setting -> set(setting, setting.parse(text)));
        }

        private static String unknown(String key) {
            String plain = SettingText.plain(key);
            return SettingText.quoted(key) + " is not a setting of a refresh policy"
                    + KEYS.stream()
                            .filter(known -> SettingText.plain(known).equals(plain))
                            .map(known -> " (did you mean " + known + "?)")
                            .collect(Collectors.joining());
        }

        private Builder set(Setting setting, Object value) {
            setting.check(requireNonNull(value, setting::parameter));
            values.put(setting, value);
            return this;
        }
    }
}
