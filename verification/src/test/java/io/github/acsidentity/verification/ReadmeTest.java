/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {

    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\\R(.*?)^```$");
    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>.*?</dependency>");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)(?:#[^)]*)?\\)");

    private final Path root = ProjectFiles.root();
    private final String readme = ProjectFiles.text(root.resolve("README.md"));

    @ParameterizedTest
    @ValueSource(strings = {"Try it", "Test it"})
    void section_hasExactlyOneCommandOfOneLine(String section) {
        List<String> commands = COMMANDS.matcher(section(section))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(commands)
                .singleElement()
                .satisfies(command -> assertThat(command.strip().lines()).hasSize(1));
    }

    @Test
    void dependencies_areThoseOfThisVersion() {
        String version = PublishedPom.parse(ProjectFiles.bom().resolve("pom.xml"))
                .project()
                .getElementsByTagName("version")
                .item(0)
                .getTextContent();
        List<String> published = ProjectFiles.publishedModules().stream()
                .map(module -> "<artifactId>" + module.getFileName() + "</artifactId>")
                .toList();

        List<String> dependencies =
                DEPENDENCY.matcher(readme).results().map(MatchResult::group).toList();

        assertThat(dependencies)
                .isNotEmpty()
                .allSatisfy(dependency -> assertThat(dependency)
                        .contains("<groupId>io.github.acsidentity</groupId>", "<version>" + version + "</version>")
                        .containsAnyOf(published.toArray(String[]::new)));
    }

    @Test
    void links_leadToFilesOfTheProject() {
        List<String> links = LINK.matcher(readme)
                .results()
                .map(found -> found.group(1))
                .filter(link -> !link.startsWith("../"))
                .toList();

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link ->
                        assertThat(Files.exists(root.resolve(link))).as(link).isTrue());
    }

    private String section(String title) {
        int start = readme.indexOf("\n## " + title + "\n");
        assertThat(start).as("section \"%s\"", title).isNotNegative();
        int end = readme.indexOf("\n## ", start + 1);
        return readme.substring(start, end < 0 ? readme.length() : end);
    }
}
