/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.communication.identity.CommunicationIdentityClientBuilder;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.emulator.AcsEmulator;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Test classes that {@link AcsIdentityExtensionTest} runs. */
@SuppressWarnings("NullAway.Init")
final class InjectionCases {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private InjectionCases() {}

    static class Base {

        private MutableClock inherited;

        MutableClock inherited() {
            return inherited;
        }
    }

    @AcsIdentityTest
    static class EachPlace extends Base {

        private final FakeIdentityService ofConstructor;
        private final MutableClock own = MutableClock.startingAt(START);
        private FakeIdentityService service;
        private FakeIdentityManager fake;
        private IdentityManager manager;
        private AcsEmulator emulator;

        @ConnectionString
        private String connectionString;

        private CommunicationIdentityClientBuilder clients;
        private String text;
        private MutableClock assigned = own;
        private @Nullable FakeIdentityService ofBeforeEach;

        EachPlace(FakeIdentityService service) {
            ofConstructor = service;
        }

        @BeforeEach
        void prepare(FakeIdentityService service) {
            ofBeforeEach = service;
        }

        @Test
        void all_areOfOneService(
                FakeIdentityService ofMethod,
                AcsEmulator sameEmulator,
                IdentityManager sameManager,
                FakeIdentityManager sameFake) {
            assertThat(ofMethod)
                    .isSameAs(ofConstructor)
                    .isSameAs(service)
                    .isSameAs(ofBeforeEach)
                    .isSameAs(fake.service())
                    .isSameAs(emulator.service());
            assertThat(manager).isSameAs(fake).isSameAs(sameManager).isSameAs(sameFake);
            assertThat(emulator).isSameAs(sameEmulator);
            assertThat(connectionString).isEqualTo(emulator.connectionString());
            assertThat(inherited()).isSameAs(service.clock());
            assertThat(own).isSameAs(assigned).isNotSameAs(service.clock());
            assertThat(text).isNull();
        }

        @Test
        void clientBuilder_always_isNewAndReady(CommunicationIdentityClientBuilder another) {
            String user = clients.buildClient().createUser().getId();

            assertThat(another).isNotSameAs(clients);
            assertThat(service.users()).hasSize(1).allMatch(id -> id.rawId().equals(user));
        }

        @AfterEach
        void checkAgain(FakeIdentityService ofAfterEach) {
            assertThat(ofAfterEach).isSameAs(service);
        }
    }

    static class WithoutEmulator {

        @RegisterExtension
        static final AcsIdentityExtension ACS = AcsIdentityExtension.builder()
                .emulator(emulator -> {
                    throw new IllegalStateException("started");
                })
                .build();

        private FakeIdentityManager fake;

        @Test
        void fake_always_works() {
            fake.createUser();

            assertThat(fake.service().users()).hasSize(1);
        }
    }

    static class WithOptions {

        @RegisterExtension
        static final AcsIdentityExtension ACS = AcsIdentityExtension.builder()
                .service(service -> service.resources(2))
                .emulator(emulator -> emulator.httpPort(0))
                .startingAt(START)
                .build();

        @Test
        void options_always_apply(AcsEmulator emulator, MutableClock clock) {
            assertThat(emulator.service().resources()).hasSize(2);
            assertThat(emulator.httpEndpoint()).hasScheme("http");
            assertThat(clock.instant()).isEqualTo(START);
        }
    }

    static class WithExtensionOfTheInstance {

        @RegisterExtension
        final AcsIdentityExtension acs =
                AcsIdentityExtension.builder().startingAt(START).build();

        private FakeIdentityService service;

        @Test
        void fieldAndParameter_always_areOfOneService(MutableClock clock) {
            assertThat(service.clock()).isSameAs(clock);
            assertThat(clock.instant()).isEqualTo(START);
        }
    }

    @AcsIdentityTest(startingAt = "2026-01-01T00:00:00Z")
    static class WithStart {

        @Test
        void clock_always_standsAtTheStart(MutableClock clock) {
            assertThat(clock.instant()).isEqualTo(START);
        }
    }

    @AcsIdentityTest(startingAt = "tomorrow")
    static class WithMalformedStart {

        @Test
        void test(MutableClock clock) {
            assertThat(clock).isNotNull();
        }
    }

    @AcsIdentityTest
    static class InStaticMethod {

        @BeforeAll
        static void prepare(FakeIdentityService service) {
            assertThat(service).isNull();
        }

        @Test
        void test() {}
    }

    @AcsIdentityTest
    static class WithEmulator {

        @Test
        void emulator_always_listens(AcsEmulator emulator, TestReporter reporter) {
            reporter.publishEntry("port", Integer.toString(emulator.endpoint().getPort()));
        }
    }
}
