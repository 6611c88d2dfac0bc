/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.CreationAttempt;
import io.github.acsidentity.directory.DirectoryStats;
import io.github.acsidentity.directory.DiscardedUser;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserMapping;
import io.github.acsidentity.directory.UserMappingStore;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps user mappings in two tables of a relational database: PostgreSQL, MySQL, MariaDB, SQL Server or H2.
 *
 * <p>Safe for use by concurrent threads, and by as many processes as share the tables. Each method takes a connection
 * from the data source, commits what it does before it returns, and gives the connection back; statements that lose
 * against another transaction are repeated, at most five times. Therefore the data source must not hand out connections
 * of a transaction that is under way: use the plain one, not a proxy that joins transactions, nor a read replica. To
 * change a mapping together with rows of your own, see {@link #joining}.
 *
 * <p>The tests of this module run on PostgreSQL 18 and H2 at each build, and were run on MariaDB 11.4 with its own
 * driver and with that of MySQL. What a MySQL server and SQL Server are told follows their documentation and was not
 * run.
 *
 * <p>Times are kept in milliseconds, in UTC. {@link #expireReservations} ends one reservation after the other: each is
 * atomic, all of them together are not.
 */
public final class JdbcUserMappingStore implements UserMappingStore {

    private final StatementFactory statements;
    private final Schema schema;
    private final IntConsumer pause;
    private final Operations operations;
    private final Attempts attempts;

    private JdbcUserMappingStore(Builder builder) {
        Connections connections = new Connections(builder.dataSource);
        statements = new StatementFactory(builder.table, builder.database, builder.timeoutSeconds);
        schema = new Schema(connections, statements);
        pause = builder.pause;
        Session session = new OwnSession(connections, statements, pause);
        operations = new Operations(session, pause);
        attempts = new Attempts(session, operations);
    }

    /**
     * Begins a store.
     *
     * @param dataSource where connections come from; a pool, since each method takes one
     * @return a builder
     */
    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    /**
     * Creates the two tables if they are not there. Several processes may do so at once. Tables that exist are left as
     * they are, which is then like {@link #checkSchema} and needs no right to create tables. Who would rather not grant
     * that right runs the script for the database, a resource in {@code META-INF/acs-identity}, some other way.
     *
     * @throws io.github.acsidentity.directory.UserMappingStoreException if a table cannot be created, or is there and
     *     cannot be read
     */
    public void createSchemaIfMissing() {
        schema.createIfMissing();
    }

    /**
     * Looks whether both tables are there, with all their columns, and may be read. Without this, a missing table shows
     * only when it is needed, that of failed attempts not before something fails. Whether the tables may be changed is
     * not found out.
     *
     * @throws io.github.acsidentity.directory.UserMappingStoreException if they are not; it says which table, and its
     *     cause is what the database said
     */
    public void checkSchema() {
        schema.check();
    }

    /**
     * Joins a transaction of yours: for instance to delete a row of your own and mark the mapping as to be erased,
     * together or not at all.
     *
     * <p>What is returned never commits, rolls back beyond what it did itself, closes the connection or changes its
     * settings. After a failure, roll back.
     *
     * @param connection a connection to the same database; when the result is used, auto-commit is off, and the
     *     isolation READ COMMITTED, which is not the default of MySQL and MariaDB: with a higher one, a mapping that
     *     others have just made might be left out. Otherwise its methods throw {@link IllegalStateException}
     * @return what can be done there, to be used as long as the connection is, by one thread at a time
     */
    public JoinedMappings joining(Connection connection) {
        return new JoinedMappings(
                new Operations(new JoinedSession(requireNonNull(connection, "connection"), statements), pause));
    }

    @Override
    public Optional<UserMapping> find(ExternalId id) {
        return operations.find(id);
    }

    @Override
    public Optional<ExternalId> externalId(UserId user) {
        return boundId(operations.findUser(user));
    }

    @Override
    public UserMapping reserve(ExternalId id, CreationAttempt attempt) {
        return operations.reserve(id, attempt);
    }

    @Override
    public boolean bind(ExternalId id, CreationAttempt attempt, UserId user) {
        return operations.bind(id, attempt, user);
    }

    @Override
    public void release(ExternalId id, CreationAttempt attempt, boolean outcomeUnknown) {
        operations.release(id, attempt, outcomeUnknown);
    }

    @Override
    public void discard(ExternalId id, DiscardedUser discarded) {
        operations.discard(id, discarded.attempt(), discarded.user());
    }

    @Override
    public void settle(UUID requestId) {
        operations.settle(requestId);
    }

    @Override
    public UserMapping adopt(ExternalId id, UserId user) {
        return operations.adopt(id, user);
    }

    @Override
    public Optional<UserMapping.Erasing> tombstone(ExternalId id) {
        return operations.tombstone(id);
    }

    @Override
    public void forget(UserMapping.Erasing tombstone) {
        operations.forget(tombstone);
    }

    @Override
    public int expireReservations(Instant now) {
        return attempts.expireReservations(now);
    }

    @Override
    public List<UserMapping.Erasing> erasing(UserMapping.@Nullable Erasing after, int limit) {
        return attempts.erasing(after, limit);
    }

    @Override
    public List<DiscardedUser> discarded(@Nullable DiscardedUser after, int limit) {
        return attempts.discarded(after, limit);
    }

    @Override
    public List<CreationAttempt> unknown(int limit) {
        return attempts.unknown(limit);
    }

    @Override
    public DirectoryStats stats(Instant now) {
        return attempts.stats(now);
    }

    static Optional<ExternalId> boundId(Optional<UserMapping> mapping) {
        return mapping.filter(UserMapping.Bound.class::isInstance).map(UserMapping::externalId);
    }

    /** Options of a store. Not safe for concurrent use. */
    public static final class Builder {

        private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
        private static final int MAXIMUM_DOUBLINGS = 4;

        private final DataSource dataSource;
        private TableName table = TableName.parse(TableName.DEFAULT);
        private int timeoutSeconds = 5;
        private @Nullable Database database;
        private IntConsumer pause = Builder::pause;

        private Builder(DataSource dataSource) {
            this.dataSource = requireNonNull(dataSource, "dataSource");
        }

        /**
         * Sets the table of mappings; the other one has the same name with {@code _attempt} at its end. Default:
         * {@code acs_user_mapping}, in the schema that the connections are in.
         *
         * @param table {@code name} or {@code schema.name}, of ASCII letters, digits and underscores, not beginning
         *     with a digit; the schema at most 60 of them, the name at most 40. It is not quoted
         * @return this builder
         * @throws IllegalArgumentException if it is no such name
         */
        public Builder table(String table) {
            this.table = TableName.parse(table);
            return this;
        }

        /**
         * Sets which database it is. Default: the database is asked for the name of its product when it is first used.
         *
         * @param database the database that the one in use is, or behaves like
         * @return this builder
         */
        public Builder database(Database database) {
            this.database = requireNonNull(database, "database");
            return this;
        }

        /**
         * Sets how long a single statement may take. Default: 5 seconds. How long getting a connection takes is a
         * matter of the data source. Not on H2, which would keep it for the whole connection: its own lock time-out
         * bounds the wait there.
         *
         * @param timeout from 1 second to 1 day; fractions of a second count as a whole one
         * @return this builder
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder statementTimeout(Duration timeout) {
            if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException(
                        "statementTimeout must be from 1 second to 1 day, but was " + timeout);
            }
            timeoutSeconds = (int) timeout.plusNanos(999_999_999).toSeconds();
            return this;
        }

        /** Sets what waits before something that lost against another transaction is tried for the n-th time. */
        Builder pause(IntConsumer pause) {
            this.pause = pause;
            return this;
        }

        /**
         * Makes the store. Does not connect to the database.
         *
         * @return a store
         */
        public JdbcUserMappingStore build() {
            return new JdbcUserMappingStore(this);
        }

        /** Waits up to 10, 20, ... 160 milliseconds; not at all in a thread that is interrupted, which it stays. */
        private static void pause(int attempt) {
            long longest = FIRST_PAUSE.toNanos() << Math.min(attempt - 2, MAXIMUM_DOUBLINGS);
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
        }
    }
}
