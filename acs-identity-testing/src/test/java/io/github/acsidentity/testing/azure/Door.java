/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.FakeResource;
import io.github.acsidentity.testing.emulator.AcsEmulator;

/** The ways to the service: each opens a manager, without retries, that leads through it. */
enum Door {
    FAKE {
        @Override
        Opened open(FakeIdentityService service, FakeResource resource) {
            return new Opened(FakeIdentityManager.on(service, resource), () -> {});
        }
    },
    IN_PROCESS {
        @Override
        Opened open(FakeIdentityService service, FakeResource resource) {
            return new Opened(real(service, resource.connectionString(), InProcessHttpClient.on(service)), () -> {});
        }
    },
    EMULATOR {
        @Override
        Opened open(FakeIdentityService service, FakeResource resource) {
            AcsEmulator emulator = AcsEmulator.builder().service(service).start();
            HttpClient transport = new JdkHttpClientBuilder(
                            java.net.http.HttpClient.newBuilder().sslContext(emulator.sslContext()))
                    .build();
            return new Opened(real(service, emulator.connectionString(resource), transport), emulator::close);
        }
    };

    abstract Opened open(FakeIdentityService service, FakeResource resource);

    Opened open(FakeIdentityService service) {
        return open(service, service.resource());
    }

    private static IdentityManager real(FakeIdentityService service, String connectionString, HttpClient transport) {
        return AcsIdentityManager.builder()
                .connectionString(connectionString)
                .httpClient(transport)
                .maximumRetries(0)
                .timeSource(service.clock())
                .build();
    }

    /** A manager and what it needs to be closed together with. */
    record Opened(IdentityManager manager, Runnable ending) implements AutoCloseable {

        @Override
        public void close() {
            manager.close();
            ending.run();
        }
    }
}
