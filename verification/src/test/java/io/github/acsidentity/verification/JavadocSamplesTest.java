/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Samples in the javadoc of types that need something given, such as a manager. */
class JavadocSamplesTest {

    private static final Pattern SAMPLE = Pattern.compile("(?s)<pre>\\{@code\\n(.*?)\\n \\* }</pre>");
    private static final String FENCE = "```";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            acs-identity-core/src/main/java/io/github/acsidentity/directory/UserDirectory.java    \
            | UserMappingStore store = new InMemoryUserMappingStore();
            acs-identity-cache/src/main/java/io/github/acsidentity/cache/CachingUserMappingStore.java \
            | javax.sql.DataSource dataSource = new org.h2.jdbcx.JdbcDataSource();
            """)
    void sample_compilesAndRuns(String file, String given) throws Exception {
        String source = ProjectFiles.text(ProjectFiles.root().resolve(file));
        String sample =
                SAMPLE.matcher(source).results().map(JavadocSamplesTest::code).collect(Collectors.joining());
        SamplePage page = SamplePage.parse(
                file,
                String.join(
                        "\n",
                        FENCE + "java",
                        "IdentityManager manager = FakeIdentityManager.create();",
                        given,
                        sample,
                        FENCE));
        SamplePrograms programs = new SamplePrograms(folder);

        assertThat(sample).isNotBlank();
        assertThat(programs.compile(page)).isEmpty();
        assertThat(programs.run(page, Map.of(), List.of())).isEmpty();
    }

    private static String code(MatchResult found) {
        return found.group(1).replaceAll("(?m)^ \\* ?", "");
    }
}
