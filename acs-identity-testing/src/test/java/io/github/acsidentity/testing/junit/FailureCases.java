/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.assertj.AcsAssertions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;

/** Test classes that {@link FailureReportTest} runs. */
final class FailureCases {

    private FailureCases() {}

    @AcsIdentityTest
    static class Failing {

        @Test
        void test(FakeIdentityManager fake, TestReporter reporter) {
            UserId user = fake.createUser();
            AccessToken token = fake.getToken(user, TokenRequest.of(TokenScope.CHAT));
            reporter.publishEntry("user", user.rawId());
            reporter.publishEntry("token", token.value());
            reporter.publishEntry("key", fake.service().resource().primaryKey());

            assertThat(token.value()).as("a check that fails").isEmpty();
        }
    }

    @AcsIdentityTest
    static class FailingWithoutCalls {

        @Test
        void test() {
            throw new IllegalStateException("expected");
        }
    }

    @AcsIdentityTest
    static class FailingAssertion {

        @Test
        void test(FakeIdentityManager fake) {
            fake.createUser();

            AcsAssertions.assertThat(fake).hasNoCalls();
        }
    }

    @AcsIdentityTest
    static class FailingAlike {

        private static final List<IllegalStateException> SAME = List.of(new IllegalStateException("expected"));

        @Test
        void calling(FakeIdentityManager fake) {
            fake.createUser();
            throw SAME.get(0);
        }

        @Test
        void idle() {
            throw SAME.get(0);
        }
    }

    @AcsIdentityTest
    static class FailingAfterwards {

        @Test
        void test(FakeIdentityManager fake) {
            fake.createUser();
        }

        @AfterEach
        void fail() {
            throw new IllegalStateException("expected");
        }
    }

    @AcsIdentityTest
    static class FailingBeforehand {

        @BeforeEach
        void fail(FakeIdentityManager fake) {
            fake.createUser();
            throw new IllegalStateException("expected");
        }

        @Test
        void test() {}
    }

    @AcsIdentityTest
    @TestInstance(Lifecycle.PER_CLASS)
    static class FailingBeforeAll {

        @BeforeAll
        void fail(FakeIdentityManager fake) {
            fake.createUser();
            throw new IllegalStateException("expected");
        }

        @Test
        void test() {}
    }

    @AcsIdentityTest
    @TestInstance(Lifecycle.PER_CLASS)
    static class FailingAfterAll {

        @Test
        void test(FakeIdentityManager fake) {
            fake.createUser();
        }

        @AfterAll
        void fail() {
            throw new IllegalStateException("expected");
        }
    }

    @AcsIdentityTest
    static class FailingStatically {

        @BeforeAll
        static void fail() {
            throw new IllegalStateException("expected");
        }

        @Test
        void test() {}
    }

    @AcsIdentityTest
    static class Dynamic {

        @TestFactory
        Stream<DynamicTest> tests(FakeIdentityManager fake) {
            return Stream.of(
                    dynamicTest("passing", fake::createUser),
                    dynamicTest("aborted", () -> abort("expected")),
                    dynamicTest("failing", () -> {
                        fake.createUser();
                        throw new IllegalStateException("expected");
                    }));
        }
    }

    @AcsIdentityTest
    @TestInstance(Lifecycle.PER_CLASS)
    static class DynamicPerClass {

        @TestFactory
        DynamicTest test(FakeIdentityManager fake) {
            fake.createUser();
            return dynamicTest("failing", () -> {
                throw new IllegalStateException("expected");
            });
        }
    }

    @AcsIdentityTest
    static class Passing {

        @Test
        void test(FakeIdentityManager fake) {
            fake.createUser();
        }
    }

    @AcsIdentityTest
    static class Aborted {

        @Test
        void test(FakeIdentityManager fake) {
            fake.createUser();
            abort("expected");
        }
    }
}
