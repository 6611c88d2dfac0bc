/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserMappingStoreException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is reported when there is no connection. */
class ConnectionsTest {

    @ParameterizedTest
    @CsvSource({"/postgres?, /nowhere?, 3D000", "user=postgres, user=nobody, 28000"})
    void open_mistakeBehindAPoolThatConnectsLater_isNotTransient(String part, String mistake, String state) {
        try (HikariDataSource pool = lazyPool(Server.postgres().url().replace(part, mistake))) {
            UserMappingStoreException failure = failure(pool);

            assertThat(failure).hasMessageContaining(state).hasStackTraceContaining("\"no");
            assertThat(failure.isTransient()).isFalse();
        }
    }

    @Test
    void open_poolWithoutItsDriver_isTranslated() {
        try (HikariDataSource pool = lazyPool("jdbc:nothing:of-this-kind")) {
            UserMappingStoreException failure = failure(pool);

            assertThat(failure).hasCauseInstanceOf(RuntimeException.class);
            assertThat(failure.isTransient()).isFalse();
        }
    }

    @Test
    void open_closedPool_isTranslatedWithItsWords() {
        HikariDataSource pool = Server.h2().pool(1);
        pool.close();
        JdbcConnectionPool other = JdbcConnectionPool.create(Server.h2().url(), "", "");
        other.dispose();

        assertThat(failure(pool)).hasStackTraceContaining("has been closed");
        assertThat(failure(other)).hasCauseInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:tcp://localhost:1/nowhere, 90067, true",
        "jdbc:h2:nowhere, 90011, false",
        "jdbc:h2:mem:nowhere;IFEXISTS=TRUE, 90146, false",
    })
    void open_h2NotThere_isReportedWithItsWords(String url, String state, boolean isTransient) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);

        UserMappingStoreException failure = failure(source);

        assertThat(failure).hasMessageContaining(state).hasStackTraceContaining("-" + h2Build());
        assertThat(failure.isTransient()).isEqualTo(isTransient);
    }

    /** The same from each door. */
    private static UserMappingStoreException failure(DataSource source) {
        JdbcUserMappingStore store =
                JdbcUserMappingStore.builder(source).database(Database.H2).build();
        UserMappingStoreException failure = catchThrowableOfType(
                UserMappingStoreException.class, () -> store.find(ExternalId.of("alice@example.com")));
        UserMappingStoreException ofSchema =
                catchThrowableOfType(UserMappingStoreException.class, store::createSchemaIfMissing);
        UserMappingStoreException ofCheck = catchThrowableOfType(UserMappingStoreException.class, store::checkSchema);

        assertThat(ofSchema).hasMessage(failure.getMessage());
        assertThat(ofCheck).hasMessage(failure.getMessage());
        assertThat(failure)
                .hasMessageStartingWith("The data source gave no connection: ")
                .hasMessageNotContaining("alice");
        assertThat(failure.getCause()).isNotNull();
        return failure;
    }

    /** Does nothing before it is asked for a connection, and gives up soon. */
    private static HikariDataSource lazyPool(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionTimeout(250);
        return pool;
    }

    private static int h2Build() {
        return org.h2.engine.Constants.BUILD_ID;
    }
}
