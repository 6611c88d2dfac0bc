/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.azure;

import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.contract.AsyncIdentityManagerContract;
import io.github.acsidentity.testing.contract.IdentityManagerContract;
import io.github.acsidentity.testing.contract.IdentityServiceContract;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

class AcsContractTest implements IdentityManagerContract, AsyncIdentityManagerContract, IdentityServiceContract {

    private final FakeIdentityService service = FakeIdentityService.create();
    private final IdentityManager manager = AcsIdentityManager.builder()
            .connectionString(service.resource().connectionString())
            .httpClient(InProcessHttpClient.on(service))
            .maximumRetries(0)
            .build();

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
