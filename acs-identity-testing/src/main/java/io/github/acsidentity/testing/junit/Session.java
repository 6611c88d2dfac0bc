/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.emulator.AcsEmulator;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What belongs to one test instance; JUnit closes it with the context that holds it: 5.12 as one type, 6 as the other.
 */
@SuppressWarnings("deprecation")
final class Session implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    private final FakeIdentityService service;
    private final FakeIdentityManager manager;
    private final @Nullable Instant start;
    private final Function<FakeIdentityService, AcsEmulator> starter;
    private final ReentrantLock starting = new ReentrantLock();
    private @Nullable AcsEmulator emulator;

    Session(FakeIdentityService service, @Nullable Instant start, Function<FakeIdentityService, AcsEmulator> starter) {
        this.service = service;
        this.start = start;
        this.manager = FakeIdentityManager.on(service);
        this.starter = starter;
    }

    FakeIdentityService service() {
        return service;
    }

    /** Returns the {@code startingAt} that the service was made with. */
    @Nullable
    Instant start() {
        return start;
    }

    FakeIdentityManager manager() {
        return manager;
    }

    /** Returns the emulator, started when it is first asked for; tests of one instance may do so at the same time. */
    AcsEmulator emulator() {
        starting.lock();
        try {
            AcsEmulator running = emulator;
            if (running == null) {
                running = starter.apply(service);
                emulator = running;
            }
            return running;
        } finally {
            starting.unlock();
        }
    }

    @Override
    public void close() {
        manager.close();
        starting.lock();
        try {
            if (emulator != null) {
                emulator.close();
            }
        } finally {
            starting.unlock();
        }
    }
}
