/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import javax.sql.DataSource;

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
}
