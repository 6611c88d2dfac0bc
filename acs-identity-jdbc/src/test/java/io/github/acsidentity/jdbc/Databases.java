/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** The databases that the tests run on. */
final class Databases {

    private Databases() {}

    static DataSource h2() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:mappings;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000");
        return JdbcConnectionPool.create(source);
    }

    /** A server of its own, which ends with the process. */
    static DataSource postgres() {
        return RunningPostgres.POOL;
    }

    static void execute(DataSource source, String... texts) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String text : texts) {
                statement.execute(text);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Started when it is first needed. */
    private static final class RunningPostgres {

        static final DataSource POOL = start();

        private static DataSource start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
                source.setURL(server.getJdbcUrl("postgres", "postgres"));
                return JdbcConnectionPool.create(source);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
