/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import java.sql.SQLException;

/** Where statements are run: on connections of the store's own, or within a transaction of the caller. */
interface Session {

    /** Runs one statement. */
    <T> T run(Work<T> work);

    /**
     * Runs statements that happen together or not at all.
     *
     * @return what {@code work} returned; if {@code false}, nothing has happened
     */
    boolean together(Work<Boolean> work);

    /** Statements to run. Run again if another transaction was in their way. */
    @FunctionalInterface
    interface Work<T> {

        T run(Statement statement) throws SQLException;
    }
}
