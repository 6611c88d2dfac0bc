/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcsIdentityExtensionTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                InjectionCases.EachPlace.class,
                InjectionCases.WithOptions.class,
                InjectionCases.WithExtensionOfTheInstance.class,
                InjectionCases.WithStart.class
            })
    void injection_intoEachPlace_isOfOneService(Class<?> type) {
        Run run = Run.of(type);

        assertThat(run.failures()).isEmpty();
        assertThat(run.tests().succeeded().count()).isPositive();
    }

    @Test
    void injection_intoAStaticMethod_isRefused() {
        Run run = Run.of(InjectionCases.InStaticMethod.class);

        assertThat(run.failures())
                .singleElement()
                .asString()
                .contains("one fake identity service per test instance", "PER_CLASS");
    }

    @Test
    void startingAt_malformed_isNamed() {
        Run run = Run.of(InjectionCases.WithMalformedStart.class);

        assertThat(run.failures())
                .singleElement()
                .asString()
                .contains("startingAt must be a time such as 2026-01-01T00:00:00Z, but was tomorrow");
    }

    @Test
    void emulator_notInjected_doesNotStart() {
        Run run = Run.of(InjectionCases.WithoutEmulator.class);

        assertThat(run.failures()).isEmpty();
        assertThat(run.tests().succeeded().count()).isEqualTo(1);
    }

    @Test
    void emulator_afterTheTest_isClosed() throws IOException {
        Run run = Run.of(InjectionCases.WithEmulator.class);

        int port = Integer.parseInt(run.published("port").get(0));
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }
}
