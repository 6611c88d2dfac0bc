/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    @TempDir
    private Path folder;

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
    @CsvSource({"vending, 11", "server-side, 2", "' Server-Side ', 2", "VENDING, 11"})
    void fromProperties_withAPreset_startsFromIt(String preset, long minutes) {
        RefreshPolicy policy = RefreshPolicy.fromProperties(properties("preset=" + preset, "replicas=3"));

        assertThat(policy.minimumRemaining()).isEqualTo(Duration.ofMinutes(minutes));
        assertThat(policy.replicas()).isEqualTo(3);
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
                "lifetime | 1h | \"lifetime\" is not a setting of a refresh policy",
                "Token-Lifetime | 1h | \"Token-Lifetime\" is not a setting of a refresh policy",
                "outage | 0123456789012345678901234567890123456789x | outage must be serve-until-expiry or fail-fast, "
                        + "but was \"0123456789012345678901234567890123456789…\"",
            })
    void fromProperties_withABadValue_saysWhatIsWrong(String key, String value, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefreshPolicy.fromProperties(Map.of(key, value)))
                .withMessage("The refresh policy cannot be used: " + problem);
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
                        + "\"tokenlifetime\" is not a setting of a refresh policy; "
                        + "concurrent-refreshes must be at most concurrent-loads (4), but was 8");
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

    @Test
    void fromFile_readsUtf8AndIgnoresComments() throws IOException {
        Path file = folder.resolve("policy.properties");
        Files.writeString(file, "# für alle Dienste\npreset = server-side  \ntoken-lifetime = 6h\n\n");

        RefreshPolicy policy = RefreshPolicy.fromFile(file);

        assertThat(policy)
                .isEqualTo(RefreshPolicy.serverSide().toBuilder()
                        .tokenLifetime(Duration.ofHours(6))
                        .build());
    }

    @Test
    void fromFile_withProblems_namesTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("policy.properties"), "jitter=lots\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefreshPolicy.fromFile(file))
                .withMessage(file + ": The refresh policy cannot be used: "
                        + "jitter must be a number such as 0.2, but was \"lots\"");
    }

    @Test
    void fromFile_withAMalformedEscape_namesTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("policy.properties"), "jitter=\\u12\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefreshPolicy.fromFile(file))
                .withMessageStartingWith(file.toString());
    }

    @Test
    void fromFile_thatIsMissing_saysWhich() {
        Path file = folder.resolve("nowhere.properties");

        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> RefreshPolicy.fromFile(file))
                .withMessageContaining("nowhere.properties");
    }

    @Test
    void fromFile_andFromResource_thatAreNotUtf8_fail() throws IOException {
        Path file = Files.write(folder.resolve("policy.properties"), "# für alle\nreplicas=2\n".getBytes(ISO_8859_1));

        assertThatExceptionOfType(MalformedInputException.class).isThrownBy(() -> RefreshPolicy.fromFile(file));
        assertThatExceptionOfType(MalformedInputException.class).isThrownBy(() -> fromResource("policy.properties"));
    }

    @Test
    void fromResource_readsWhatATeamShips() throws IOException {
        Path inf = Files.createDirectory(folder.resolve("META-INF"));
        Files.writeString(inf.resolve("contoso-policy.properties"), "# für alle\nreplicas=3\noutage=fail-fast\n");

        RefreshPolicy policy = fromResource("META-INF/contoso-policy.properties");

        assertThat(policy)
                .isEqualTo(RefreshPolicy.builder()
                        .replicas(3)
                        .outage(RefreshPolicy.Outage.FAIL_FAST)
                        .build());
    }

    @Test
    void fromResource_withProblems_namesTheResource() throws IOException {
        Files.writeString(folder.resolve("contoso.properties"), "replica=3\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> fromResource("contoso.properties"))
                .withMessage("contoso.properties: The refresh policy cannot be used: "
                        + "\"replica\" is not a setting of a refresh policy");
    }

    @Test
    void fromResource_thatIsMissing_saysWhich() {
        assertThatIOException()
                .isThrownBy(() -> fromResource("META-INF/nowhere.properties"))
                .withMessage("There is no resource META-INF/nowhere.properties on the class path");
    }

    private RefreshPolicy fromResource(String name) throws IOException {
        URL[] classPath = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classPath, null)) {
            return RefreshPolicy.fromResource(name, loader);
        }
    }
}
