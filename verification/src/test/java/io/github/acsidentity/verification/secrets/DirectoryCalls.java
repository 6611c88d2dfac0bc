/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.secrets;

import static io.github.acsidentity.verification.secrets.ManagerCalls.CHAT;

import io.github.acsidentity.UserId;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.cache.CachingUserMappingStore;
import io.github.acsidentity.directory.InMemoryUserMappingStore;
import io.github.acsidentity.directory.UserDirectory;
import io.github.acsidentity.directory.UserMappingStore;
import io.github.acsidentity.directory.UserMappingStoreException;
import io.github.acsidentity.jdbc.JdbcUserMappingStore;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.h2.jdbcx.JdbcDataSource;

/** All operations of a directory over each store, while the service and the database fail as well. */
final class DirectoryCalls {

    private static final Set<String> UNSAVED = Set.of("bind", "discard", "settle");

    private final ManagerCalls calls;
    private final FakeIdentityService service;
    private final Diary diary;

    DirectoryCalls(ManagerCalls calls, Diary diary) {
        this.calls = calls;
        this.service = calls.emulator().service();
        this.diary = diary;
    }

    void run() throws SQLException {
        run("in memory", new InMemoryUserMappingStore());
        run("where nothing is saved", savingNothing(new InMemoryUserMappingStore()));
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:secrets;DB_CLOSE_DELAY=-1");
        database.setUser("owner");
        database.setPassword(diary.keep("PasswordOfTheDatabase2026"));
        JdbcUserMappingStore store = JdbcUserMappingStore.builder(database).build();
        CachingUserMappingStore cached =
                CachingUserMappingStore.builder(store).timeSource(calls.clock()).build();
        run("without tables", cached);
        store.createSchemaIfMissing();
        run("in a database", cached);
        diary.write("statistics of the store", () -> List.of(store, cached, cached.stats()));
        execute(database, "alter table acs_user_mapping rename to gone");
        cached.invalidateAll();
        run("with a table gone", cached);
        execute(database, "shutdown");
        database.setUser("stranger");
        run("without a connection", cached);
    }

    private void run(String label, UserMappingStore store) {
        AcsIdentityManager adapter = calls.adapter();
        CachingIdentityManager manager = CachingIdentityManager.builder(adapter)
                .timeSource(calls.clock())
                .build();
        UserDirectory directory = UserDirectory.builder(manager, store)
                .timeSource(calls.clock())
                .waitTimeout(Duration.ofMillis(100))
                .erasuresPerSecond(1000)
                .build();
        try (manager;
                directory) {
            UserId stranger = calls.newUser();
            diary.write(label + ": get", () -> directory.getToken("alice", CHAT));
            diary.write(label + ": resolve", () -> directory.resolve("alice"));
            diary.write(label + ": whose", () -> directory.externalId(directory.resolve("alice")));
            diary.write(label + ": adopt", () -> directory.adoptAll(Map.of("bob", stranger, "alice", stranger)));
            diary.write(label + ": revoke", () -> {
                directory.revokeTokens("alice");
                return "done";
            });
            for (Fault fault :
                    List.of(Fault.lostAnswer(), Fault.malformedBody(), Fault.status(403), Fault.throttled())) {
                service.faults().on().always(fault);
                diary.write(label + ", " + fault + ": get", () -> directory.getToken("carol " + fault, CHAT));
                diary.write(label + ", " + fault + ": delete", () -> directory.delete("alice"));
                service.faults().clear();
            }
            diary.write(label + ": unknown attempts", () -> directory.unknownAttempts(10));
            diary.write(
                    label + ": purge",
                    () -> directory.purge(List.of("alice", "bob"), progress -> diary.write("purge", () -> progress)));
            diary.write(label + ": recover", directory::recover);
            diary.write(label + ": statistics", () -> List.of(directory, store, directory.stats()));
        }
        diary.write(label + ": closed", () -> directory.getToken("alice", CHAT));
    }

    /** Creations begin well and cannot be ended. */
    private static UserMappingStore savingNothing(UserMappingStore store) {
        return (UserMappingStore) Proxy.newProxyInstance(
                UserMappingStore.class.getClassLoader(),
                new Class<?>[] {UserMappingStore.class},
                (proxy, method, arguments) -> {
                    if (UNSAVED.contains(method.getName())) {
                        throw new UserMappingStoreException("Nothing is saved", true, null);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private static void execute(JdbcDataSource database, String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                var open = connection.createStatement()) {
            open.execute(statement);
        }
    }
}
