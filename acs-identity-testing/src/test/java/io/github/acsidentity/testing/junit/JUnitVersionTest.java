/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

class JUnitVersionTest {

    @Test
    void requireSupported_withoutTheTypesOf512_saysWhatIsNeeded() {
        ClassLoader without = new ClassLoader(null) {};

        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> JUnitVersion.requireSupported(without))
                .withMessage("AcsIdentityExtension needs JUnit 5.12 or later");
    }

    @Test
    void requireSupported_onTheJUnitOfTheseTests_passes() {
        assertThatCode(() -> JUnitVersion.requireSupported(Test.class.getClassLoader()))
                .doesNotThrowAnyException();
    }
}
