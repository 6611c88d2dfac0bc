/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.internal.model.Delays;
import io.github.acsidentity.testing.internal.model.ModelAccess;
import io.github.acsidentity.testing.internal.model.Reply;
import io.github.acsidentity.testing.internal.model.ServiceModel;
import io.github.acsidentity.testing.internal.model.UnprovenCase;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The identity service in memory: its resources, users and tokens, what was called, and what shall go wrong.
 *
 * <p>Several doors lead to it, and all show the same state: {@link FakeIdentityManager} is the identity API straight on
 * it; others speak the protocol of the service. It judges as the service does: arguments are validated, access keys
 * verified, tokens expire by {@link #clock()} and end with revocation, deletion and the regeneration of keys.
 *
 * <p>Its access tokens are JWTs with the claims of real ones, signed with a key of this process, and one claim more:
 * {@code fakeTokenNumber}, the place of the token in the order of issue. No two tokens of a service are therefore
 * equal, even at a clock that stands still, and revocation goes by that order, not by time.
 *
 * <p>Instances share nothing that changes, so tests may run in parallel, each with its own. Safe for use by concurrent
 * threads. There is nothing to close.
 */
public final class FakeIdentityService {

    static {
        ModelAccess.provide(service -> ((FakeIdentityService) service).model);
    }

    private final ServiceModel model;
    private final MutableClock clock;

    private FakeIdentityService(Builder builder) {
        clock = builder.clock;
        model = new ServiceModel(
                clock,
                new Random(builder.seed),
                builder.replies,
                new Delays(builder.scheduler),
                builder.maximumRecordedCalls);
        for (int i = 0; i < builder.resources; i++) {
            model.addResource();
        }
    }

    /**
     * Returns a service with one resource and the defaults of the builder.
     *
     * @return the service
     */
    public static FakeIdentityService create() {
        return builder().build();
    }

    /**
     * Returns a builder of services.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the clock by which tokens expire. Moving it does not disturb clients: the dates of their requests are
     * judged by another one.
     *
     * @return the clock
     */
    public MutableClock clock() {
        return clock;
    }

    /**
     * Returns the first resource.
     *
     * @return the resource
     */
    public FakeResource resource() {
        return resources().get(0);
    }

    /**
     * Returns the resources.
     *
     * @return the resources, at least one
     */
    public List<FakeResource> resources() {
        return model.resources().stream().map(FakeResource::new).toList();
    }

    /**
     * Adds a resource with its own id, host name and keys.
     *
     * @return the new resource
     */
    public FakeResource addResource() {
        return new FakeResource(model.addResource());
    }

    /**
     * Returns the users that exist, of all resources.
     *
     * @return the users in the order in which they were created; unmodifiable, and not changing
     */
    public Set<UserId> users() {
        return Collections.unmodifiableSet(model.users());
    }

    /**
     * Returns whether chat and calling would accept an access token now: it was issued here, has not expired, is not
     * revoked, its user exists, and the access key with which it was issued is still valid.
     *
     * <p>A token that expired more than a day ago is forgotten sooner or later: it stays refused even if the clock is
     * set back.
     *
     * @param token the token
     * @return {@code true} if it works
     */
    public boolean isAccepted(AccessToken token) {
        return isAccepted(token.value());
    }

    /**
     * Returns whether chat and calling would accept an access token now.
     *
     * @param token the value of the token
     * @return {@code true} if it works
     * @see #isAccepted(AccessToken)
     */
    public boolean isAccepted(String token) {
        return model.isAccepted(token);
    }

    /**
     * Returns the calls that reached the service, the refused ones too.
     *
     * @return the calls in the order in which they were processed, the latest {@link Builder#maximumRecordedCalls(int)}
     *     of them
     */
    public List<RecordedCall> calls() {
        return model.calls().stream().map(RecordedCall::new).toList();
    }

    /**
     * Returns the calls of one operation.
     *
     * @param operation the operation
     * @return the calls in the order in which they were processed
     * @see #calls()
     */
    public List<RecordedCall> calls(IdentityOperation operation) {
        return calls().stream().filter(call -> call.operation() == operation).toList();
    }

    /**
     * Returns how often an operation was called; calls that are no longer recorded count, too.
     *
     * @param operation the operation
     * @return the number of calls
     */
    public long callCount(IdentityOperation operation) {
        return model.callCount(operation);
    }

    /** Forgets the calls so far. */
    public void clearCalls() {
        model.clearCalls();
    }

    /**
     * Lets the next call fail.
     *
     * @param fault what goes wrong
     */
    public void inject(Fault fault) {
        inject(fault, 1);
    }

    /**
     * Lets the next calls fail. Faults that apply to the same call strike one after the other: the call takes the one
     * that was injected first.
     *
     * @param fault what goes wrong
     * @param calls how many calls, at least 1
     * @param operations which operations; none means all
     * @throws IllegalArgumentException if {@code calls} is less than 1
     */
    public void inject(Fault fault, int calls, IdentityOperation... operations) {
        if (calls < 1) {
            throw new IllegalArgumentException("calls must be at least 1, but was " + calls);
        }
        model.inject(fault.plan(), calls, Set.of(operations));
    }

    /** Takes back the faults that have not struck yet. */
    public void clearFaults() {
        model.clearFaults();
    }

    /**
     * Makes an Entra token of a Teams user that the service accepts for an exchange.
     *
     * @param clientId the id of the application that it is issued for, a GUID
     * @param userObjectId the Entra object id of the user, a GUID
     * @param expiresAt when it expires, by {@link #clock()}
     * @return the token
     */
    public String teamsToken(String clientId, String userObjectId, Instant expiresAt) {
        return model.mintTeamsToken(
                requireNonNull(clientId, "clientId"),
                requireNonNull(userObjectId, "userObjectId"),
                requireNonNull(expiresAt, "expiresAt"));
    }

    /**
     * Makes the service accept a given Entra token for an exchange.
     *
     * @param entraToken the token, any text
     * @param clientId the id of the application that it was issued for, a GUID
     * @param userObjectId the Entra object id of the user, a GUID
     * @param expiresAt when it expires, by {@link #clock()}
     */
    public void registerTeamsToken(String entraToken, String clientId, String userObjectId, Instant expiresAt) {
        model.registerTeamsToken(
                requireNonNull(entraToken, "entraToken"),
                requireNonNull(clientId, "clientId"),
                requireNonNull(userObjectId, "userObjectId"),
                requireNonNull(expiresAt, "expiresAt"));
    }

    ServiceModel model() {
        return model;
    }

    /** Builds {@link FakeIdentityService} instances. A builder is not safe for use by concurrent threads. */
    public static final class Builder {

        private final Map<UnprovenCase, Reply> replies = new EnumMap<>(UnprovenCase.class);
        private MutableClock clock = MutableClock.following(TimeSource.system());
        private long seed = new Random().nextLong();
        private int resources = 1;
        private int maximumRecordedCalls = 100_000;
        private @Nullable ScheduledExecutorService scheduler;

        private Builder() {}

        /**
         * Sets the clock by which tokens expire. The default runs along with the system's and can be moved.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(MutableClock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Sets the seed of ids and keys, to have the same ones in each run. The default is another one each time, so
         * that services that run side by side never have the same ids.
         *
         * @param seed the seed
         * @return this builder
         */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Sets how many resources there are from the beginning. The default is 1.
         *
         * @param resources the number, at least 1
         * @return this builder
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder resources(int resources) {
            this.resources = requirePositive("resources", resources);
            return this;
        }

        /**
         * Chooses how the service answers where nobody knows how the real one does.
         *
         * @param behaviours the choices; of two for the same case the later one counts
         * @return this builder
         */
        public Builder assume(AssumedBehaviour... behaviours) {
            for (AssumedBehaviour behaviour : behaviours) {
                replies.put(behaviour.unproven(), behaviour.reply());
            }
            return this;
        }

        /**
         * Sets how many calls {@link FakeIdentityService#calls()} remembers. The default is 100,000.
         *
         * @param maximumRecordedCalls the number, at least 1
         * @return this builder
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder maximumRecordedCalls(int maximumRecordedCalls) {
            this.maximumRecordedCalls = requirePositive("maximumRecordedCalls", maximumRecordedCalls);
            return this;
        }

        /**
         * Sets what waits out the latency of answers. The default waits for that time; a {@link ManualScheduler} lets
         * the test decide when it is over.
         *
         * @param scheduler the scheduler; it is never shut down
         * @return this builder
         */
        public Builder scheduler(ScheduledExecutorService scheduler) {
            this.scheduler = requireNonNull(scheduler, "scheduler");
            return this;
        }

        /**
         * Builds the service.
         *
         * @return the service
         */
        public FakeIdentityService build() {
            return new FakeIdentityService(this);
        }

        private static int requirePositive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be at least 1, but was " + value);
            }
            return value;
        }
    }
}
