/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = Server.GIVEN, matches = ".+", disabledReason = "no server is given")
class GivenServerDirectoryTest extends DirectoryTests {

    GivenServerDirectoryTest() {
        super(Server.given());
    }
}
