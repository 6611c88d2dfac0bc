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
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ModifierSupport;
import org.junit.platform.commons.support.ReflectionSupport;

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

    static Optional<Injectable> of(ParameterContext parameter) {
        return of(parameter.getParameter().getType(), parameter.isAnnotated(ConnectionString.class));
    }

    /** Sets the fields that are injected and have no value. */
    static void inject(Object instance, Session session) throws IllegalAccessException {
        for (Field field : ReflectionSupport.findFields(
                instance.getClass(), Injectable::isInjected, HierarchyTraversalMode.TOP_DOWN)) {
            ReflectionSupport.makeAccessible(field);
            if (field.get(instance) == null) {
                field.set(instance, of(field).orElseThrow().of(session));
            }
        }
    }

    private static boolean isInjected(Field field) {
        return ModifierSupport.isNotStatic(field)
                && ModifierSupport.isNotFinal(field)
                && of(field).isPresent();
    }

    private static Optional<Injectable> of(Field field) {
        return of(field.getType(), AnnotationSupport.isAnnotated(field, ConnectionString.class));
    }

    private static Optional<Injectable> of(Class<?> type, boolean isConnectionString) {
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
