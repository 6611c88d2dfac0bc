/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.acsidentity.directory.CreationAttempt;
import io.github.acsidentity.directory.UserMapping.Reserved;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class H2StoreTest implements StoreTests {

    private static final DataSource DATA_SOURCE = Databases.h2();

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
    void reserve_afterTheConnectionThatMadeTheTablesIsClosed_succeeds() {
        try (HikariDataSource pool = Server.h2().pool(1)) {
            JdbcUserMappingStore.builder(pool).table("left_behind").build().createSchemaIfMissing();
        }
        JdbcUserMappingStore leftBehind =
                JdbcUserMappingStore.builder(DATA_SOURCE).table("left_behind").build();
        CreationAttempt attempt = new CreationAttempt(UUID.randomUUID(), START, START.plusSeconds(60));

        assertThat(leftBehind.reserve(CAROL, attempt)).isEqualTo(new Reserved(CAROL, attempt));
        assertThat(leftBehind.bind(CAROL, attempt, USER)).isTrue();
    }
}
