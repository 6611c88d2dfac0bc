/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.testing.contract.AsyncIdentityManagerContract;
import io.github.acsidentity.testing.contract.IdentityManagerContract;
import io.github.acsidentity.testing.contract.IdentityServiceContract;
import java.time.Instant;

class FakeContractTest implements IdentityManagerContract, AsyncIdentityManagerContract, IdentityServiceContract {

    private final FakeIdentityManager manager = FakeIdentityManager.create();

    @Override
    public IdentityManager manager() {
        return manager;
    }

    @Override
    public FakeIdentityService service() {
        return manager.service();
    }

    @Override
    public Instant now() {
        return manager.service().clock().instant();
    }
}
