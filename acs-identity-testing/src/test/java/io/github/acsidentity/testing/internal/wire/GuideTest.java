/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.testing.AssumedBehaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of the guide say what the code does. */
class GuideTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final String guide = guide();

    @Test
    void supported_listsTheRoutesWithTheirFirstVersions() {
        assertThat(rows("Supported"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Route.values())
                        .filter(Route::isModelled)
                        .map(route -> route + " since " + version(route.modelledSince()))
                        .toList());
    }

    @Test
    void notSupported_listsTheOtherRoutes() {
        assertThat(codes(section("Not supported")))
                .filteredOn(code -> code.contains(" /"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Route.values())
                        .filter(route -> !route.isModelled())
                        .map(Route::toString)
                        .toList());
    }

    @Test
    void assumed_listsEachChoiceWithTheDefaultFirst() {
        List<String> lines = section("Assumed")
                .lines()
                .filter(line -> line.startsWith("|") && line.contains("`"))
                .toList();

        assertThat(lines).allSatisfy(line -> {
            List<String> choices = codes(line);
            assertThat(AssumedBehaviour.valueOf(choices.get(0)).isDefault()).isTrue();
            assertThat(choices.subList(1, choices.size()))
                    .isNotEmpty()
                    .noneMatch(choice -> AssumedBehaviour.valueOf(choice).isDefault());
        });
        assertThat(lines.stream().flatMap(line -> codes(line).stream()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(AssumedBehaviour.values())
                        .map(AssumedBehaviour::name)
                        .toList());
    }

    private List<String> rows(String heading) {
        return section(heading)
                .lines()
                .filter(line -> line.startsWith("|") && line.contains("`"))
                .map(line -> line.split("\\s*\\|\\s*", -1))
                .map(cells -> cells[2].replace("`", "") + " since " + cells[3])
                .toList();
    }

    private String section(String heading) {
        String title = "\n### " + heading + "\n";
        int start = guide.indexOf(title) + title.length();
        int end = guide.indexOf("\n##", start);
        assertThat(start).as(heading).isGreaterThan(title.length());
        return guide.substring(start, end < 0 ? guide.length() : end);
    }

    private static List<String> codes(String text) {
        return CODE.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String version(ApiVersion version) {
        return version.name().substring(1).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String guide() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = requireNonNull(folder.getParent(), "not started inside the project");
        }
        try {
            return Files.readString(folder.resolve("docs/guide/testing.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
