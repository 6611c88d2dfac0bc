/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureReportTest {

    private static final String CALLS = "acs-identity.calls";

    @Test
    void failingTest_always_publishesItsCallsWithoutSecrets() {
        Run run = Run.of(FailureCases.Failing.class);

        assertThat(run.tests().failed().count()).isEqualTo(1);
        String user = run.published("user").get(0);
        assertThat(run.published(CALLS))
                .singleElement()
                .asString()
                .startsWith("2 calls:")
                .contains("CREATE_USER " + user + " -> 201", "GET_TOKEN " + user + " -> 200")
                .doesNotContain(run.published("token").get(0))
                .doesNotContain(run.published("key").get(0));
    }

    @Test
    void failingTest_withoutCalls_saysSo() {
        assertThat(Run.of(FailureCases.FailingWithoutCalls.class).published(CALLS))
                .containsExactly("no calls");
    }

    @Test
    void test_thatFailsAfterwards_publishesItsCalls() {
        assertThat(Run.of(FailureCases.FailingAfterwards.class).published(CALLS))
                .singleElement()
                .asString()
                .startsWith("1 call:");
    }

    @ParameterizedTest
    @ValueSource(classes = {FailureCases.Passing.class, FailureCases.Aborted.class})
    void test_thatDoesNotFail_publishesNothing(Class<?> type) {
        Run run = Run.of(type);

        assertThat(run.tests().started().count()).isEqualTo(1);
        assertThat(run.tests().failed().count()).isZero();
        assertThat(run.published(CALLS)).isEmpty();
    }
}
