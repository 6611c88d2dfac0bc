/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.github.acsidentity.directory.CreationAttempt;
import io.github.acsidentity.directory.UserMappingStore;
import io.github.acsidentity.directory.UserMappingStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
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
    void bind_whileAnotherTransactionHoldsTheRow_failsInTimeAndCanBeRepeated() throws SQLException {
        CreationAttempt attempt = new CreationAttempt(UUID.randomUUID(), START, START.plusSeconds(60));
        store.reserve(CAROL, attempt);

        try (HikariDataSource pool = Server.postgres().pool(1);
                Connection other = DATA_SOURCE.getConnection();
                Statement lock = other.createStatement()) {
            UserMappingStore impatient = JdbcUserMappingStore.builder(pool)
                    .statementTimeout(Duration.ofSeconds(1))
                    .build();
            other.setAutoCommit(false);
            lock.execute("SELECT 1 FROM acs_user_mapping FOR UPDATE");

            UserMappingStoreException failure =
                    catchThrowableOfType(UserMappingStoreException.class, () -> impatient.bind(CAROL, attempt, USER));
            other.rollback();

            assertThat(failure.isTransient()).isTrue();
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            assertThat(impatient.bind(CAROL, attempt, USER)).isTrue();
        }
    }
}
