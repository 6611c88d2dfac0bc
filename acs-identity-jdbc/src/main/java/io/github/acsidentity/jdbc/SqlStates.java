/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the codes of the databases mean. */
final class SqlStates {

    /**
     * Connection, conflict with other transactions, resources, lock, operator's intervention, time-out, H2's network.
     */
    private static final List<String> TRANSIENT = List.of("08", "40", "53", "55P03", "57", "HYT", "90067");

    /** Wrong role, database, schema or table. Pools report these as if the database were away. */
    private static final List<String> MISTAKES = List.of("28", "3D", "3F", "42");

    /** What drivers say in these cases is about the connection, the transaction, the statement or the tables. */
    private static final List<String> WITHOUT_DATA =
            List.of("08", "25", "28", "3D", "3F", "40", "42", "53", "55P03", "57", "HYT", "90");

    /** In PostgreSQL, in MySQL and H2, in H2 with advice, and for the schema of a table in H2 and PostgreSQL. */
    private static final List<String> NO_TABLE = List.of("42P01", "42S02", "42S03", "42S04", "90079", "3F000");

    private static final String NO_TABLE_IN_SQL_SERVER = "S0002";
    private static final int NO_OBJECT_IN_SQL_SERVER = 208;

    /** In MySQL and MariaDB; in SQL Server, of a constraint and of an index. */
    private static final List<Integer> DUPLICATE_KEYS = List.of(1062, 2627, 2601);

    private static final int CONCURRENT_UPDATE_IN_H2 = 90131;

    private SqlStates() {}

    /** Whether the same may succeed later, without a change of the configuration. */
    static boolean isTransient(SQLException failure) {
        boolean saysSo = failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || isOneOf(TRANSIENT, failure);
        return saysSo && all(failure).noneMatch(SqlStates::isMistake);
    }

    /** Whether the transaction was rolled back for the sake of another one, so that it can be run again. */
    static boolean isConflict(SQLException failure) {
        String state = failure.getSQLState();
        boolean rolledBack = state != null && state.startsWith("40") && !state.equals("40003");
        return rolledBack || failure.getErrorCode() == CONCURRENT_UPDATE_IN_H2;
    }

    /** Whether a key is there already. Other violated constraints are no answer but a failure. */
    static boolean isDuplicate(SQLException failure) {
        String state = failure.getSQLState();
        return "23505".equals(state) || ("23000".equals(state) && DUPLICATE_KEYS.contains(failure.getErrorCode()));
    }

    /** Whether the table, or the schema that it should be in, is not there. */
    static boolean isTableMissing(SQLException failure) {
        return isOneOf(NO_TABLE, failure)
                || (NO_TABLE_IN_SQL_SERVER.equals(failure.getSQLState())
                        && failure.getErrorCode() == NO_OBJECT_IN_SQL_SERVER);
    }

    /** Messages about values repeat them: PostgreSQL shows the whole row. External ids may be personal data. */
    static boolean mayShowARow(SQLException failure) {
        return failure.getSuppressed().length > 0 || !all(failure).allMatch(SqlStates::isWithoutData);
    }

    /** The failure itself, then those that it was caused by. */
    static Stream<SQLException> all(SQLException failure) {
        return StreamSupport.stream(failure.spliterator(), false)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast);
    }

    private static boolean isWithoutData(SQLException failure) {
        return failure instanceof SQLTransientException || isOneOf(WITHOUT_DATA, failure) || isTableMissing(failure);
    }

    private static boolean isMistake(SQLException failure) {
        String message = failure.getMessage();
        return isOneOf(MISTAKES, failure) || (message != null && message.startsWith("No suitable driver"));
    }

    private static boolean isOneOf(List<String> classes, SQLException failure) {
        String state = failure.getSQLState();
        return state != null && classes.stream().anyMatch(state::startsWith);
    }
}
