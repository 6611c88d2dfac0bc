package com.example.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.UserId;
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.ManualScheduler;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallLoginWithCacheTest {

    private final FakeIdentityService service = FakeIdentityService.create();
    private final CachingIdentityManager manager = CachingIdentityManager.builder(FakeIdentityManager.on(service))
            .timeSource(service.clock())
            .scheduler(new ManualScheduler(service.clock()))
            .executor(Runnable::run)
            .build();
    private final CallLogin login = new CallLogin(manager);

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void login_again_returnsTheSameToken() {
        UserId user = login.newUser();

        AccessToken token = login.login(user);

        assertEquals(token, login.login(user));
        assertEquals(1, manager.stats().calls());
    }

    @Test
    void login_theNextDay_returnsANewToken() {
        UserId user = login.newUser();
        AccessToken token = login.login(user);

        service.clock().advance(Duration.ofHours(25));
        AccessToken another = login.login(user);

        assertNotEquals(token, another);
        assertTrue(service.isAccepted(another));
    }
}
