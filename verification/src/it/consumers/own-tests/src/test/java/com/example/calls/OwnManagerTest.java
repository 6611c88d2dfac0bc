package com.example.calls;

import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.contract.AsyncIdentityManagerContract;
import io.github.acsidentity.testing.contract.IdentityManagerContract;
import io.github.acsidentity.testing.contract.IdentityServiceContract;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

class OwnManagerTest implements IdentityManagerContract, AsyncIdentityManagerContract, IdentityServiceContract {

    private final FakeIdentityService service = FakeIdentityService.create();
    private final IdentityManager manager = CachingIdentityManager.builder(FakeIdentityManager.on(service)) // yours
            .timeSource(service.clock())
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
