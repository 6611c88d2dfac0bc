/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.CreationAttempt;
import io.github.acsidentity.directory.DirectoryStats;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserMapping.Bound;
import io.github.acsidentity.directory.UserMapping.Erasing;
import io.github.acsidentity.directory.UserMapping.Reserved;
import io.github.acsidentity.directory.UserMappingStore;
import io.github.acsidentity.directory.UserMappingStoreException;
import io.github.acsidentity.testing.contract.UserMappingStoreContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds on every database, beyond the contract. */
interface StoreTests extends UserMappingStoreContract {

    ExternalId CAROL = new ExternalId("tenant", "carol@example.com");
    UserId USER = new UserId("8:acs:5f1c2a9e-0d3b-4c7a-9b1e-2f6a8c4d7e90_carol");
    Instant START = Instant.parse("2026-03-29T01:30:00.123Z");

    DataSource dataSource();

    @Override
    JdbcUserMappingStore store();

    @BeforeEach
    default void createSchema() {
        store().createSchemaIfMissing();
        clear();
    }

    @AfterEach
    default void clear() {
        Databases.execute(dataSource(), "DELETE FROM acs_user_mapping", "DELETE FROM acs_user_mapping_attempt");
    }

    @Test
    default void createSchemaIfMissing_byManyAtOnce_succeedsForAll() {
        JdbcUserMappingStore store =
                JdbcUserMappingStore.builder(dataSource()).table("many_at_once").build();
        Databases.execute(
                dataSource(), "DROP TABLE IF EXISTS many_at_once", "DROP TABLE IF EXISTS many_at_once_attempt");

        CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(store::createSchemaIfMissing))
                        .limit(6)
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(store.adopt(CAROL, USER)).isEqualTo(new Bound(CAROL, USER));
        assertThat(store().find(CAROL)).isEmpty();
    }

    @Test
    default void table_inASchema_isUsed() {
        Databases.createSchema(dataSource(), "acs");
        JdbcUserMappingStore store =
                JdbcUserMappingStore.builder(dataSource()).table("acs.users").build();
        store.createSchemaIfMissing();
        store.createSchemaIfMissing();

        store.adopt(CAROL, USER);

        Databases.execute(dataSource(), "DELETE FROM acs.users_attempt");
        assertThat(store.externalId(USER)).contains(CAROL);
        Databases.execute(dataSource(), "DELETE FROM acs.users");
        assertThat(store.externalId(USER)).isEmpty();
    }

    @Test
    default void tables_missing_areReportedByNameWithTheRemedyAndTheWordsOfTheDatabase() {
        UserMappingStore store =
                JdbcUserMappingStore.builder(dataSource()).table("not_there").build();

        assertThatThrownBy(() -> store.find(CAROL))
                .isInstanceOf(UserMappingStoreException.class)
                .hasMessageContainingAll("table not_there or not_there_attempt", "createSchemaIfMissing()", "script")
                .hasMessageNotContaining("carol")
                .hasCauseInstanceOf(SQLException.class);
    }

    @Test
    default void schema_missing_isReportedWithTheWordsOfTheDatabase() {
        JdbcUserMappingStore store = JdbcUserMappingStore.builder(dataSource())
                .table("nowhere.users")
                .build();

        UserMappingStoreException failure =
                catchThrowableOfType(UserMappingStoreException.class, store::createSchemaIfMissing);

        assertThat(failure)
                .hasMessageContaining("tables nowhere.users and nowhere.users_attempt cannot be created")
                .hasCauseInstanceOf(SQLException.class)
                .hasStackTraceContaining("nowhere");
        assertThat(failure.isTransient()).isFalse();
        assertThatThrownBy(() -> store.find(CAROL))
                .hasMessageContaining("not in the schema")
                .hasCauseInstanceOf(SQLException.class);
    }

    @Test
    default void checkSchema_tableOfAttemptsMissing_namesIt() {
        JdbcUserMappingStore store =
                JdbcUserMappingStore.builder(dataSource()).table("half_there").build();
        store.createSchemaIfMissing();
        store.checkSchema();
        Databases.execute(dataSource(), "DROP TABLE half_there_attempt");

        assertThatThrownBy(store::checkSchema)
                .isInstanceOf(UserMappingStoreException.class)
                .hasMessageContainingAll("table half_there_attempt is not there", "createSchemaIfMissing()", "script")
                .hasCauseInstanceOf(SQLException.class);

        store.createSchemaIfMissing();
        store.checkSchema();
    }

    @Test
    default void createSchemaIfMissing_tableWithoutAColumn_isReported() {
        JdbcUserMappingStore store =
                JdbcUserMappingStore.builder(dataSource()).table("misshapen").build();
        store.createSchemaIfMissing();
        Databases.execute(dataSource(), "ALTER TABLE misshapen_attempt DROP COLUMN user_id");

        assertThatThrownBy(store::createSchemaIfMissing)
                .isInstanceOf(UserMappingStoreException.class)
                .hasMessageContaining("table misshapen_attempt cannot be read")
                .hasCauseInstanceOf(SQLException.class);
        Databases.execute(dataSource(), "DROP TABLE misshapen", "DROP TABLE misshapen_attempt");
    }

    @Test
    default void times_finerThanMilliseconds_areCutOff() {
        Instant fine = START.plusNanos(456_789);
        CreationAttempt attempt = new CreationAttempt(UUID.randomUUID(), fine, fine.plusSeconds(60));

        assertThat(store().reserve(CAROL, attempt)).isEqualTo(new Reserved(CAROL, attempt));
        assertThat(store().reserve(CAROL, attempt)).isEqualTo(new Reserved(CAROL, attempt));

        assertThat(store().find(CAROL))
                .contains(new Reserved(CAROL, new CreationAttempt(attempt.requestId(), START, START.plusSeconds(60))));
    }

    @Test
    default void bind_userOfAnother_namesNobody() {
        store().adopt(ExternalId.of("other@example.com"), USER);
        CreationAttempt attempt = attempt(START);
        store().reserve(CAROL, attempt);

        UserMappingStoreException failure =
                catchThrowableOfType(UserMappingStoreException.class, () -> store().bind(CAROL, attempt, USER));

        assertThat(failure).hasMessageNotContaining("example.com").hasNoCause();
        assertThat(failure.isTransient()).isFalse();
    }

    @Test
    default void connection_withoutAutoCommit_isCommitted() {
        UserMappingStore store = JdbcUserMappingStore.builder(
                        new ConfiguredDataSource(dataSource(), on -> on.setAutoCommit(false)))
                .build();
        CreationAttempt attempt = attempt(START);
        CreationAttempt later = attempt(attempt.expiresAt());

        store.reserve(CAROL, attempt);
        assertThat(store().find(CAROL)).contains(new Reserved(CAROL, attempt));
        store.reserve(CAROL, later);
        assertThat(store().unknown(10)).containsExactly(attempt);
        store.bind(CAROL, later, USER);
        assertThat(store().externalId(USER)).contains(CAROL);
    }

    @Test
    default void joining_rolledBack_leavesNoTrace() throws SQLException {
        store().adopt(CAROL, USER);

        try (Connection connection = dataSource().getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            JoinedMappings joined = store().joining(connection);
            assertThat(joined.tombstone(CAROL)).contains(new Erasing(CAROL, USER));
            assertThat(joined.find(CAROL)).contains(new Erasing(CAROL, USER));
            assertThat(joined.externalId(USER)).isEmpty();
            connection.rollback();
            connection.setAutoCommit(true);
        }

        assertThat(store().find(CAROL)).contains(new Bound(CAROL, USER));
    }

    @Test
    default void joining_committed_isKept() throws SQLException {
        CreationAttempt attempt = attempt(START);
        store().reserve(CAROL, attempt);

        try (Connection connection = dataSource().getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            JoinedMappings joined = store().joining(connection);
            assertThat(joined.adopt(CAROL, USER)).isEqualTo(new Bound(CAROL, USER));
            assertThat(joined.adopt(ExternalId.of("dave"), USER)).isEqualTo(new Bound(CAROL, USER));
            assertThat(connection.getAutoCommit()).isFalse();
            connection.commit();
            connection.setAutoCommit(true);
        }

        assertThat(store().find(CAROL)).contains(new Bound(CAROL, USER));
        assertThat(store().unknown(10)).containsExactly(attempt);
    }

    @ParameterizedTest
    @ValueSource(ints = {Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE})
    default void joining_withAnIsolationThatHidesNewMappings_isRefused(int isolation) throws SQLException {
        try (Connection connection = dataSource().getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(isolation);
            JoinedMappings joined = store().joining(connection);

            assertThatThrownBy(() -> joined.tombstone(CAROL))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("READ COMMITTED");
        }
    }

    @Test
    default void joining_leavesTheTimeOutOfOtherStatementsAlone() throws SQLException {
        try (Connection connection = dataSource().getConnection();
                java.sql.Statement own = connection.createStatement()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            own.setQueryTimeout(7);

            store().joining(connection).find(CAROL);

            assertThat(own.getQueryTimeout()).isEqualTo(7);
            own.setQueryTimeout(0);
            connection.rollback();
        }
    }

    @Test
    default void joining_withoutATransaction_isRefused() throws SQLException {
        try (Connection connection = dataSource().getConnection()) {
            JoinedMappings joined = store().joining(connection);

            assertThatThrownBy(() -> joined.find(CAROL)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> joined.adopt(CAROL, USER)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(store().find(CAROL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Connection.TRANSACTION_READ_COMMITTED,
                Connection.TRANSACTION_REPEATABLE_READ,
                Connection.TRANSACTION_SERIALIZABLE
            })
    default void changes_byManyAtOnce_areNeverLostWhateverTheIsolation(int isolation) {
        int threads = 12;
        int ids = 15;
        JdbcUserMappingStore isolated = JdbcUserMappingStore.builder(
                        new ConfiguredDataSource(dataSource(), on -> on.setTransactionIsolation(isolation)))
                .build();
        Set<UserId> bound = ConcurrentHashMap.newKeySet();
        Set<UserId> erased = ConcurrentHashMap.newKeySet();
        Queue<CreationAttempt> withdrawn = new ConcurrentLinkedQueue<>();

        double unused = Crowd.run(threads, thread -> {
            for (int i = 0; i < ids; i++) {
                ExternalId id = ExternalId.of("user " + i);
                CreationAttempt attempt = attempt(START);
                UserId user = new UserId("8:acs:5f1c2a9e-0d3b-4c7a-9b1e-2f6a8c4d7e90_" + i + "_" + thread);
                if (isolated.reserve(id, attempt).equals(new Reserved(id, attempt))) {
                    if (thread % 4 == 3) {
                        isolated.release(id, attempt, true);
                        withdrawn.add(attempt);
                    } else if (isolated.bind(id, attempt, user)) {
                        bound.add(user);
                    } else {
                        withdrawn.add(attempt);
                    }
                } else if (thread % 4 == 0) {
                    isolated.tombstone(id).ifPresent(tombstone -> {
                        isolated.forget(tombstone);
                        erased.add(tombstone.user());
                    });
                } else if (isolated.adopt(id, user).equals(new Bound(id, user))) {
                    bound.add(user);
                }
            }
        });

        bound.removeAll(erased);
        assertThat(store().stats(START)).isEqualTo(new DirectoryStats(bound.size(), 0, 0, 0, withdrawn.size()));
        assertThat(bound)
                .allSatisfy(user -> assertThat(store().externalId(user)).isPresent());
        assertThat(store().unknown(1_000)).containsExactlyInAnyOrderElementsOf(withdrawn);
    }

    @Test
    default void bind_whileAnotherTransactionHoldsTheRow_failsInTimeAndCanBeRepeated() throws SQLException {
        CreationAttempt attempt = attempt(START);
        store().reserve(CAROL, attempt);
        UserMappingStore impatient = JdbcUserMappingStore.builder(dataSource())
                .statementTimeout(Duration.ofSeconds(1))
                .build();

        try (Connection other = dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeUpdate("UPDATE acs_user_mapping SET namespace = namespace");
            UserMappingStoreException failure =
                    catchThrowableOfType(UserMappingStoreException.class, () -> impatient.bind(CAROL, attempt, USER));
            other.rollback();
            other.setAutoCommit(true);

            assertThat(failure.isTransient()).isTrue();
        }
        assertThat(impatient.bind(CAROL, attempt, USER)).isTrue();
    }

    @Test
    default void tables_refuseRowsThatAreNoMappings() {
        store().adopt(CAROL, USER);

        for (String change : List.of("state = 'GONE'", "state = 'RESERVED'", "user_id = NULL", "request_id = '1'")) {
            assertThatThrownBy(() -> Databases.execute(dataSource(), "UPDATE acs_user_mapping SET " + change))
                    .hasCauseInstanceOf(SQLException.class);
        }
        assertThat(store().find(CAROL)).contains(new Bound(CAROL, USER));
    }

    private static CreationAttempt attempt(Instant start) {
        return new CreationAttempt(UUID.randomUUID(), start, start.plusSeconds(60));
    }
}
