/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import io.github.acsidentity.directory.InMemoryUserMappingStore;
import io.github.acsidentity.directory.UserMappingStore;
import io.github.acsidentity.testing.contract.UserMappingStoreContract;

class InMemoryUserMappingStoreTest implements UserMappingStoreContract {

    private final UserMappingStore store = new InMemoryUserMappingStore();

    @Override
    public UserMappingStore store() {
        return store;
    }
}
