/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;

/**
 * An {@link IdentityManager} straight on a {@link FakeIdentityService}: no network, no SDK.
 *
 * <p>It calls with the primary key that its resource has at the time. Failures are the exceptions that the real manager
 * throws for the same answer; as with the real one's default, an operation that has no answer after 30 seconds (of the
 * {@linkplain FakeIdentityService.Builder#scheduler scheduler} that waits out latencies) fails, and its outcome is
 * unknown. Unlike the real one it never retries, and its {@link #async()} completes on the caller's thread, unless a
 * fault delays the answer. Safe for use by concurrent threads.
 */
public final class FakeIdentityManager implements IdentityManager {

    private final FakeIdentityService service;
    private final AsyncIdentityManager async;
    private final IdentityManager blocking;

    private FakeIdentityManager(FakeIdentityService service, FakeResource resource) {
        this.service = service;
        this.async = new AsyncFakeIdentityManager(service.model(), resource.resource());
        this.blocking = IdentityManager.from(async);
    }

    /**
     * Returns a manager on a service of its own.
     *
     * @return the manager
     * @see #service()
     */
    public static FakeIdentityManager create() {
        return on(FakeIdentityService.create());
    }

    /**
     * Returns a manager on the first resource of a service.
     *
     * @param service the service
     * @return the manager
     */
    public static FakeIdentityManager on(FakeIdentityService service) {
        return on(service, service.resource());
    }

    /**
     * Returns a manager on a resource of a service.
     *
     * @param service the service
     * @param resource one of its resources
     * @return the manager
     * @throws IllegalArgumentException if the service has no such resource
     */
    public static FakeIdentityManager on(FakeIdentityService service, FakeResource resource) {
        if (!service.model().resources().contains(resource.resource())) {
            throw new IllegalArgumentException("The service has no " + resource);
        }
        return new FakeIdentityManager(service, resource);
    }

    /**
     * Returns the service behind this manager.
     *
     * @return the service
     */
    public FakeIdentityService service() {
        return service;
    }

    @Override
    public UserId createUser() {
        return blocking.createUser();
    }

    @Override
    public UserWithToken createUserWithToken(TokenRequest request) {
        return blocking.createUserWithToken(request);
    }

    @Override
    public AccessToken getToken(UserId user, TokenRequest request) {
        return blocking.getToken(user, request);
    }

    @Override
    public AccessToken getTokenForTeamsUser(TeamsTokenRequest request) {
        return blocking.getTokenForTeamsUser(request);
    }

    @Override
    public void revokeTokens(UserId user) {
        blocking.revokeTokens(user);
    }

    @Override
    public void deleteUser(UserId user) {
        blocking.deleteUser(user);
    }

    @Override
    public AsyncIdentityManager async() {
        return async;
    }

    /** Ends this manager, and fails the operations that still wait for an answer; the service lives on. */
    @Override
    public void close() {
        blocking.close();
    }
}
