/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import io.github.acsidentity.testing.internal.model.Resource;

/**
 * A resource of the fake service: its address and its two access keys.
 *
 * <p>Tokens that were issued to a caller with a key stop working when that key is regenerated, as they do at the
 * service. Safe for use by concurrent threads.
 */
public final class FakeResource {

    private final Resource resource;

    FakeResource(Resource resource) {
        this.resource = resource;
    }

    /**
     * Returns the immutable id of the resource, which is part of the ids of its users.
     *
     * @return a GUID in lower case
     */
    public String id() {
        return resource.id();
    }

    /**
     * Returns the host name of the resource.
     *
     * @return the name, without a port
     */
    public String host() {
        return resource.host();
    }

    /**
     * Returns the address at which the in-process transport finds the resource.
     *
     * @return an https URL without a path
     */
    public String endpoint() {
        return "https://" + resource.host();
    }

    /**
     * Returns the primary access key.
     *
     * @return the key in base64
     */
    public String primaryKey() {
        return resource.primary().base64();
    }

    /**
     * Returns the secondary access key.
     *
     * @return the key in base64
     */
    public String secondaryKey() {
        return resource.secondary().base64();
    }

    /** Replaces the primary key: the old one is refused from now on, and the tokens issued with it no longer work. */
    public void regeneratePrimaryKey() {
        resource.regeneratePrimary();
    }

    /** Replaces the secondary key: the old one is refused from now on, and the tokens issued with it no longer work. */
    public void regenerateSecondaryKey() {
        resource.regenerateSecondary();
    }

    /**
     * Returns the connection string for {@link #endpoint()} with the primary key.
     *
     * @return the connection string
     */
    public String connectionString() {
        return "endpoint=" + endpoint() + "/;accesskey=" + primaryKey();
    }

    /** Returns id and host, without the keys. */
    @Override
    public String toString() {
        return "FakeResource[id=" + id() + ", host=" + host() + "]";
    }

    Resource resource() {
        return resource;
    }
}
