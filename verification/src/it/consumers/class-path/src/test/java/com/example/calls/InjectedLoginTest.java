package com.example.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.emulator.AcsEmulator;
import io.github.acsidentity.testing.junit.AcsIdentityTest;
import io.github.acsidentity.testing.junit.ConnectionString;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@AcsIdentityTest(startingAt = "2026-01-01T00:00:00Z")
class InjectedLoginTest {

    private static final Set<FakeIdentityManager> SEEN = new HashSet<>();

    private final CallLogin login;
    private FakeIdentityService service;

    InjectedLoginTest(IdentityManager manager) {
        login = new CallLogin(manager);
    }

    @Test
    void loginNewUser_always_returnsATokenForADay(MutableClock clock) {
        AccessToken token = login.loginNewUser();

        clock.advance(Duration.ofHours(24).minusMillis(1));
        assertTrue(service.isAccepted(token));
        clock.advance(Duration.ofMillis(1));
        assertFalse(service.isAccepted(token));
    }

    @RepeatedTest(2)
    void service_always_isNew(FakeIdentityManager fake) {
        assertSame(service, fake.service());
        assertEquals(Set.of(), service.users());
        assertTrue(SEEN.add(fake));
        login.newUser();
    }

    @Test
    void emulator_injected_isThatOfTheService(AcsEmulator emulator, @ConnectionString String connectionString) {
        assertSame(service, emulator.service());
        assertEquals(emulator.connectionString(), connectionString);
        assertNotEquals(service.resource().connectionString(), connectionString);
    }

    @AfterAll
    static void managers_afterTheirTests_areClosed() {
        SEEN.forEach(fake -> assertThrows(IllegalStateException.class, fake::createUser));
        SEEN.clear();
    }

    @Nested
    class AfterALogin {

        private FakeIdentityService same;
        private final AccessToken token = login.loginNewUser();

        @Test
        void token_always_isOfTheServiceOfBoth() {
            assertNotNull(same);
            assertSame(service, same);
            assertTrue(same.isAccepted(token));
        }
    }
}
