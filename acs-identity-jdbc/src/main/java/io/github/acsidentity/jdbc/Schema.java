/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import io.github.acsidentity.directory.UserMappingStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Makes the tables, and looks whether they are there. */
final class Schema {

    /** Of several who make the same table at once, most databases let one succeed and the others fail. */
    private static final int ATTEMPTS = 5;

    private static final String COLUMNS_OF_MAPPINGS =
            "id_hash, namespace, external_id, state, user_id, resource_id, request_id, started_at, expires_at";
    private static final String COLUMNS_OF_ATTEMPTS = "request_id, started_at, expires_at, user_id";

    private final Connections connections;
    private final StatementFactory statements;
    private final TableName table;

    Schema(Connections connections, StatementFactory statements) {
        this.connections = connections;
        this.statements = statements;
        table = statements.table();
    }

    void check() {
        try (Connection connection = connections.open()) {
            check(connection);
        } catch (SQLException e) {
            throw Failures.ofWork(table, e);
        }
    }

    void createIfMissing() {
        try (Connection connection = connections.open()) {
            createIfMissing(connection);
        } catch (SQLException e) {
            throw Failures.ofMaking(table, e);
        }
    }

    private void createIfMissing(Connection connection) throws SQLException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (!isMissing(connection)) {
                return;
            }
            try {
                create(connection);
            } catch (SQLException e) {
                undo(connection, e);
                if (attempt == ATTEMPTS) {
                    throw Failures.ofMaking(table, e);
                }
            }
        }
        check(connection);
    }

    /** Who may use the tables need not have the right to make them, which databases ask for even if all is there. */
    private boolean isMissing(Connection connection) throws SQLException {
        try {
            check(connection);
            return false;
        } catch (UserMappingStoreException e) {
            if (e.getCause() instanceof SQLException cause && SqlStates.isTableMissing(cause)) {
                return true;
            }
            throw e;
        }
    }

    private void check(Connection connection) throws SQLException {
        Statement statement = statements.on(connection);
        look(statement, table.mappings(), COLUMNS_OF_MAPPINGS);
        look(statement, table.attempts(), COLUMNS_OF_ATTEMPTS);
        commit(connection);
    }

    private static void look(Statement statement, String table, String columns) {
        try {
            List<String> unused =
                    statement.query(row -> row.getString(1), "SELECT " + columns + " FROM " + table + " WHERE 1 = 0");
        } catch (SQLException e) {
            undo(statement.connection(), e);
            throw Failures.ofLooking(table, e);
        }
    }

    private void create(Connection connection) throws SQLException {
        try (java.sql.Statement statement = connection.createStatement()) {
            for (String text : script(statements.database(connection))) {
                statement.execute(text);
            }
        }
        commit(connection);
    }

    private static void commit(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    private static void undo(Connection connection, SQLException reason) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    private List<String> script(Database database) {
        return Arrays.stream(table.applyTo(text(database.script())).split(";\\s*\n", 0))
                .filter(text -> !text.isBlank())
                .toList();
    }

    private static String text(String name) {
        try (InputStream script = Schema.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException("The resource " + name + " is missing");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
