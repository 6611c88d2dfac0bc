/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeSourceTest {

    @Test
    void system_isOneSourceThatFollowsTheClocksOfTheSystem() {
        TimeSource system = TimeSource.system();

        long before = System.currentTimeMillis();
        long millis = system.millis();
        long after = System.currentTimeMillis();

        assertThat(millis).isBetween(before, after);
        assertThat(system).isSameAs(TimeSource.system());
    }

    @Test
    void nanos_ofTheSystem_neverRunBackwards() {
        TimeSource system = TimeSource.system();

        long before = System.nanoTime();
        long nanos = system.nanos();
        long after = System.nanoTime();

        assertThat(nanos - before).isNotNegative();
        assertThat(after - nanos).isNotNegative();
    }
}
