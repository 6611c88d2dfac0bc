/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Gets connections. */
record Connections(DataSource dataSource) {

    Connection open() {
        try {
            return dataSource.getConnection();
        } catch (SQLException | RuntimeException e) {
            throw Failures.ofConnecting(e);
        }
    }
}
