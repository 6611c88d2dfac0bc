/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The databases that the tests run on. */
final class Databases {

    private static final int CONNECTIONS = 10;

    private Databases() {}

    static DataSource h2() {
        return Pools.H2;
    }

    static DataSource postgres() {
        return RunningPostgres.POOL;
    }

    static DataSource given() {
        return GivenServer.POOL;
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

    static void createSchema(DataSource source, String name) {
        try (Connection connection = source.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            execute(
                    source,
                    Database.ofProduct(product) == Database.SQL_SERVER
                            ? "IF SCHEMA_ID(N'" + name + "') IS NULL EXEC('CREATE SCHEMA " + name + "')"
                            : "CREATE SCHEMA IF NOT EXISTS " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    // each opened when it is first needed

    private static final class Pools {
        static final DataSource H2 = Server.h2().pool(CONNECTIONS);
    }

    private static final class RunningPostgres {
        static final DataSource POOL = Server.postgres().pool(CONNECTIONS);
    }

    private static final class GivenServer {
        static final DataSource POOL = Server.given().pool(CONNECTIONS);
    }
}
