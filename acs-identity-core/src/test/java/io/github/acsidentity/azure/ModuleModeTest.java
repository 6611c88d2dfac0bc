/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The tests of this package run twice, on the module path and on the class path; this one checks that they do. */
class ModuleModeTest {

    @Test
    void theLibraryAndTheSdk_areNamedModulesExactlyWhenTheBuildSaysSo() {
        boolean modulePath = Boolean.parseBoolean(System.getProperty("io.github.acsidentity.modulePath", "true"));

        assertThat(AcsIdentityManager.class.getModule().isNamed()).isEqualTo(modulePath);
        assertThat(com.azure.core.http.HttpClient.class.getModule().isNamed()).isEqualTo(modulePath);
        assertThat(com.azure.communication.identity.CommunicationIdentityAsyncClient.class
                        .getModule()
                        .isNamed())
                .isEqualTo(modulePath);
    }
}
