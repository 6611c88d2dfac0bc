/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A database server that tests run on.
 *
 * @param url the address, as its driver wants it
 * @param user who logs in, {@code null} if the URL says it
 * @param password the password, {@code null} if there is none
 */
record Server(String url, @Nullable String user, @Nullable String password) {

    /** The property whose value is the URL of a server given by whoever runs the tests. */
    static final String GIVEN = "acs.identity.jdbc.url";

    static Server h2() {
        return new Server("jdbc:h2:mem:mappings;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=2000", null, null);
    }

    /** A server of its own, which ends with the process. */
    static Server postgres() {
        return new Server(RunningPostgres.URL, null, null);
    }

    /** A new server that waits for its disk at each commit, unlike the one for tests; it ends with the process. */
    static Server durablePostgres() {
        return new Server(
                start(EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")),
                null,
                null);
    }

    static Server given() {
        return new Server(
                System.getProperty(GIVEN),
                System.getProperty("acs.identity.jdbc.user"),
                System.getProperty("acs.identity.jdbc.password"));
    }

    HikariDataSource pool(int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        return new HikariDataSource(config);
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "Server[url=" + url + "]";
    }

    private static String start(EmbeddedPostgres.Builder builder) {
        try {
            return builder.start().getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Started when it is first needed. */
    private static final class RunningPostgres {

        static final String URL = Server.start(EmbeddedPostgres.builder());
    }
}
