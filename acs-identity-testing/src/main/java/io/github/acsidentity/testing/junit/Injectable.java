/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.azure.InProcessHttpClient;
import io.github.acsidentity.testing.emulator.AcsEmulator;
import java.util.Optional;
import java.util.stream.Stream;

/** The types that are injected. They are known by name, because the SDK may be absent. */
enum Injectable {
    SERVICE(FakeIdentityService.class.getName()),
    FAKE(FakeIdentityManager.class.getName()),
    MANAGER(IdentityManager.class.getName()),
    CLOCK(MutableClock.class.getName()),
    EMULATOR(AcsEmulator.class.getName()),
    CONNECTION_STRING(String.class.getName()),
    CLIENT_BUILDER("com.azure.communication.identity.CommunicationIdentityClientBuilder");

    private final String typeName;

    Injectable(String typeName) {
        this.typeName = typeName;
    }

    /**
     * Finds what is injected somewhere.
     *
     * @param type the type of the parameter or field
     * @param isConnectionString whether it is marked as connection string
     */
    static Optional<Injectable> of(Class<?> type, boolean isConnectionString) {
        return Stream.of(values())
                .filter(injectable -> injectable.typeName.equals(type.getName()))
                .filter(injectable -> (injectable == CONNECTION_STRING) == isConnectionString)
                .findFirst();
    }

    Object of(Session session) {
        return switch (this) {
            case SERVICE -> session.service();
            case FAKE, MANAGER -> session.manager();
            case CLOCK -> session.service().clock();
            case EMULATOR -> session.emulator();
            case CONNECTION_STRING -> session.emulator().connectionString();
            case CLIENT_BUILDER -> InProcessHttpClient.clientBuilder(session.service());
        };
    }
}
