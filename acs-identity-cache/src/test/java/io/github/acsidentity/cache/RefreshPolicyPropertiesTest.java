/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static io.github.acsidentity.cache.RefreshPolicyTest.nothing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshPolicyPropertiesTest {

    /** A value for each setting that is not its default. */
    static final String[] CHANGED = {
        "token-lifetime=6h",
        "minimum-remaining=5m",
        "refresh-window=0.3",
        "jitter=0.05",
        "calls-per-second=30",
        "refreshes-per-second=10",
        "replicas=3",
        "concurrent-loads=20",
        "concurrent-refreshes=4",
        "load-timeout=20s",
        "join-timeout=4s",
        "retry-delay=1s",
        "maximum-retry-delay=2m",
        "throttle-pause=10s",
        "maximum-throttle-pause=1m",
        "remember-transient-failure=1s",
        "remember-unknown-user=1m",
        "remember-access-denied=3s",
        "outage=fail-fast",
        "outage-floor=30s"
    };

    private static final String SETTINGS =
            "; the settings are preset, token-lifetime, minimum-remaining, refresh-window, "
                    + "jitter, calls-per-second, refreshes-per-second, replicas, concurrent-loads, concurrent-refreshes, "
                    + "load-timeout, join-timeout, retry-delay, maximum-retry-delay, throttle-pause, maximum-throttle-pause, "
                    + "remember-transient-failure, remember-unknown-user, remember-access-denied, outage, outage-floor";

    static Map<String, String> properties(String... lines) {
        Map<String, String> properties = new HashMap<>();
        for (String line : lines) {
            String[] sides = line.split("=", 2);
            properties.put(sides[0], sides[1]);
        }
        return properties;
    }

    static Stream<String> changed() {
        return Arrays.stream(CHANGED);
    }

    @ParameterizedTest
    @MethodSource("changed")
    void fromProperties_changesTheSettingThatIsNamed(String line) {
        RefreshPolicy policy = RefreshPolicy.fromProperties(properties(line));

        Map<String, String> expected = RefreshPolicy.defaults().toProperties();
        Map<String, String> actual = policy.toProperties();
        assertThat(actual).isNotEqualTo(expected);
        expected.keySet().removeAll(properties(line).keySet());
        actual.keySet().removeAll(properties(line).keySet());
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void fromProperties_ofNothing_isTheDefault() {
        assertThat(RefreshPolicy.fromProperties(Map.of())).isEqualTo(RefreshPolicy.defaults());
    }

    @ParameterizedTest
    @CsvSource({"vending, 11", "server-side, 2", "' Server-Side ', 2", "serverSide, 2", "SERVER_SIDE, 2", "VENDING, 11"
    })
    void fromProperties_withAPreset_startsFromIt(String preset, long minutes) {
        RefreshPolicy policy = RefreshPolicy.fromProperties(properties("preset=" + preset, "replicas=3"));

        assertThat(policy.minimumRemaining()).isEqualTo(Duration.ofMinutes(minutes));
        assertThat(policy.replicas()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"FAIL_FAST, FAIL_FAST", "failFast, FAIL_FAST", "' Serve-Until-Expiry ', SERVE_UNTIL_EXPIRY"})
    void fromProperties_withAnOutage_readsItInEachNotation(String text, RefreshPolicy.Outage outage) {
        assertThat(RefreshPolicy.fromProperties(Map.of("outage", text)).outage())
                .isEqualTo(outage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"90m", "90 m", " 90M ", "5400s", "5400000ms", "PT1H30M", "pt90m"})
    void duration_isReadInEachNotation(String text) {
        assertThat(RefreshPolicy.fromProperties(Map.of("token-lifetime", text)).tokenLifetime())
                .isEqualTo(Duration.ofMinutes(90));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token-lifetime | 59m | token-lifetime must be whole minutes from 1h to 24h, but was 59m",
                "token-lifetime | 2d | token-lifetime must be whole minutes from 1h to 24h, but was 48h",
                "token-lifetime | 3661s | token-lifetime must be whole minutes from 1h to 24h, but was 3661s",
                "token-lifetime | PT-2H | token-lifetime must be whole minutes from 1h to 24h, but was -2h",
                "token-lifetime | 999999999999d | token-lifetime must be whole minutes from 1h to 24h, but was 23999999999976h",
                "minimum-remaining | 361m | minimum-remaining must be from 0s to 6h, but was 361m",
                "refresh-window | 0.51 | refresh-window must be from 0 to 0.5, but was 0.51",
                "refresh-window | NaN | refresh-window must be from 0 to 0.5, but was NaN",
                "jitter | -0.1 | jitter must be from 0 to 0.4, but was -0.1",
                "calls-per-second | Infinity | calls-per-second must be from 0.01 to 10000, but was Infinity",
                "refreshes-per-second | 0 | refreshes-per-second must be from 0.01 to 10000, but was 0.0",
                "replicas | 0 | replicas must be from 1 to 10000, but was 0",
                "concurrent-loads | 10001 | concurrent-loads must be from 1 to 10000, but was 10001",
                "concurrent-refreshes | -1 | concurrent-refreshes must be from 1 to 10000, but was -1",
                "load-timeout | 0s | load-timeout must be from 1ms to 10m, but was 0s",
                "load-timeout | PT0.0005S | load-timeout must be from 1ms to 10m, but was PT0.0005S",
                "join-timeout | 11m | join-timeout must be from 1ms to 10m, but was 11m",
                "retry-delay | 61m | retry-delay must be from 1ms to 1h, but was 61m",
                "maximum-retry-delay | 0ms | maximum-retry-delay must be from 1ms to 1h, but was 0s",
                "throttle-pause | 2h | throttle-pause must be from 0s to 1h, but was 2h",
                "maximum-throttle-pause | 3601s | maximum-throttle-pause must be from 0s to 1h, but was 3601s",
                "remember-transient-failure | 600001ms "
                        + "| remember-transient-failure must be from 0s to 10m, but was 600001ms",
                "remember-unknown-user | 1h | remember-unknown-user must be from 0s to 10m, but was 1h",
                "remember-access-denied | 1h | remember-access-denied must be from 0s to 10m, but was 1h",
                "outage-floor | 7h | outage-floor must be from 0s to 6h, but was 7h",
                "token-lifetime | a day "
                        + "| token-lifetime must be a duration such as 24h, 11m, 30s, 500ms or PT24H, but was \"a day\"",
                "token-lifetime | 24 | token-lifetime must be a duration such as 24h, 11m, 30s, 500ms or PT24H, "
                        + "but was \"24\"",
                "token-lifetime | '' | token-lifetime must be a duration such as 24h, 11m, 30s, 500ms or PT24H, "
                        + "but was \"\"",
                "jitter | 10% | jitter must be a number such as 0.2, but was \"10%\"",
                "replicas | 1.5 | replicas must be a whole number such as 8, but was \"1.5\"",
                "outage | never | outage must be serve-until-expiry or fail-fast, but was \"never\"",
                "preset | client | preset must be vending or server-side, but was \"client\"",
                "preset | clientSide | preset must be vending or server-side, but was \"clientSide\"",
                "outage | Never | outage must be serve-until-expiry or fail-fast, but was \"Never\"",
                "calls-per-second | 10 | refreshes-per-second must be at most calls-per-second (10.0), "
                        + "but was 16.0 (the default)",
                "concurrent-loads | 4 | concurrent-refreshes must be at most concurrent-loads (4), "
                        + "but was 8 (the default)",
                "concurrent-refreshes | 17 | concurrent-refreshes must be at most concurrent-loads (16, the default), "
                        + "but was 17",
                "retry-delay | 10m | retry-delay must be at most maximum-retry-delay (5m, the default), but was 10m",
                "maximum-retry-delay | 1s | retry-delay must be at most maximum-retry-delay (1s), "
                        + "but was 2s (the default)",
                "outage | 0123456789012345678901234567890123456789x | outage must be serve-until-expiry or fail-fast, "
                        + "but was \"012345678901…\"",
                "outage | 012345678901234567890123 | outage must be serve-until-expiry or fail-fast, "
                        + "but was \"012345678901234567890123\"",
                "outage | 0123456789012345678901234 | outage must be serve-until-expiry or fail-fast, "
                        + "but was \"012345678901…\"",
                "outage | a-word-of-forty-letters-and-hyphens-in-al | outage must be serve-until-expiry or fail-fast, "
                        + "but was \"a-word-of-forty-letters-and-hyphens-in-a…\"",
                "outage | a-word-of-forty-letters-and-hyphens-in-a | outage must be serve-until-expiry or fail-fast, "
                        + "but was \"a-word-of-forty-letters-and-hyphens-in-a\"",
                "jitter | pU3KGCUwux1tEyze1iN7LtkeP3IfyxlxF0SU1kk8 | jitter must be a number such as 0.2, "
                        + "but was \"pU3KGCUwux1t…\"",
            })
    void fromProperties_withABadValue_saysWhatIsWrong(String key, String value, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefreshPolicy.fromProperties(Map.of(key, value)))
                .withMessage("The refresh policy cannot be used: " + problem);
    }

    @ParameterizedTest
    @CsvSource({
        "lifetime, ''",
        "token.lifetime, ''",
        "tokenLifetime, ' (did you mean token-lifetime?)'",
        "minimum_remaining, ' (did you mean minimum-remaining?)'",
        "Outage, ' (did you mean outage?)'",
        "PRESET, ' (did you mean preset?)'",
    })
    void fromProperties_withAnUnknownKey_saysWhichThereAre(String key, String hint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefreshPolicy.fromProperties(Map.of(key, "1h")))
                .withMessage("The refresh policy cannot be used: \"" + key + "\" is not a setting of a refresh policy"
                        + hint + SETTINGS);
    }

    @Test
    void fromProperties_withoutAnUnknownKey_doesNotListTheKeys() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefreshPolicy.fromProperties(Map.of("replicas", "0")))
                .withMessageNotContaining("the settings are");
    }

    @Test
    void fromProperties_withBreaksInWhatIsWrong_saysSoInOneLine() {
        Map<String, String> properties =
                Map.of("outage", "a\r\nb\u0000\u0085c\u2028\u202ed", "tow\nlines" + "x".repeat(40), "1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefreshPolicy.fromProperties(properties))
                .withMessage("The refresh policy cannot be used: "
                        + "outage must be serve-until-expiry or fail-fast, but was \"a??b??c??d\"; "
                        + "\"tow?linesxxx…\" is not a setting of a refresh policy" + SETTINGS);
    }

    @Test
    void fromProperties_withoutAMap_namesTheArgument() {
        assertThatNullPointerException()
                .isThrownBy(() -> RefreshPolicy.fromProperties(nothing()))
                .withMessage("properties");
    }

    @Test
    void fromProperties_withNullsInTheMap_listsThem() {
        Map<String, String> properties = properties("replicas=0");
        properties.put("token-lifetime", nothing());
        properties.put("preset", nothing());
        properties.put("lifetime", nothing());
        properties.put(nothing(), "1h");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefreshPolicy.fromProperties(properties))
                .withMessage("The refresh policy cannot be used: a key is null; "
                        + "\"lifetime\" is not a setting of a refresh policy; preset has no value; "
                        + "replicas must be from 1 to 10000, but was 0; token-lifetime has no value" + SETTINGS);
    }

    @Test
    void fromProperties_listsAllProblemsAtOnce() {
        Map<String, String> properties = properties(
                "preset=client",
                "token-lifetime=often",
                "tokenlifetime=1h",
                "replicas=0",
                "concurrent-loads=4",
                "minimum-remaining=6h",
                "outage=never");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefreshPolicy.fromProperties(properties))
                .withMessage("The refresh policy cannot be used: "
                        + "preset must be vending or server-side, but was \"client\"; "
                        + "outage must be serve-until-expiry or fail-fast, but was \"never\"; "
                        + "replicas must be from 1 to 10000, but was 0; "
                        + "token-lifetime must be a duration such as 24h, 11m, 30s, 500ms or PT24H, but was \"often\"; "
                        + "\"tokenlifetime\" is not a setting of a refresh policy (did you mean token-lifetime?); "
                        + "concurrent-refreshes must be at most concurrent-loads (4), but was 8 (the default)"
                        + SETTINGS);
    }

    @ParameterizedTest
    @CsvSource({
        "token-lifetime, 1h, 24h",
        "minimum-remaining, 0s, 6h",
        "refresh-window, 0.0, 0.5",
        "jitter, 0.0, 0.4",
        "calls-per-second, 16.0, 10000.0",
        "refreshes-per-second, 0.01, 25.0",
        "replicas, 1, 10000",
        "concurrent-loads, 8, 10000",
        "concurrent-refreshes, 1, 16",
        "load-timeout, 1ms, 10m",
        "join-timeout, 1ms, 10m",
        "retry-delay, 1ms, 5m",
        "maximum-retry-delay, 2s, 1h",
        "throttle-pause, 0s, 5m",
        "maximum-throttle-pause, 5s, 1h",
        "remember-transient-failure, 0s, 10m",
        "remember-unknown-user, 0s, 10m",
        "remember-access-denied, 0s, 10m",
        "outage-floor, 0s, 6h",
    })
    void bounds_areAllowed(String key, String least, String most) {
        assertThat(RefreshPolicy.fromProperties(Map.of(key, least)).toProperties())
                .containsEntry(key, least);
        assertThat(RefreshPolicy.fromProperties(Map.of(key, most)).toProperties())
                .containsEntry(key, most);
    }
}
