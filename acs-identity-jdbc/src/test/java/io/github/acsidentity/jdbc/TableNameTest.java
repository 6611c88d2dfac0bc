/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {

    @Test
    void parse_nameAlone_hasNoSchema() {
        TableName table = TableName.parse("users_2");

        assertThat(table.mappings()).isEqualTo("users_2");
        assertThat(table.attempts()).isEqualTo("users_2_attempt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.",
                ".a",
                "a.b.c",
                "1a",
                "a b",
                "a;b",
                "a\"",
                "a--",
                "\u00e4",
                "a\n",
                "a23456789012345678901234567890123456789012"
            })
    void parse_whatIsNoName_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableName.parse(text))
                .withMessageStartingWith("The table must be [schema.]name");
    }

    @Test
    void applyTo_namesTablesWithTheirSchemaAndIndexesWithout() {
        String script = TableName.parse("app.users")
                .applyTo("CREATE INDEX acs_user_mapping_ix_state ON acs_user_mapping; DROP acs_user_mapping_attempt");

        assertThat(script).isEqualTo("CREATE INDEX users_ix_state ON app.users; DROP app.users_attempt");
    }

    @Test
    void applyTo_aNameThatLooksLikeAnIndex_isAppliedOnce() {
        String script = TableName.parse("app.acs_user_mapping_ix_eu")
                .applyTo("CREATE INDEX acs_user_mapping_ix_state ON acs_user_mapping");

        assertThat(script).isEqualTo("CREATE INDEX acs_user_mapping_ix_eu_ix_state ON app.acs_user_mapping_ix_eu");
    }
}
