/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {

    @ParameterizedTest
    @CsvSource({
        "H2, H2",
        "MySQL, MYSQL",
        "MariaDB, MYSQL",
        "PostgreSQL, POSTGRESQL",
        "Microsoft SQL Server, SQL_SERVER",
    })
    void ofProduct_knownName_isFound(String productName, Database database) {
        assertThat(Database.ofProduct(productName)).isEqualTo(database);
    }

    @Test
    void ofProduct_unknownName_isRefusedWithTheSupportedOnes() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Database.ofProduct("Oracle"))
                .withMessageContainingAll("Oracle", "H2", "MYSQL", "POSTGRESQL", "SQL_SERVER");
    }

    @ParameterizedTest
    @EnumSource
    void script_ofEachDatabase_makesBothTablesAndCanBeReadByOtherModules(Database database) throws IOException {
        // the class loader gives what no module encapsulates
        try (InputStream script =
                ClassLoader.getSystemResourceAsStream(database.script().substring(1))) {
            assertThat(script).isNotNull();
            assertThat(new String(script.readAllBytes(), StandardCharsets.US_ASCII))
                    .containsOnlyOnce(" acs_user_mapping (\n")
                    .containsOnlyOnce(" acs_user_mapping_attempt (\n");
        }
    }
}
