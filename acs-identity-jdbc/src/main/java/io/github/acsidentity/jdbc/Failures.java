/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static java.util.stream.Collectors.joining;

import io.github.acsidentity.directory.UserMappingStoreException;
import java.sql.SQLException;

/** What a caller is told when the database fails. What a driver says is left out only if it may be about a row. */
final class Failures {

    private Failures() {}

    /** Of statements that read or change rows. */
    static UserMappingStoreException ofWork(TableName table, SQLException failure) {
        String what = SqlStates.isTableMissing(failure)
                ? missing(table.mappings() + " or " + table.attempts())
                : "The database failed to read or change user mappings";
        if (!SqlStates.mayShowARow(failure)) {
            return withCause(what, failure);
        }
        return new UserMappingStoreException(
                what + ": " + codes(failure) + "; the words are left out, for they may contain external ids",
                SqlStates.isTransient(failure),
                null);
    }

    /** Of a data source that gives no connection. Pools throw unchecked exceptions, too. */
    static UserMappingStoreException ofConnecting(Exception failure) {
        String what = "The data source gave no connection";
        return failure instanceof SQLException sql
                ? withCause(what, sql)
                : new UserMappingStoreException(what + ": " + failure.getClass().getSimpleName(), false, failure);
    }

    /** Of looking at a table without reading a row. */
    static UserMappingStoreException ofLooking(String table, SQLException failure) {
        return withCause(
                SqlStates.isTableMissing(failure) ? missing(table) : "The table " + table + " cannot be read", failure);
    }

    /** Of making the tables. */
    static UserMappingStoreException ofMaking(TableName table, SQLException failure) {
        return withCause("The tables " + table.mappings() + " and " + table.attempts() + " cannot be created", failure);
    }

    private static UserMappingStoreException withCause(String what, SQLException failure) {
        return new UserMappingStoreException(what + ": " + codes(failure), SqlStates.isTransient(failure), failure);
    }

    private static String missing(String table) {
        return "The table " + table + " is not there, or not in the schema that connections are in;"
                + " createSchemaIfMissing() or the schema script makes it";
    }

    private static String codes(SQLException failure) {
        return SqlStates.all(failure).map(Failures::code).distinct().collect(joining("; "));
    }

    private static String code(SQLException failure) {
        return failure.getClass().getSimpleName() + ", SQLState " + failure.getSQLState() + ", error code "
                + failure.getErrorCode();
    }
}
