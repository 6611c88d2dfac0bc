/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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

    @ParameterizedTest
    @ValueSource(
            classes = {
                FailureCases.FailingBeforehand.class,
                FailureCases.FailingAfterwards.class,
                FailureCases.FailingBeforeAll.class,
                FailureCases.FailingAfterAll.class,
                FailureCases.DynamicPerClass.class
            })
    void methodAroundATestOrDynamicTest_failing_publishesTheCallsSoFar(Class<?> type) {
        Run run = Run.of(type);

        assertThat(run.published(CALLS)).singleElement().asString().startsWith("1 call:");
        assertThat(run.thrown())
                .singleElement()
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .asString()
                        .startsWith(CallsToTheService.class.getName() + ": ")
                        .contains(": 1 call:\n"));
    }

    @Test
    void dynamicTests_ofWhichOneFails_publishTheCallsOnce() {
        Run run = Run.of(FailureCases.Dynamic.class);

        assertThat(run.tests().failed().count()).isEqualTo(1);
        assertThat(run.published(CALLS)).singleElement().asString().startsWith("2 calls:");
    }

    @Test
    void staticMethod_failing_publishesNothing() {
        Run run = Run.of(FailureCases.FailingStatically.class);

        assertThat(run.failures()).hasSize(1);
        assertThat(run.published(CALLS)).isEmpty();
    }

    @Test
    void failure_always_showsTheCallsInItsTraceWithoutSecrets() {
        Run run = Run.of(FailureCases.Failing.class);

        StringWriter trace = new StringWriter();
        run.thrown().get(0).printStackTrace(new PrintWriter(trace));

        assertThat(trace.toString().lines())
                .containsSequence(
                        "\tSuppressed: " + CallsToTheService.class.getName()
                                + ": test(FakeIdentityManager, TestReporter): 2 calls:",
                        run.published(CALLS).get(0).lines().toList().get(1));
        assertThat(run.thrown().get(0).getSuppressed()[0].toString())
                .doesNotContain(run.published("token").get(0))
                .doesNotContain(run.published("key").get(0));
    }

    @Test
    void failure_withTheCallsInItsMessage_showsThemOnce() {
        Run run = Run.of(FailureCases.FailingAssertion.class);

        String calls = run.published(CALLS).get(0);
        assertThat(calls).startsWith("1 call:");
        assertThat(run.thrown()).singleElement().satisfies(failure -> {
            assertThat(failure).hasMessageContaining(calls);
            assertThat(failure.getSuppressed()).isEmpty();
        });
    }

    @Test
    void failure_ofTwoTests_saysWhichCallsAreWhose() {
        Run run = Run.of(FailureCases.FailingAlike.class);

        assertThat(run.thrown().get(0).getSuppressed())
                .extracting(Throwable::getMessage)
                .satisfiesExactlyInAnyOrder(
                        calls -> assertThat(calls).startsWith("calling(FakeIdentityManager): 1 call:"),
                        calls -> assertThat(calls).isEqualTo("idle(): no calls"));
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
