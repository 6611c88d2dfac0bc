/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.testing.MutableClock;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Test classes that {@link SetUpOnceTest} runs. */
@SuppressWarnings("NullAway.Init")
final class SetUpCases {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant SECOND = Instant.parse("2027-01-01T00:00:00Z");

    private SetUpCases() {}

    @AcsIdentityTest(startingAt = "2026-01-01T00:00:00Z")
    static class NestedStart {

        private MutableClock clock;

        @Test
        void ofOuter() {
            assertThat(clock.instant()).isEqualTo(FIRST);
        }

        @Nested
        class Inheriting {

            @Test
            void clock_always_standsAtTheOuterStart() {
                assertThat(clock.instant()).isEqualTo(FIRST);
            }
        }

        @Nested
        @AcsIdentityTest
        class InheritingExplicitly {

            @Test
            void clock_always_standsAtTheOuterStart() {
                assertThat(clock.instant()).isEqualTo(FIRST);
            }
        }

        @Nested
        @AcsIdentityTest(startingAt = "2027-01-01T00:00:00Z")
        class WithItsOwn {

            @Test
            void clock_always_standsAtTheInnermostStart(MutableClock ofMethod) {
                assertThat(clock).isSameAs(ofMethod);
                assertThat(clock.instant()).isEqualTo(SECOND);
            }
        }

        @Nested
        @AcsIdentityTest(startingAt = "2027-01-01T00:00:00Z")
        @TestInstance(Lifecycle.PER_CLASS)
        class WithItsOwnPerClass {

            @Test
            void clock_always_standsAtTheInnermostStart() {
                assertThat(clock.instant()).isEqualTo(SECOND);
            }
        }
    }

    @AcsIdentityTest
    @TestInstance(Lifecycle.PER_CLASS)
    static class NestedStartOfASharedService {

        @Nested
        @AcsIdentityTest(startingAt = "2027-01-01T00:00:00Z")
        class Inner {

            @Test
            void test() {}
        }
    }

    static class NestedStartBesideThatOfTheExtension {

        @RegisterExtension
        static final AcsIdentityExtension ACS =
                AcsIdentityExtension.builder().startingAt(FIRST).build();

        @Nested
        @AcsIdentityTest(startingAt = "2027-01-01T00:00:00Z")
        class Inner {

            @Test
            void test() {}
        }
    }

    @AcsIdentityTest
    static class AnnotationAndExtension {

        @RegisterExtension
        static final AcsIdentityExtension ACS = AcsIdentityExtension.builder().build();

        @Test
        void test() {}
    }

    @AcsIdentityTest
    static class AnnotationAndExtensionOfTheInstance {

        @RegisterExtension
        final AcsIdentityExtension acs = AcsIdentityExtension.builder().build();

        @Test
        void test() {}
    }

    @AcsIdentityTest
    static class ExtensionOfANestedClass {

        @Nested
        class Inner {

            @RegisterExtension
            static final AcsIdentityExtension ACS =
                    AcsIdentityExtension.builder().startingAt(SECOND).build();

            @Test
            void test(MutableClock clock) {
                assertThat(clock).isNotNull();
            }
        }
    }

    static class ExtensionInOneNestedClassEach {

        @Nested
        @AcsIdentityTest
        class First {

            @Test
            void test(MutableClock clock) {
                assertThat(clock).isNotNull();
            }
        }

        @Nested
        class Second {

            @RegisterExtension
            static final AcsIdentityExtension ACS =
                    AcsIdentityExtension.builder().startingAt(SECOND).build();

            @Test
            void test(MutableClock clock) {
                assertThat(clock.instant()).isEqualTo(SECOND);
            }
        }
    }
}
