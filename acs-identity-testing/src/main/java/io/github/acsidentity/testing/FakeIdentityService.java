/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

/** The model of the identity service. */
public final class FakeIdentityService {

    private FakeIdentityService() {}

    /**
     * Returns a service with one resource and the defaults of its builder.
     *
     * @return the service
     */
    public static FakeIdentityService create() {
        return new FakeIdentityService();
    }
}
