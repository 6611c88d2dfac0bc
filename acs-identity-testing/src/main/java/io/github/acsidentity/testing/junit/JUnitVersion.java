/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** What the extension needs of JUnit. */
final class JUnitVersion {

    /** A type that came with 5.12; without it, services would be shared by tests that have each their own. */
    private static final String NEWEST_TYPE =
            "org.junit.jupiter.api.extension.TestInstantiationAwareExtension$ExtensionContextScope";

    private JUnitVersion() {}

    /** Throws an exception that says what is needed if JUnit is too old. */
    static void requireSupported(@Nullable ClassLoader ofJUnit) {
        try {
            Class.forName(NEWEST_TYPE, false, ofJUnit);
        } catch (ClassNotFoundException e) {
            throw new ExtensionConfigurationException("AcsIdentityExtension needs JUnit 5.12 or later", e);
        }
    }
}
