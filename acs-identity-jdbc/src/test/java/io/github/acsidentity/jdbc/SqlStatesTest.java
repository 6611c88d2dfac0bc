/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlStatesTest {

    @Test
    void isConflict_unknownOutcomeOfACommit_isNone() {
        assertThat(SqlStates.isConflict(new SQLException("conflict", "40001"))).isTrue();
        assertThat(SqlStates.isConflict(new SQLException("outcome unknown", "40003")))
                .isFalse();
        assertThat(SqlStates.isConflict(new SQLException("duplicate", "23505"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "23505, 0, true", // PostgreSQL
        "23505, 23505, true", // H2
        "23000, 1062, true", // MySQL, MariaDB
        "23000, 2627, true", // SQL Server
        "23000, 2601, true",
        "23514, 0, false", // a CHECK
        "23000, 4025, false",
        "23000, 547, false",
        "23502, 0, false", // NULL
        "23000, 1048, false",
        "23000, 515, false",
        "HY000, 1062, false",
    })
    void isDuplicate_otherConstraints_areNone(String state, int errorCode, boolean duplicate) {
        assertThat(SqlStates.isDuplicate(new SQLException("violated", state, errorCode)))
                .isEqualTo(duplicate);
    }
}
