/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Hands out connections, on which one call, counted over all of them, or each fails. Not safe for concurrent use. */
final class BreakingDataSource {

    private static final List<String> CALLS = List.of("prepareStatement", "commit");

    private static final int EACH = -1;

    private final DataSource source;
    private final int failing;
    private final String state;
    private final List<Boolean> autoCommitWhenClosed = new ArrayList<>();
    private int calls;

    BreakingDataSource(DataSource source, int failing, String state) {
        this.source = source;
        this.failing = failing;
        this.state = state;
    }

    static BreakingDataSource always(DataSource source, String state) {
        return new BreakingDataSource(source, EACH, state);
    }

    DataSource proxy() {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> connection(source.getConnection()));
    }

    /** Whether each connection was given back as it came. */
    List<Boolean> autoCommitWhenClosed() {
        return autoCommitWhenClosed;
    }

    boolean hasFailed() {
        return calls > failing;
    }

    private Connection connection(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (CALLS.contains(method.getName()) && (calls++ == failing || failing == EACH)) {
                        throw new SQLException("made to fail", state);
                    }
                    if (method.getName().equals("close")) {
                        autoCommitWhenClosed.add(real.getAutoCommit());
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
