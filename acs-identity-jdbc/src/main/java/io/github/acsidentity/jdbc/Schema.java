/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/** Makes the tables. */
final class Schema {

    /** Of several who make the same table at once, most databases let one succeed and the others fail. */
    private static final int ATTEMPTS = 5;

    private Schema() {}

    static void createIfMissing(DataSource dataSource, StatementFactory statements) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = dataSource.getConnection()) {
                create(connection, script(statements.database(connection), statements.table()));
                return;
            } catch (SQLException e) {
                if (attempt == ATTEMPTS) {
                    throw Failures.translate(e);
                }
            }
        }
    }

    private static void create(Connection connection, List<String> script) throws SQLException {
        try (java.sql.Statement statement = connection.createStatement()) {
            for (String text : script) {
                statement.execute(text);
            }
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            throw e;
        }
    }

    private static List<String> script(Database database, TableName table) {
        return Arrays.stream(table.applyTo(text(database.script())).split(";\\s*\n", 0))
                .filter(text -> !text.isBlank())
                .toList();
    }

    private static String text(String name) {
        try (InputStream script = Schema.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException("The resource " + name + " is missing beside " + Schema.class);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
