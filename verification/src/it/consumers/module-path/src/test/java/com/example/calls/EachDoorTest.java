package com.example.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.azure.InProcessHttpClient;
import io.github.acsidentity.testing.emulator.AcsEmulator;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class EachDoorTest {

    private final FakeIdentityService service = FakeIdentityService.create();

    @Test
    void loginNewUser_withTheFake_returnsAToken() {
        AccessToken token = new CallLogin(FakeIdentityManager.on(service)).loginNewUser();

        assertTrue(service.isAccepted(token));
    }

    @Test
    void loginNewUser_throughTheSdk_returnsAToken() {
        try (AcsIdentityManager manager = AcsIdentityManager.builder()
                .connectionString(service.resource().connectionString())
                .httpClient(InProcessHttpClient.on(service))
                .build()) {
            AccessToken token = new CallLogin(manager).loginNewUser();

            assertTrue(service.isAccepted(token));
        }
    }

    @Test
    void loginNewUser_overHttps_returnsAToken() throws NoSuchAlgorithmException {
        SSLContext usual = SSLContext.getDefault();
        try (AcsEmulator emulator = AcsEmulator.builder().service(service).start()) {
            SSLContext.setDefault(emulator.sslContext());
            try (AcsIdentityManager manager = AcsIdentityManager.fromConnectionString(emulator.connectionString())) {
                AccessToken token = new CallLogin(manager).loginNewUser();

                assertTrue(service.isAccepted(token));
            }
        } finally {
            SSLContext.setDefault(usual);
        }
    }

    @Test
    void loginNewUser_withAWrongKey_isDeniedWithTheErrorCodeOfTheService() {
        try (AcsIdentityManager manager = AcsIdentityManager.builder()
                .endpoint(service.resource().endpoint())
                .accessKey("d3Jvbmcga2V5")
                .httpClient(InProcessHttpClient.on(service))
                .build()) {
            CallLogin login = new CallLogin(manager);

            AccessDeniedException failure = assertThrows(AccessDeniedException.class, login::loginNewUser);

            assertEquals("Denied", failure.errorCode().orElseThrow());
            assertEquals(Set.of(), service.users());
        }
    }

    @Test
    void loginNewUser_withoutAService_fails() {
        try (AcsIdentityManager manager = AcsIdentityManager.builder()
                .connectionString("endpoint=https://localhost:1;accesskey=c2VjcmV0")
                .maximumRetries(0)
                .build()) {
            CallLogin login = new CallLogin(manager);

            ServiceUnavailableException failure = assertThrows(ServiceUnavailableException.class, login::loginNewUser);

            assertFalse(failure.outcomeUnknown());
        }
    }
}
