/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/** Runs statements within a transaction of the caller, who commits it or rolls it back. */
final class JoinedSession implements Session {

    private final Connection connection;
    private final StatementFactory statements;

    JoinedSession(Connection connection, StatementFactory statements) {
        this.connection = connection;
        this.statements = statements;
    }

    @Override
    public <T> T run(Work<T> work) {
        try {
            requireTransaction();
            return work.run(statements.on(connection));
        } catch (SQLException e) {
            throw Failures.ofWork(statements.table(), e);
        }
    }

    @Override
    public boolean together(Work<Boolean> work) {
        try {
            requireTransaction();
            Savepoint before = connection.setSavepoint();
            boolean done = work.run(statements.on(connection));
            if (!done) {
                connection.rollback(before);
            }
            return done;
        } catch (SQLException e) {
            throw Failures.ofWork(statements.table(), e);
        }
    }

    private void requireTransaction() throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("The connection must be in a transaction: switch auto-commit off first");
        }
        if (connection.getTransactionIsolation() > Connection.TRANSACTION_READ_COMMITTED) {
            throw new IllegalStateException("The transaction must be READ COMMITTED: with a higher isolation it may not"
                    + " see a mapping that others have made since it began, and leave that out");
        }
    }
}
