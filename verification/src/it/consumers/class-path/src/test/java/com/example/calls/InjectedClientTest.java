package com.example.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.azure.communication.identity.CommunicationIdentityClientBuilder;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.junit.AcsIdentityExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InjectedClientTest {

    @RegisterExtension
    static final AcsIdentityExtension ACS =
            AcsIdentityExtension.builder().service(service -> service.resources(2)).build();

    @Test
    void client_ofTheSdk_callsTheFirstResource(FakeIdentityService service, CommunicationIdentityClientBuilder builder) {
        String user = builder.buildClient().createUser().getId();

        assertEquals(2, service.resources().size());
        assertEquals(user, service.users().iterator().next().rawId());
    }
}
