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
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;

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
     * Returns a builder of managers, each on a service of its own.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
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
    public UserId createUser(UUID requestId) {
        return blocking.createUser(requestId);
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

    /**
     * Builds {@link FakeIdentityManager} instances, each on a service of its own. It has the settings that tests need
     * most; for all of them, build a service and take {@link #on(FakeIdentityService)}. A builder is not safe for use
     * by concurrent threads.
     */
    public static final class Builder {

        private final FakeIdentityService.Builder service = FakeIdentityService.builder();

        private Builder() {}

        /**
         * Sets the clock by which tokens expire. The default runs along with the system's and can be moved.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(MutableClock clock) {
            service.clock(clock);
            return this;
        }

        /**
         * Sets the seed of ids and keys, to have the same ones in each run. The default is another one each time.
         *
         * @param seed the seed
         * @return this builder
         */
        public Builder seed(long seed) {
            service.seed(seed);
            return this;
        }

        /**
         * Sets the id of the resource that is called; given several times, it adds resources to the service, of which
         * the manager calls the first. The default follows from the seed.
         *
         * @param id the id, a GUID that no other resource has
         * @return this builder
         * @throws IllegalArgumentException if {@code id} is not a GUID, or was given before
         */
        public Builder resource(String id) {
            service.resource(id);
            return this;
        }

        /**
         * Sets what waits out the latency of answers. The default waits for that time.
         *
         * @param scheduler the scheduler, such as a {@link ManualScheduler}; it is never shut down
         * @return this builder
         */
        public Builder scheduler(ScheduledExecutorService scheduler) {
            service.scheduler(scheduler);
            return this;
        }

        /**
         * Sets how long a token still works after it was revoked, or its user deleted. By default it ends at once.
         *
         * @param revocationDelay how long, by the ticks of the clock; not negative
         * @return this builder
         * @throws IllegalArgumentException if the delay is negative, or longer than 292 years
         */
        public Builder revocationDelay(Duration revocationDelay) {
            service.revocationDelay(revocationDelay);
            return this;
        }

        /**
         * Sets how many calls the resource takes. The default is {@link Quotas#none()}.
         *
         * @param quotas the limits, such as {@link Quotas#published()}
         * @return this builder
         */
        public Builder quotas(Quotas quotas) {
            service.quotas(quotas);
            return this;
        }

        /**
         * Chooses how the service answers where nobody knows how the real one does.
         *
         * @param behaviours the choices; of two for the same case the later one counts
         * @return this builder
         */
        public Builder assume(AssumedBehaviour... behaviours) {
            service.assume(behaviours);
            return this;
        }

        /**
         * Builds a service and the manager on it.
         *
         * @return the manager
         */
        public FakeIdentityManager build() {
            return on(service.build());
        }
    }
}
