package com.example.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallLoginTest {

    private final FakeIdentityService service = FakeIdentityService.create();
    private final CallLogin login = new CallLogin(FakeIdentityManager.on(service));

    @Test
    void loginNewUser_always_returnsATokenForADay() {
        AccessToken token = login.loginNewUser();

        assertTrue(service.isAccepted(token));
        service.clock().advance(Duration.ofHours(24));
        assertFalse(service.isAccepted(token));
    }

    @Test
    void loginNewUser_whenThrottled_saysWhenToComeBack() {
        service.faults().on().next(Fault.status(429).withRetryAfter(Duration.ofSeconds(3)));

        ThrottledException failure = assertThrows(ThrottledException.class, login::loginNewUser);

        assertEquals(Duration.ofSeconds(3), failure.retryAfter().orElseThrow());
        assertTrue(service.users().isEmpty());
    }
}
