package com.example.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.UserId;
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.ManualScheduler;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FirstFiveTest {

    private final FakeIdentityService service = FakeIdentityService.create();
    private final CachingIdentityManager manager = CachingIdentityManager.builder(FakeIdentityManager.on(service))
            .timeSource(service.clock())
            .scheduler(new ManualScheduler(service.clock()))
            .executor(Runnable::run)
            .build();
    private final CallLogin login = new CallLogin(manager);
    private final UserId user = login.newUser();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void login_onAGoodDay_returnsATokenThatWorks() {
        AccessToken token = login.login(user);

        assertAccepted(token);
    }

    @Test
    void login_afterTheTokenExpired_returnsAnotherThatWorks() {
        AccessToken expired = login.login(user);

        service.clock().advance(Duration.ofHours(25));
        AccessToken token = login.login(user);

        assertFalse(service.isAccepted(expired));
        assertAccepted(token);
    }

    @Test
    void login_afterARevocation_returnsAnotherThatWorks() {
        AccessToken revoked = login.login(user);

        manager.revokeTokens(user);
        AccessToken token = login.login(user);

        assertFalse(service.isAccepted(revoked));
        assertAccepted(token);
    }

    @Test
    void login_whenThrottled_saysWhenToComeBackAndWorksThen() {
        service.faults().on().next(Fault.throttled().withRetryAfter(Duration.ofSeconds(30)));

        ThrottledException failure = assertThrows(ThrottledException.class, () -> login.login(user));

        Duration wait = failure.retryAfter().orElseThrow();
        assertTrue(wait.compareTo(Duration.ofSeconds(30)) >= 0);
        service.clock().advance(wait);
        assertAccepted(login.login(user));
    }

    @Test
    void login_duringAnOutage_goesOnWithTheTokenThatIsHeld() {
        AccessToken held = login.login(user);
        service.faults().on().always(Fault.status(503));

        service.clock().advance(Duration.ofHours(20));

        assertEquals(held, login.login(user));
        assertThrows(ServiceUnavailableException.class, login::newUser);
        service.faults().clear();
        assertAccepted(login.loginNewUser());
    }

    private void assertAccepted(AccessToken token) {
        assertTrue(service.isAccepted(token), () -> service.calls().toString());
    }
}
