/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.acsidentity.directory.UserMappingStoreException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

    static Stream<SQLException> transientFailures() {
        return Stream.of(
                new SQLTimeoutException("too slow"),
                new SQLTransientConnectionException("pool is empty"),
                new SQLException("no connection", "08001"),
                new SQLException("deadlock", "40P01"),
                new SQLException("too many connections", "53300"),
                new SQLException("lock not available", "55P03"),
                new SQLException("cancelled", "57014"),
                new SQLException("lock time-out", "HYT00"));
    }

    @ParameterizedTest
    @MethodSource("transientFailures")
    void translate_transientFailure_saysSoAndNamesTheCause(SQLException failure) {
        UserMappingStoreException translated = Failures.translate(failure);

        assertThat(translated.isTransient()).isTrue();
        assertThat(translated).hasCause(failure);
    }

    @Test
    void translate_failureOfTheSetUp_isNotTransientAndNamesTheCause() {
        SQLException failure = new SQLException("no such table", "42P01");

        UserMappingStoreException translated = Failures.translate(failure);

        assertThat(translated.isTransient()).isFalse();
        assertThat(translated).hasCause(failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "23514", "S0001", "HY000"})
    void translate_failureThatMayShowARow_hidesIt(String state) {
        SQLException failure = new SQLException("Failing row contains (alice@example.com)", state, 17);

        assertThat(Failures.translate(failure))
                .hasMessageContainingAll(state, "17")
                .hasNoCause();
    }

    @Test
    void translate_failureWithACauseThatMayShowARow_hidesBoth() {
        SQLException failure = new SQLException(
                "connection lost", "08006", new SQLException("Failing row contains (alice@example.com)", "23514"));

        assertThat(Failures.translate(failure)).hasNoCause();
    }

    @Test
    void isConflict_unknownOutcomeOfACommit_isNone() {
        assertThat(Failures.isConflict(new SQLException("conflict", "40001"))).isTrue();
        assertThat(Failures.isConflict(new SQLException("outcome unknown", "40003")))
                .isFalse();
        assertThat(Failures.isConflict(new SQLException("duplicate", "23505"))).isFalse();
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
        assertThat(Failures.isDuplicate(new SQLException("violated", state, errorCode)))
                .isEqualTo(duplicate);
    }

    @Test
    void statementTimeout_outOfRange_isRefused() {
        JdbcUserMappingStore.Builder builder = JdbcUserMappingStore.builder(Databases.h2());

        assertThatIllegalArgumentException().isThrownBy(() -> builder.statementTimeout(Duration.ofMillis(999)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.statementTimeout(Duration.ofDays(2)));
    }
}
