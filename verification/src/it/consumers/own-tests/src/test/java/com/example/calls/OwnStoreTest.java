package com.example.calls;

import io.github.acsidentity.directory.InMemoryUserMappingStore;
import io.github.acsidentity.directory.UserMappingStore;
import io.github.acsidentity.testing.contract.UserMappingStoreContract;

class OwnStoreTest implements UserMappingStoreContract {

    private final UserMappingStore store = new InMemoryUserMappingStore(); // yours, empty

    @Override
    public UserMappingStore store() {
        return store;
    }
}
