/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.azure.InProcessHttpClient;
import io.github.acsidentity.testing.contract.AsyncIdentityManagerContract;
import io.github.acsidentity.testing.contract.IdentityManagerContract;
import io.github.acsidentity.testing.contract.IdentityServiceContract;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The cache does what every manager does, whatever it is above. */
class ContractTest {

    private final FakeIdentityService service = FakeIdentityService.create();

    abstract class Cached implements IdentityManagerContract, AsyncIdentityManagerContract, IdentityServiceContract {

        private final IdentityManager manager;

        Cached(IdentityManager delegate) {
            manager = CachingIdentityManager.builder(delegate)
                    .timeSource(service.clock())
                    .build();
        }

        @AfterEach
        void close() {
            manager.close();
        }

        @Override
        public IdentityManager manager() {
            return manager;
        }

        @Override
        public FakeIdentityService service() {
            return service;
        }

        @Override
        public Instant now() {
            return service.clock().instant();
        }
    }

    @Nested
    class AboveTheFake extends Cached {

        AboveTheFake() {
            super(FakeIdentityManager.on(service));
        }
    }

    @Nested
    class AboveTheSdk extends Cached {

        AboveTheSdk() {
            super(AcsIdentityManager.builder()
                    .connectionString(service.resource().connectionString())
                    .httpClient(InProcessHttpClient.on(service))
                    .maximumRetries(0)
                    .build());
        }
    }
}
