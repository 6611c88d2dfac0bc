/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the page about the user directory says of the tables must be true of each script. */
class SchemaPageTest {

    private static final Pattern COLUMN =
            Pattern.compile("(?m)^    (\\w+) +(?:BYTEA|BINARY|N?VARCHAR|TIMESTAMP|DATETIME2?)\\b");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:`[a-z_]+`(?:, )?)+) \\|");
    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");
    private static final Pattern REPLACEMENT = Pattern.compile("-e 's/([^/]+)/([^/]+)/g'");
    private static final Pattern TABLE = Pattern.compile("table\\(\"(.+?)\"\\)");

    private final String page = pageSection();

    @ParameterizedTest
    @EnumSource
    void columns_areThoseOfTheScriptInTheirOrder(Database database) {
        String script = script(database);

        assertThat(listed()).isEqualTo(names(COLUMN, script)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void names_areThoseOfTheScript(Database database) {
        assertThat(page).contains("`" + Path.of(database.script()).getFileName() + "`");
        assertThat(script(database))
                .contains(
                        "CREATE TABLE",
                        " acs_user_mapping (",
                        " acs_user_mapping_attempt (",
                        "acs_user_mapping_ix_state");
        assertThat(page).contains("`acs_user_mapping`", "`acs_user_mapping_attempt`", "`acs_user_mapping_ix_state`");
    }

    @Test
    void renaming_asThePageSays_makesTablesForThatName() {
        String renamed = script(Database.POSTGRESQL);
        List<MatchResult> replacements = REPLACEMENT.matcher(page).results().toList();
        for (MatchResult replacement : replacements) {
            renamed = renamed.replace(replacement.group(1), replacement.group(2));
        }
        String table = table();
        Databases.createSchema(Databases.postgres(), table.substring(0, table.indexOf('.')));

        Databases.execute(Databases.postgres(), renamed);

        assertThat(replacements).isNotEmpty();
        JdbcUserMappingStore.builder(Databases.postgres()).table(table).build().checkSchema();
    }

    @Test
    void place_inTheJar_isThatOfThePage() {
        assertThat(page)
                .contains(".jar " + Database.POSTGRESQL.script().substring(1) + " >")
                .contains("`" + Database.class.getModule().getName() + "`");
    }

    private String table() {
        return TABLE.matcher(page).results().findFirst().orElseThrow().group(1);
    }

    private List<String> listed() {
        return ROW.matcher(page)
                .results()
                .flatMap(row -> names(NAME, row.group(1)).stream())
                .toList();
    }

    private static List<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String script(Database database) {
        try (InputStream script = requireNonNull(Database.class.getResourceAsStream(database.script()))) {
            return new String(script.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pageSection() {
        try {
            String text = Files.readString(Path.of("..", "docs", "guide", "user-directory.md"));
            int start = text.indexOf("\n## The tables\n");
            return text.substring(start, text.indexOf("\n## ", start + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
