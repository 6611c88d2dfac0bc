package com.example.calls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.azure.AcsIdentityManager;
import org.junit.jupiter.api.Test;

class CallLoginTest {

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
