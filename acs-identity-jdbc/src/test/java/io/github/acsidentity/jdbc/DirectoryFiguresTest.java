/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.cache.CachingUserMappingStore;
import io.github.acsidentity.directory.UserDirectory;
import io.github.acsidentity.testing.FakeIdentityService;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures how many users a directory resolves in a second from PostgreSQL on the same machine, over a pool of eight
 * connections and a service that answers at once.
 */
@EnabledIfSystemProperty(named = Figures.PROPERTY, matches = "true", disabledReason = "no figures are wanted")
class DirectoryFiguresTest {

    private static final String TABLE = "measured_users";
    private static final int USERS = 10_000;
    private static final long WARM_UP_NANOS = 3_000_000_000L;
    private static final long MEASURED_NANOS = 5_000_000_000L;

    @Test
    void resolve_fromServerThatWaitsForItsDisk_isMeasured() {
        Server server = Server.durablePostgres();
        try (HikariDataSource pool = server.pool(1)) {
            assertThat(setting(pool, "fsync") + setting(pool, "synchronous_commit"))
                    .isEqualTo("onon");
        }
        measure("fsync on", server);
    }

    @Test
    void resolve_fromServerThatDoesNot_isMeasured() {
        measure("fsync off", Server.postgres());
    }

    private static void measure(String disk, Server server) {
        FakeIdentityService service = FakeIdentityService.create();
        try (Replica replica = Replica.start(server, TABLE, service, TimeSource.system())) {
            AtomicLong next = new AtomicLong();
            Runnable anew = () -> replica.directory().resolve("user " + next.getAndIncrement());
            while (next.get() < USERS) {
                anew.run();
            }
            Runnable existing = () -> replica.directory()
                    .resolve("user " + ThreadLocalRandom.current().nextInt(USERS));

            measure(disk, "existing users", 1, existing);
            measure(disk, "existing users", 16, existing);
            measureRemembered(disk, replica);
            measure(disk, "new users", 1, anew);
            measure(disk, "new users", 16, anew);

            assertThat(replica.directory().stats().bound()).isEqualTo(next.get());
            assertThat(service.users()).hasSize((int) next.get());
        }
    }

    private static void measureRemembered(String disk, Replica replica) {
        CachingUserMappingStore remembering =
                CachingUserMappingStore.builder(replica.store()).build();
        try (UserDirectory directory =
                UserDirectory.builder(replica.manager(), remembering).build()) {
            Runnable existing = () ->
                    directory.resolve("user " + ThreadLocalRandom.current().nextInt(USERS));

            measure(disk, "existing users, remembered", 1, existing);
            measure(disk, "existing users, remembered", 16, existing);

            assertThat(remembering.stats().hits())
                    .isGreaterThan(remembering.stats().misses());
        }
    }

    private static void measure(String disk, String what, int threads, Runnable task) {
        repeat(threads, WARM_UP_NANOS, task);
        double rate = repeat(threads, MEASURED_NANOS, task);
        Figures.print("PostgreSQL, %-9s, pool of 8, %2d threads: %,8.0f resolves/s of %s", disk, threads, rate, what);
    }

    private static String setting(HikariDataSource pool, String name) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double repeat(int threads, long nanos, Runnable task) {
        AtomicLong done = new AtomicLong();
        double seconds = Crowd.run(threads, thread -> {
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                task.run();
                done.incrementAndGet();
            }
        });
        return done.get() / seconds;
    }
}
