/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import javax.sql.DataSource;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = Server.GIVEN, matches = ".+", disabledReason = "no server is given")
class GivenServerStoreTest implements StoreTests {

    private static final DataSource DATA_SOURCE = Databases.given();

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
