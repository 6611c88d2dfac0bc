/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

class PostgresDirectoryTest extends DirectoryTests {

    PostgresDirectoryTest() {
        super(Server.postgres());
    }
}
