/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServicePerInstanceTest {

    private static final Map<String, String> PARALLEL = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

    @Test
    void service_perMethod_isAnotherForEachTest() {
        checkPerMethod(Run.of(LifeCycleCases.PerMethod.class));
    }

    @Test
    void service_perMethodInParallel_isAnotherForEachTest() {
        checkPerMethod(Run.of(PARALLEL, LifeCycleCases.PerMethod.class));
    }

    @Test
    void service_perClass_isSharedByAllTests() {
        checkPerClass(Run.of(LifeCycleCases.PerClass.class));
    }

    @Test
    void service_perClassInParallel_isSharedByAllTests() {
        checkPerClass(Run.of(PARALLEL, LifeCycleCases.PerClass.class));
    }

    @Test
    void tests_atTheSameTime_doNotSeeEachOther() {
        Run run = Run.of(PARALLEL, LifeCycleCases.SideBySide.class);

        assertThat(run.failures()).isEmpty();
        assertThat(run.published(LifeCycleCases.OUTER)).hasSize(3).doesNotHaveDuplicates();
    }

    private static void checkPerMethod(Run run) {
        assertThat(run.failures()).isEmpty();
        List<String> ofOneTest = new ArrayList<>(run.published(LifeCycleCases.OUTER));
        ofOneTest.addAll(run.published(LifeCycleCases.NESTED));
        List<String> ofNestedPerClass = run.published("shared");
        assertThat(ofOneTest).hasSize(5).doesNotHaveDuplicates().doesNotContainAnyElementsOf(ofNestedPerClass);
        assertThat(ofNestedPerClass).hasSize(2);
        assertThat(Set.copyOf(ofNestedPerClass)).hasSize(1);
    }

    private static void checkPerClass(Run run) {
        assertThat(run.failures()).isEmpty();
        List<String> ids = new ArrayList<>(run.published(LifeCycleCases.OUTER));
        ids.addAll(run.published(LifeCycleCases.NESTED));
        assertThat(ids).hasSize(5);
        assertThat(new HashSet<>(ids)).hasSize(1);
    }
}
