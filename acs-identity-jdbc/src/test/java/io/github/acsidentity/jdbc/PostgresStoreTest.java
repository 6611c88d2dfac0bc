/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.acsidentity.directory.UserMappingStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class PostgresStoreTest implements StoreTests {

    private static final DataSource DATA_SOURCE = Databases.postgres();

    private final JdbcUserMappingStore store =
            JdbcUserMappingStore.builder(DATA_SOURCE).build();

    @Override
    public DataSource dataSource() {
        return DATA_SOURCE;
    }

    @Override
    public JdbcUserMappingStore store() {
        return store;
    }

    @Test
    void createSchemaIfMissing_byARoleThatMayOnlyUseTheTables_succeeds() {
        try (HikariDataSource pool =
                poolOf("may_use_tables", "GRANT SELECT ON acs_user_mapping, acs_user_mapping_attempt")) {
            JdbcUserMappingStore.builder(pool).build().createSchemaIfMissing();
        }
    }

    @Test
    void createSchemaIfMissing_byARoleThatMayNotReadOneTable_namesIt() {
        try (HikariDataSource pool = poolOf("may_use_one_table", "GRANT SELECT ON acs_user_mapping")) {
            assertThatThrownBy(JdbcUserMappingStore.builder(pool).build()::createSchemaIfMissing)
                    .isInstanceOf(UserMappingStoreException.class)
                    .hasMessageContainingAll("table acs_user_mapping_attempt cannot be read", "42501")
                    .hasCauseInstanceOf(SQLException.class);
        }
    }

    @Test
    void joining_transactionThatHasFailed_tellsWhy() throws SQLException {
        try (Connection connection = DATA_SOURCE.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> statement.execute("DELETE FROM person_of_nowhere"))
                    .isInstanceOf(SQLException.class);

            assertThatThrownBy(() -> store.joining(connection).tombstone(CAROL))
                    .isInstanceOf(UserMappingStoreException.class)
                    .hasMessageContaining("25P02")
                    .hasStackTraceContaining("transaction is aborted");
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    @Test
    void joining_transactionThatHasFailedOverARow_hidesIt() throws SQLException {
        store.adopt(CAROL, USER);
        try (Connection connection = DATA_SOURCE.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> statement.execute("UPDATE acs_user_mapping SET state = 'GONE'"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("carol");

            assertThatThrownBy(() -> store.joining(connection).tombstone(CAROL))
                    .isInstanceOf(UserMappingStoreException.class)
                    .hasMessageContainingAll("25P02", "23514")
                    .hasNoCause();
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static HikariDataSource poolOf(String role, String grant) {
        Databases.execute(DATA_SOURCE, "CREATE ROLE " + role + " LOGIN", grant + " TO " + role);
        Server server = Server.postgres();
        return new Server(server.url().replace("user=postgres", "user=" + role), null, null).pool(1);
    }
}
