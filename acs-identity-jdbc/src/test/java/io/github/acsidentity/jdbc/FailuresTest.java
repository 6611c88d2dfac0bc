/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.acsidentity.directory.UserMappingStoreException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

    private static final TableName TABLE = TableName.parse("calls.acs_user");

    static Stream<SQLException> transientFailures() {
        return Stream.of(
                new SQLTimeoutException("too slow"),
                new SQLTransientConnectionException("pool is empty"),
                new SQLException("no connection", "08001"),
                new SQLException("deadlock", "40P01"),
                new SQLException("too many connections", "53300"),
                new SQLException("lock not available", "55P03"),
                new SQLException("cancelled", "57014"),
                new SQLException("lock time-out", "HYT00"),
                new SQLException("connection broken", "90067"));
    }

    @ParameterizedTest
    @MethodSource("transientFailures")
    void ofWork_transientFailure_saysSoAndNamesTheCause(SQLException failure) {
        UserMappingStoreException translated = Failures.ofWork(TABLE, failure);

        assertThat(translated.isTransient()).isTrue();
        assertThat(translated).hasCause(failure);
    }

    @Test
    void ofWork_failureOfTheSetUp_isNotTransientAndNamesTheCause() {
        SQLException failure = new SQLException("no such table", "42P01");

        UserMappingStoreException translated = Failures.ofWork(TABLE, failure);

        assertThat(translated.isTransient()).isFalse();
        assertThat(translated).hasCause(failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "23514", "S0001", "S0002", "HY000"})
    void ofWork_failureThatMayShowARow_hidesIt(String state) {
        SQLException failure = new SQLException("Failing row contains (alice@example.com)", state, 17);

        assertThat(Failures.ofWork(TABLE, failure))
                .hasMessageContainingAll(state, "17")
                .hasNoCause();
    }

    @Test
    void ofWork_failureWithACauseThatMayShowARow_hidesBoth() {
        SQLException failure = new SQLException(
                "connection lost", "08006", new SQLException("Failing row contains (alice@example.com)", "23514"));

        assertThat(Failures.ofWork(TABLE, failure))
                .hasMessageContainingAll("08006", "23514")
                .hasNoCause();
    }

    @Test
    void ofWork_failureFollowedByOneThatMayShowARow_hidesBoth() {
        SQLException failure = new SQLException("connection lost", "08006");
        failure.setNextException(new SQLException("Failing row contains (alice@example.com)", "23514"));

        assertThat(Failures.ofWork(TABLE, failure)).hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({"42P01, 0", "42S02, 1146", "42S02, 42102", "42S03, 42103", "42S04, 42104", "S0002, 208", "90079, 90079"
    })
    void ofWork_missingTable_namesItAndTheRemedy(String state, int errorCode) {
        SQLException failure = new SQLException("no such table", state, errorCode);

        assertThat(Failures.ofWork(TABLE, failure))
                .hasMessageContainingAll("calls.acs_user or calls.acs_user_attempt", "createSchemaIfMissing()", state)
                .hasCause(failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"25P02", "28000", "3D000", "3F000", "42501", "90096"})
    void ofWork_failureOfTheSetUp_namesTheCause(String state) {
        SQLException failure = new SQLException("not as it should be", state);

        assertThat(Failures.ofWork(TABLE, failure)).hasCause(failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"28000", "28P01", "3D000", "3F000", "42000"})
    void ofConnecting_mistakeBehindAPoolThatTimedOut_isNotTransient(String state) {
        SQLException mistake = new SQLException("not as it should be", state);
        SQLException failure = new SQLTransientConnectionException("no connection in time", state, mistake);
        SQLException without = new SQLTransientConnectionException("no connection in time", "08001", mistake);

        assertThat(Failures.ofConnecting(failure).isTransient()).isFalse();
        assertThat(Failures.ofConnecting(without).isTransient()).isFalse();
    }

    @Test
    void ofConnecting_noDriver_isNotTransient() {
        SQLException failure = catchThrowableOfType(
                SQLException.class, () -> DriverManager.getConnection("jdbc:nothing:of-this-kind"));

        UserMappingStoreException told = Failures.ofConnecting(failure);

        assertThat(failure.getMessage()).startsWith("No suitable driver");
        assertThat(told).hasCause(failure).hasMessageContaining("08001");
        assertThat(told.isTransient()).isFalse();
    }
}
