package com.example.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.UserId;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.cache.RefreshPolicy;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.azure.InProcessHttpClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CachedCallLoginTest {

    private final FakeIdentityService service = FakeIdentityService.create();

    @Test
    void login_again_returnsTheSameToken() throws IOException {
        AcsIdentityManager manager = AcsIdentityManager.builder()
                .connectionString(service.resource().connectionString())
                .httpClient(InProcessHttpClient.on(service))
                .build();
        try (CachedCallLogin login = new CachedCallLogin(manager, policy())) {
            UserId user = login.newUser();
            AccessToken token = login.login(user);

            assertEquals(token, login.login(user));
            assertEquals(1, login.calls());
            assertTrue(service.isAccepted(token));
        }
        assertThrows(IllegalStateException.class, manager::createUser);
    }

    @Test
    void policy_isThatOfTheTeam() throws IOException {
        assertEquals(Duration.ofHours(6), policy().tokenLifetime());
    }

    private static RefreshPolicy policy() throws IOException {
        return RefreshPolicy.fromResource(
                "META-INF/example-acs-policy.properties", CachedCallLogin.class.getClassLoader());
    }
}
