/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.acsidentity.testing.emulator.AcsEmulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplesTest {

    private static final String TRUST_STORE_PASSWORD = "changeit";
    private static final Pattern TYPE = Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)");
    private static final Pattern PROJECT = Pattern.compile("(?m)^  <artifactId>(.+)</artifactId>$");

    @TempDir
    private Path folder;

    private SamplePrograms programs;

    static Stream<SamplePage> pages() {
        Path root = ProjectFiles.root();
        try (Stream<Path> docs = Files.walk(root.resolve("docs"))) {
            List<Path> files = Stream.concat(Stream.of(root.resolve("README.md")), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
            return files.stream()
                    .map(file -> SamplePage.parse(root.relativize(file).toString(), ProjectFiles.text(file)))
                    .filter(page -> !page.samples().isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void createPrograms() {
        programs = new SamplePrograms(folder);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void samplesOfPage_compileAndRun(SamplePage page) throws Exception {
        assertThat(programs.compile(page))
                .as("compiler errors of %s", page.name())
                .isEmpty();

        try (AcsEmulator emulator = AcsEmulator.start()) {
            Path trustStore = folder.resolve("emulator.p12");
            emulator.trustStore(trustStore, TRUST_STORE_PASSWORD);
            String failure = programs.run(
                    page,
                    Map.of("COMMUNICATION_SERVICES_CONNECTION_STRING", emulator.connectionString()),
                    List.of(
                            "-Djavax.net.ssl.trustStore=" + trustStore,
                            "-Djavax.net.ssl.trustStorePassword=" + TRUST_STORE_PASSWORD));

            assertThat(failure).as("output of %s", page.name()).isEmpty();
        }
    }

    static Stream<String> files() {
        return pages().flatMap(page -> page.files().stream());
    }

    @ParameterizedTest
    @MethodSource("files")
    void fileOfAPage_isOneOfTheConsumers(String code) throws IOException {
        Path name = fileName(code);

        try (Stream<Path> consumers =
                Files.walk(ProjectFiles.root().resolve("verification").resolve("src/it/consumers"))) {
            assertThat(consumers.filter(file -> file.endsWith(name)))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).hasContent(code));
        }
    }

    private static Path fileName(String code) {
        Matcher type = TYPE.matcher(code);
        if (type.find()) {
            return Path.of(type.group(1) + ".java");
        }
        Matcher project = PROJECT.matcher(code);
        assertThat(project.find()).isTrue();
        return Path.of(project.group(1), "pom.xml");
    }

    @Test
    void pages_includeTheReadme() {
        assertThat(pages()).extracting(SamplePage::name).contains("README.md");
    }

    @Test
    void sampleThatDoesNotCompile_isReported() throws IOException {
        SamplePage page = page("""
                ```java
                UserId user = "not a user id";
                ```
                """);

        assertThat(programs.compile(page)).contains("UserId user = \"not a user id\";");
    }

    @Test
    void sampleThatThrows_isReported() throws Exception {
        SamplePage page = page("""
                ```java
                TokenRequest.of();
                ```
                """);

        assertThat(programs.compile(page)).isEmpty();
        assertThat(programs.run(page, Map.of(), List.of())).contains("IllegalArgumentException");
    }

    @Test
    void samplesOfAPage_areOneProgramWithoutThoseThatAreNotRun() throws Exception {
        SamplePage page = page("""
                ```java
                import java.util.function.Supplier;

                Supplier<String> first = () -> "first";
                ```

                ```java no-run
                first.get().wait(-1);
                ```

                ```sh
                not Java
                ```

                ```java
                record Pair(String left, String right) {}
                Pair pair = new Pair(first.get(), "second");
                ```
                """);

        assertThat(programs.compile(page)).isEmpty();
        assertThat(programs.run(page, Map.of(), List.of())).isEmpty();
        assertThat(page.samples()).hasSize(3);
    }

    @Test
    void typeWithoutAnImport_onAPageThatImportsOurs_isReported() throws IOException {
        SamplePage page = page("""
                ```java
                import io.github.acsidentity.UserId;

                UserId user = UserWithToken.class.cast(null).user();
                ```
                """);

        assertThat(programs.compile(page)).contains("UserWithToken").doesNotContain("class UserId");
    }

    @Test
    void fileOnAPage_isNoPartOfTheProgram() throws IOException {
        SamplePage page = page("""
                ```java file
                package com.example;

                class Nonsense {
                ```

                ```xml file
                <project/>
                ```
                """);

        assertThat(page.files()).containsExactly("package com.example;\n\nclass Nonsense {\n", "<project/>\n");
        assertThat(programs.compile(page)).isEmpty();
    }

    @Test
    void blockWithAnUnknownMark_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> page("""
                ```java norun
                ```
                """));
    }

    @Test
    void blockWithoutAnEnd_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> page("```java"));
    }

    private static SamplePage page(String markdown) {
        return SamplePage.parse("planted.md", markdown);
    }
}
