/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.directory.UserDirectory;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;

/**
 * What one process of an application has: connections, a manager and a directory of its own.
 *
 * @param pool the connections
 * @param store the store that uses them
 * @param manager the manager
 * @param directory the directory over both
 */
record Replica(HikariDataSource pool, JdbcUserMappingStore store, IdentityManager manager, UserDirectory directory)
        implements AutoCloseable {

    private static final int CONNECTIONS = 8;

    static Replica start(Server server, String table, FakeIdentityService service, TimeSource time) {
        HikariDataSource pool = server.pool(CONNECTIONS);
        JdbcUserMappingStore store =
                JdbcUserMappingStore.builder(pool).table(table).build();
        store.createSchemaIfMissing();
        IdentityManager manager = FakeIdentityManager.on(service);
        UserDirectory directory = UserDirectory.builder(manager, store)
                .timeSource(time)
                .erasuresPerSecond(1_000)
                .build();
        return new Replica(pool, store, manager, directory);
    }

    /** Returns how many connections were not given back. */
    int connectionsInUse() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    @Override
    public void close() {
        directory.close();
        manager.close();
        pool.close();
    }
}
