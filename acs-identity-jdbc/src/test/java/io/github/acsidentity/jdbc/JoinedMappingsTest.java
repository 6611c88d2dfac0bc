/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.directory.UserMappingStore;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

class JoinedMappingsTest {

    @Test
    void joining_returnsNoStore_soThatNoDirectoryCanBeBuiltOverIt() throws NoSuchMethodException {
        Class<?> joined = JdbcUserMappingStore.class
                .getMethod("joining", Connection.class)
                .getReturnType();

        assertThat(UserMappingStore.class.isAssignableFrom(joined)).isFalse();
    }
}
