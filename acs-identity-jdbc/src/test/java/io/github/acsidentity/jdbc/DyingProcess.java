/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.directory.UserDirectory;
import io.github.acsidentity.directory.UserMappingStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process that ends in the middle of its work, as if it were killed: a program of its own. Its arguments are the URL
 * of the database, the table, {@code create} or {@code delete}, and where it ends: {@code before}, {@code within} or
 * {@code after}, and a method of the store or the manager.
 */
final class DyingProcess {

    static final int KILLED = 137;
    static final String EXTERNAL_ID = "alice";
    static final String CONNECTION_STRING = "COMMUNICATION_SERVICES_CONNECTION_STRING";

    private final String end;

    private DyingProcess(String end) {
        this.end = end;
    }

    public static void main(String[] arguments) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(arguments[0]);
        UserMappingStore store =
                JdbcUserMappingStore.builder(source).table(arguments[1]).build();
        new DyingProcess(arguments[3]).run(store, arguments[2].equals("delete"));
    }

    private void run(UserMappingStore store, boolean delete) {
        try (IdentityManager manager = manager();
                UserDirectory directory = UserDirectory.builder(
                                mortal(IdentityManager.class, manager), mortal(UserMappingStore.class, store))
                        .build()) {
            if (delete) {
                directory.delete(EXTERNAL_ID);
            } else {
                directory.resolve(EXTERNAL_ID);
            }
        }
    }

    private IdentityManager manager() {
        AcsIdentityManager.Builder builder =
                AcsIdentityManager.builder().connectionString(System.getenv(CONNECTION_STRING));
        if (end.startsWith("within ")) {
            // the service has the request, and what it says to it is not read any more
            builder.addPolicy((context, next) -> next.process().doOnTerminate(DyingProcess::die));
        }
        return builder.build();
    }

    private <T> T mortal(Class<T> type, T delegate) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    dieIf("before " + method.getName());
                    Object result;
                    try {
                        result = method.invoke(delegate, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (result instanceof AsyncIdentityManager async) {
                        return mortal(AsyncIdentityManager.class, async);
                    }
                    if (result instanceof CompletableFuture<?> answer) {
                        return answer.whenComplete((value, failure) -> dieIf("after " + method.getName()));
                    }
                    dieIf("after " + method.getName());
                    return result;
                }));
    }

    private void dieIf(String point) {
        if (point.equals(end)) {
            die();
        }
    }

    private static void die() {
        Runtime.getRuntime().halt(KILLED);
    }
}
