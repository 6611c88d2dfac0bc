/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserMapping.Erasing;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** H2 understands the standard's way to limit results, which SQL Server has. */
class SqlServerStatementsTest {

    @Test
    void pages_limitedInTheStandardWay_areRead() {
        DataSource source = Databases.h2();
        JdbcUserMappingStore.builder(source).table("paged").build().createSchemaIfMissing();
        JdbcUserMappingStore store = JdbcUserMappingStore.builder(source)
                .table("paged")
                .database(Database.SQL_SERVER)
                .build();
        for (int i = 0; i < 3; i++) {
            ExternalId id = ExternalId.of("user " + i);
            store.adopt(id, new UserId("8:acs:5f1c2a9e-0d3b-4c7a-9b1e-2f6a8c4d7e90_" + i));
            store.tombstone(id);
        }

        Erasing second = store.erasing(null, 2).get(1);

        assertThat(store.erasing(second, 2)).hasSize(1);
        assertThat(store.unknown(1)).isEmpty();
        assertThat(store.discarded(null, 1)).isEmpty();
    }
}
