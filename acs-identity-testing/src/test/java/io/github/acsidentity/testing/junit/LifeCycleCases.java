/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;

/** Test classes that {@link ServicePerInstanceTest} runs; each test publishes which service it has. */
@SuppressWarnings("NullAway.Init")
final class LifeCycleCases {

    static final String OUTER = "service of the outer class";
    static final String NESTED = "service of the nested class";

    private LifeCycleCases() {}

    private static void publish(TestReporter reporter, String key, FakeIdentityService service) {
        reporter.publishEntry(key, service.resource().id());
    }

    @AcsIdentityTest
    static class PerMethod {

        private FakeIdentityService service;

        @Test
        void first(TestReporter reporter) {
            publish(reporter, OUTER, service);
        }

        @RepeatedTest(3)
        void repeated(TestReporter reporter) {
            publish(reporter, OUTER, service);
        }

        @Nested
        class Inner {

            private FakeIdentityService own;

            @Test
            void inner(TestReporter reporter, FakeIdentityService ofMethod) {
                assertThat(own).isSameAs(service).isSameAs(ofMethod);
                publish(reporter, NESTED, own);
            }
        }

        @Nested
        @TestInstance(Lifecycle.PER_CLASS)
        class InnerPerClass {

            private FakeIdentityService own;

            @Test
            void first(TestReporter reporter) {
                assertThat(own).isSameAs(service);
                publish(reporter, "shared", own);
            }

            @Test
            void second(TestReporter reporter, FakeIdentityService ofMethod) {
                assertThat(own).isSameAs(service).isSameAs(ofMethod);
                publish(reporter, "shared", own);
            }
        }
    }

    @AcsIdentityTest
    @TestInstance(Lifecycle.PER_CLASS)
    static class PerClass {

        private FakeIdentityService service;
        private FakeIdentityService ofBeforeAll;

        @BeforeAll
        void prepare(FakeIdentityService service) {
            ofBeforeAll = service;
        }

        @Test
        void first(TestReporter reporter, FakeIdentityService ofMethod) {
            assertThat(ofMethod).isSameAs(service).isSameAs(ofBeforeAll);
            publish(reporter, OUTER, service);
        }

        @RepeatedTest(3)
        void repeated(TestReporter reporter, FakeIdentityService ofMethod) {
            assertThat(ofMethod).isSameAs(service);
            publish(reporter, OUTER, ofMethod);
        }

        @Nested
        class Inner {

            private FakeIdentityService own;

            @Test
            void inner(TestReporter reporter, FakeIdentityService ofMethod) {
                assertThat(own).isSameAs(service).isSameAs(ofMethod);
                publish(reporter, NESTED, own);
            }
        }
    }

    @AcsIdentityTest
    static class SideBySide {

        private static final CyclicBarrier ALL_RUN = new CyclicBarrier(3);

        private final FakeIdentityManager fake;

        SideBySide(FakeIdentityManager fake) {
            this.fake = fake;
        }

        @RepeatedTest(3)
        void test(TestReporter reporter, FakeIdentityService service)
                throws InterruptedException, BrokenBarrierException, TimeoutException {
            ALL_RUN.await(30, TimeUnit.SECONDS);
            fake.createUser();
            ALL_RUN.await(30, TimeUnit.SECONDS);
            assertThat(service.calls()).hasSize(1);
            publish(reporter, OUTER, service);
        }
    }
}
