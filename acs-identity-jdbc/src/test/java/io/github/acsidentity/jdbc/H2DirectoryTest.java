/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

class H2DirectoryTest extends DirectoryTests {

    H2DirectoryTest() {
        super(Server.h2());
    }
}
