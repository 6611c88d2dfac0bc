/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Knows the statements for the database, which it asks for its name once unless it was told. */
final class StatementFactory {

    private final TableName table;
    private final int timeoutSeconds;
    private volatile @Nullable Database database;
    private volatile @Nullable Statements texts;

    StatementFactory(TableName table, @Nullable Database database, int timeoutSeconds) {
        this.table = table;
        this.database = database;
        this.timeoutSeconds = timeoutSeconds;
    }

    Statement on(Connection connection) throws SQLException {
        Statements known = texts;
        if (known == null) {
            known = new Statements(database(connection), table);
            texts = known;
        }
        // to H2, the time-out of a statement is one of the connection, which others use, too
        return new Statement(connection, known, database(connection) == Database.H2 ? 0 : timeoutSeconds);
    }

    Database database(Connection connection) throws SQLException {
        Database known = database;
        if (known == null) {
            known = Database.ofProduct(connection.getMetaData().getDatabaseProductName());
            database = known;
        }
        return known;
    }

    TableName table() {
        return table;
    }
}
