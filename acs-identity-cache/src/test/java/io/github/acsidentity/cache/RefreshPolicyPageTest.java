/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page about the refresh policy says must be true. */
class RefreshPolicyPageTest {

    private static final Pattern SETTING = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ([^|]+) \\| ([^|]+) \\| .*\\|$");
    private static final Pattern QUOTA = Pattern.compile("(?m)^\\| (\\d+)h \\| ([\\d,]+) \\| ([\\d,]+) \\|$");
    private static final Pattern PROPERTIES = Pattern.compile("(?s)```properties\\n(.*?)```");

    private final String page = read("docs/guide/refresh-policy.md");
    private final List<MatchResult> settings = SETTING.matcher(page).results().toList();

    @Test
    void settings_areAllListedInTheirOrder() {
        List<String> keys = Stream.of(Setting.values()).map(Setting::key).toList();

        assertThat(settings)
                .extracting(row -> row.group(1))
                .startsWith("preset")
                .endsWith(keys.toArray(String[]::new));
        assertThat(settings).hasSize(keys.size() + 1);
    }

    @Test
    void defaultsAndRanges_areThoseOfTheCode() {
        for (MatchResult row : settings.subList(1, settings.size())) {
            Setting setting = Setting.ofKey(row.group(1)).orElseThrow();
            String text = row.group(2).replace("`", "");
            if (setting == Setting.MAXIMUM_RETRY_DELAY) {
                assertThat(setting.defaultValue()).isEmpty();
                assertThat(text).isEqualTo("60s for lifetimes up to 2h, else 300s");
            } else {
                assertThat(setting.defaultValue()).as(setting.key()).contains(setting.parse(text));
            }
            assertThat(row.group(3).replace("`", ""))
                    .as(setting.key())
                    .isEqualTo(setting.range().orElse("serve-until-expiry, fail-fast"));
        }
    }

    @Test
    void longestRetryDelay_isAsThePageSays() {
        RefreshPolicy policy = RefreshPolicy.defaults();

        assertThat(policy.maximumRetryDelay(Duration.ofHours(2))).hasSeconds(60);
        assertThat(policy.maximumRetryDelay(Duration.ofHours(2).plusMillis(1))).hasSeconds(300);
    }

    @Test
    void presets_areThoseOfThePage() {
        assertThat(settings.get(0).group(2)).isEqualTo("`vending`");
        for (String preset : settings.get(0).group(3).replace("`", "").split(", ", -1)) {
            assertThat(RefreshPolicy.fromProperties(Map.of("preset", preset))).isNotNull();
        }
    }

    @Test
    void quotaTable_isWhatTheBudgetSustains() {
        List<MatchResult> rows = QUOTA.matcher(page).results().toList();

        assertThat(rows).extracting(row -> row.group(1)).contains("1", "24");
        for (MatchResult row : rows) {
            Duration lifetime = Duration.ofHours(Long.parseLong(row.group(1)));
            assertThat(row.group(2)).isEqualTo(users(RefreshPolicy.vending(), lifetime));
            assertThat(row.group(3)).isEqualTo(users(RefreshPolicy.serverSide(), lifetime));
        }
    }

    @Test
    void propertiesOfThePage_areAPolicy() throws IOException {
        List<MatchResult> samples = PROPERTIES.matcher(page).results().toList();

        assertThat(samples).isNotEmpty();
        for (MatchResult sample : samples) {
            Properties properties = new Properties();
            properties.load(new StringReader(sample.group(1)));
            Map<String, String> values = new HashMap<>();
            properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
            assertThat(RefreshPolicy.fromProperties(values)).isNotEqualTo(RefreshPolicy.defaults());
        }
    }

    @Test
    void diagram_isThatOfTheReadme() {
        assertThat(diagram(page)).isEqualTo(diagram(read("README.md")));
    }

    private static String diagram(String markdown) {
        int start = markdown.indexOf("```mermaid\n");
        assertThat(start).isNotNegative();
        return markdown.substring(start, markdown.indexOf("```\n", start + 3));
    }

    private static String users(RefreshPolicy policy, Duration lifetime) {
        return String.format(Locale.ROOT, "%,d", policy.sustainableUsers(lifetime));
    }

    private static String read(String file) {
        try {
            return Files.readString(root().resolve(file));
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = requireNonNull(folder.getParent(), "started outside of the project");
        }
        return folder;
    }
}
