/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs single statements on a connection. Times are stored as local times of UTC, which no driver converts. No time-out
 * is 0.
 */
record Statement(Connection connection, Statements texts, int timeoutSeconds) {

    int update(String text, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement prepared = prepare(text, arguments)) {
            return prepared.executeUpdate();
        }
    }

    /** Runs an INSERT that may find its key there already. */
    boolean insert(String text, @Nullable Object... arguments) throws SQLException {
        try {
            return update(text, arguments) == 1;
        } catch (SQLException e) {
            if (SqlStates.isDuplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    <T> List<T> query(Row<T> row, String text, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement prepared = prepare(text, arguments);
                ResultSet results = prepared.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (results.next()) {
                rows.add(row.read(results));
            }
            return rows;
        }
    }

    static Instant time(ResultSet results, String column) throws SQLException {
        return results.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    private PreparedStatement prepare(String text, @Nullable Object... arguments) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(text);
        try {
            if (timeoutSeconds > 0) {
                prepared.setQueryTimeout(timeoutSeconds);
            }
            for (int i = 0; i < arguments.length; i++) {
                set(prepared, i + 1, arguments[i]);
            }
            return prepared;
        } catch (SQLException | RuntimeException e) {
            prepared.close();
            throw e;
        }
    }

    private static void set(PreparedStatement prepared, int index, @Nullable Object argument) throws SQLException {
        if (argument == null) {
            prepared.setNull(index, Types.VARCHAR);
        } else if (argument instanceof byte[] bytes) {
            prepared.setBytes(index, bytes);
        } else if (argument instanceof Instant instant) {
            prepared.setObject(index, LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC));
        } else if (argument instanceof Integer number) {
            prepared.setInt(index, number);
        } else {
            prepared.setString(index, argument.toString());
        }
    }

    /** Makes a value of a row. */
    @FunctionalInterface
    interface Row<T> {

        T read(ResultSet results) throws SQLException;
    }
}
