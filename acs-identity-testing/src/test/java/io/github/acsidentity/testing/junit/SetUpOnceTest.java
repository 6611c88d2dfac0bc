/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetUpOnceTest {

    @ParameterizedTest
    @ValueSource(classes = {SetUpCases.NestedStart.class, SetUpCases.ExtensionInOneNestedClassEach.class})
    void startingAt_ofANestedClass_countsThere(Class<?> type) {
        Run run = Run.of(type);

        assertThat(run.failures()).isEmpty();
        assertThat(run.tests().succeeded().count()).isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                SetUpCases.AnnotationAndExtension.class,
                SetUpCases.AnnotationAndExtensionOfTheInstance.class,
                SetUpCases.ExtensionOfANestedClass.class
            })
    void extension_besideAnother_isRefused(Class<?> type) {
        Run run = Run.of(type);

        assertThat(run.thrown())
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .isInstanceOf(ExtensionConfigurationException.class)
                        .hasMessageContaining("more than one AcsIdentityExtension"));
    }

    @Test
    void startingAt_ofANestedClassThatSharesAService_isRefused() {
        Run run = Run.of(SetUpCases.NestedStartOfASharedService.class);

        assertThat(run.thrown())
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .isInstanceOf(ExtensionConfigurationException.class)
                        .hasMessageContainingAll("startingAt 2027-01-01T00:00:00Z", "Inner", "PER_CLASS"));
        assertThat(run.thrown().get(0).getSuppressed()).hasOnlyElementsOfType(CallsToTheService.class);
    }

    @Test
    void startingAt_besideThatOfAnExtension_isRefused() {
        Run run = Run.of(SetUpCases.NestedStartBesideThatOfTheExtension.class);

        assertThat(run.thrown())
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .isInstanceOf(ExtensionConfigurationException.class)
                        .hasMessageContainingAll("2027-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "startingAt"));
    }
}
