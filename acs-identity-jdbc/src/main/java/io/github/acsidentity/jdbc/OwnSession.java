/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.IntConsumer;

/**
 * Runs statements in transactions of their own, on connections of a data source. What loses against another transaction
 * is repeated after a pause, so that two which are in each other's way do not meet again.
 */
final class OwnSession implements Session {

    private static final int ATTEMPTS = 6;

    private final Connections connections;
    private final StatementFactory statements;
    private final IntConsumer pause;

    /** {@code pause} waits before the attempt whose number it is given, from 2 on. */
    OwnSession(Connections connections, StatementFactory statements, IntConsumer pause) {
        this.connections = connections;
        this.statements = statements;
        this.pause = pause;
    }

    @Override
    public <T> T run(Work<T> work) {
        return repeatedly(connection -> {
            T result = work.run(statements.on(connection));
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return result;
        });
    }

    @Override
    public boolean together(Work<Boolean> work) {
        return repeatedly(connection -> {
            boolean autoCommit = connection.getAutoCommit();
            if (autoCommit) {
                connection.setAutoCommit(false);
            }
            boolean done = work.run(statements.on(connection));
            if (done) {
                connection.commit();
            } else {
                connection.rollback();
            }
            if (autoCommit) {
                connection.setAutoCommit(true);
            }
            return done;
        });
    }

    private <T> T repeatedly(OnConnection<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !SqlStates.isConflict(e)) {
                    throw Failures.ofWork(statements.table(), e);
                }
            }
            // without a connection in hand
            pause.accept(attempt + 1);
        }
    }

    private <T> T once(OnConnection<T> work) throws SQLException {
        try (Connection connection = connections.open()) {
            boolean autoCommit = connection.getAutoCommit();
            try {
                return work.run(connection);
            } catch (SQLException | RuntimeException | Error e) {
                undo(connection, autoCommit, e);
                throw e;
            }
        }
    }

    private static void undo(Connection connection, boolean autoCommit, Throwable reason) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** What is done with a connection. */
    @FunctionalInterface
    private interface OnConnection<T> {

        T run(Connection connection) throws SQLException;
    }
}
