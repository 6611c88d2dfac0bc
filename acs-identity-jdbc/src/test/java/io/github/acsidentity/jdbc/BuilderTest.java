/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BuilderTest {

    @Test
    void statementTimeout_outOfRange_isRefused() {
        JdbcUserMappingStore.Builder builder = JdbcUserMappingStore.builder(Databases.h2());

        assertThatIllegalArgumentException().isThrownBy(() -> builder.statementTimeout(Duration.ofMillis(999)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.statementTimeout(Duration.ofDays(2)));
    }
}
