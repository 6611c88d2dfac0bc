/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import io.github.acsidentity.directory.UserMappingStoreException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;

/** What a failure of the database means. */
final class Failures {

    /** Connection, conflict with other transactions, resources, lock, operator's intervention, time-out. */
    private static final List<String> TRANSIENT = List.of("08", "40", "53", "55P03", "57", "HYT");

    /** What drivers say in these cases is about the connection, the statement or the tables, not about a row. */
    private static final List<String> WITHOUT_DATA =
            List.of("08", "28", "40", "42", "53", "55P03", "57", "HYT", "S0002");

    /** In MySQL and MariaDB; in SQL Server, of a constraint and of an index. */
    private static final List<Integer> DUPLICATE_KEYS = List.of(1062, 2627, 2601);

    private static final int CONCURRENT_UPDATE_IN_H2 = 90131;

    private Failures() {}

    static UserMappingStoreException translate(SQLException failure) {
        boolean isTransient = failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || hasStateOf(TRANSIENT, failure);
        return new UserMappingStoreException(
                "The database failed to read or change user mappings: " + codes(failure),
                isTransient,
                mayBeShown(failure) ? failure : null);
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

    static String codes(SQLException failure) {
        return failure.getClass().getSimpleName() + ", SQLState " + failure.getSQLState() + ", error code "
                + failure.getErrorCode();
    }

    /** Messages about values repeat them: PostgreSQL shows the whole row. External ids may be personal data. */
    private static boolean mayBeShown(SQLException failure) {
        for (Throwable shown = failure; shown != null; shown = shown.getCause()) {
            if (shown instanceof SQLException sql
                    && !(sql instanceof SQLTransientException)
                    && !hasStateOf(WITHOUT_DATA, sql)) {
                return false;
            }
        }
        return failure.getSuppressed().length == 0;
    }

    private static boolean hasStateOf(List<String> classes, SQLException failure) {
        String state = failure.getSQLState();
        return state != null && classes.stream().anyMatch(state::startsWith);
    }
}
