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
import io.github.acsidentity.testing.internal.model.ModelSettings;
import io.github.acsidentity.testing.internal.model.Reply;
import io.github.acsidentity.testing.internal.model.ServiceModel;
import io.github.acsidentity.testing.internal.model.UnprovenCase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;
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
    private final Faults faults;

    private FakeIdentityService(Builder builder) {
        clock = builder.clock;
        model = new ServiceModel(new ModelSettings(
                clock,
                builder.seed,
                builder.replies,
                new Delays(builder.scheduler),
                builder.maximumRecordedCalls,
                builder.revocationDelay,
                builder.quotas.limits()));
        faults = new Faults(model);
        builder.resourceIds.forEach(model::addResource);
        while (model.resources().size() < builder.resources) {
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
     * revoked, its user exists, and the access key with which it was issued is still valid. Revocation and deletion
     * count from the {@linkplain Builder#revocationDelay(Duration) time} on at which they have spread.
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
        requireNonNull(operation, "operation");
        return calls().stream().filter(call -> call.operation() == operation).toList();
    }

    /**
     * Returns how often an operation was called; calls that are no longer recorded count, too.
     *
     * @param operation the operation
     * @return the number of calls
     */
    public long callCount(IdentityOperation operation) {
        return model.callCount(requireNonNull(operation, "operation"));
    }

    /**
     * Returns the calls that were about a user: the one that created it, and those that name it.
     *
     * @param user the user
     * @return the calls in the order in which they were processed
     * @see #calls()
     */
    public List<RecordedCall> calls(UserId user) {
        Optional<UserId> wanted = Optional.of(user);
        return calls().stream().filter(call -> call.user().equals(wanted)).toList();
    }

    /**
     * Returns how many calls of an operation were under way at the same time, at most. A call is under way from its
     * arrival until its answer, or the break of its connection, begins to leave the service; one that hangs, until its
     * caller is seen to give up. An emulator does not see that: there, a call that hangs is under way until its
     * connection is closed, see {@link Fault#hang()}.
     *
     * @param operation the operation
     * @return the number of calls
     */
    public int maximumConcurrency(IdentityOperation operation) {
        return model.maximumConcurrency(requireNonNull(operation, "operation"));
    }

    /**
     * Returns the users that were created, also those that have been deleted since.
     *
     * @return the users in the order in which they were created; unmodifiable, and not changing
     */
    public Set<UserId> usersCreated() {
        return Collections.unmodifiableSet(model.usersCreated());
    }

    /**
     * Returns the orphans: the users that calls have created and nobody has deleted since, but whose ids no caller
     * could learn. These are the ones
     *
     * <ul>
     *   <li>whose creation had no answer that could be read: a fault lost or spoilt it or,
     *       {@linkplain Fault#afterProcessing() after processing}, put an error in its place or let the call hang; or
     *       the caller was seen to give up before the answer;
     *   <li>whose creation was repeated: of several users of a resource that were created under the same
     *       {@linkplain RecordedCall#requestId() request id}, all but the last. That id is the same for all attempts at
     *       one call of an SDK, and an SDK repeats a call for want of an answer only, whether or not one was sent.
     * </ul>
     *
     * <p>While an answer is merely late, its user is none of them. An emulator does not see that a caller gives up;
     * there, only a repetition tells. Nor is it seen that a blocking call was interrupted while it waited for a late
     * answer. A user that is no orphan may still be one that nobody stored: what a caller makes of an answer is beyond
     * the service.
     *
     * @return the users in the order in which they were created; unmodifiable, and not changing
     */
    public Set<UserId> orphans() {
        return Collections.unmodifiableSet(model.orphans());
    }

    /**
     * Returns the access tokens that chat and calling would accept now.
     *
     * @return the tokens, without their secrets, in the order in which they were issued
     * @see #isAccepted(AccessToken)
     */
    public List<LiveToken> liveTokens() {
        return model.liveTokens().stream().map(LiveToken::new).toList();
    }

    /**
     * Forgets the calls so far, and which users they created. Users and tokens live on; calls that are under way remain
     * so.
     */
    public void clearCalls() {
        model.clearCalls();
    }

    /**
     * Returns what shall go wrong.
     *
     * @return the faults; the same object each time
     */
    public Faults faults() {
        return faults;
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

        private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

        private final Map<UnprovenCase, Reply> replies = new EnumMap<>(UnprovenCase.class);
        private MutableClock clock = MutableClock.following(TimeSource.system());
        private long seed = new Random().nextLong();
        private final List<String> resourceIds = new ArrayList<>();
        private int resources = 1;
        private Duration revocationDelay = Duration.ZERO;
        private Quotas quotas = Quotas.none();
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
         * Sets how many resources there are from the beginning, with those of {@link #resource(String)}. The default is
         * 1.
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
         * Adds a resource with a given id; its host name follows from the id, its keys from the seed. Where there are
         * to be more {@linkplain #resources(int) resources}, these come after the ones with given ids.
         *
         * @param id the id, a GUID that no other resource has
         * @return this builder
         * @throws IllegalArgumentException if {@code id} is not a GUID, or was given before
         */
        public Builder resource(String id) {
            String canonical = id.toLowerCase(Locale.ROOT);
            if (!GUID.matcher(canonical).matches()) {
                throw new IllegalArgumentException("The id of a resource must be a GUID, but was " + id);
            }
            if (resourceIds.contains(canonical)) {
                throw new IllegalArgumentException("There is a resource with the id already: " + id);
            }
            resourceIds.add(canonical);
            return this;
        }

        /**
         * Sets how long a token still works after it was revoked, or its user deleted. By default it ends at once; the
         * real service promises no time.
         *
         * @param revocationDelay how long, by the ticks of {@link FakeIdentityService#clock()}; not negative
         * @return this builder
         * @throws IllegalArgumentException if the delay is negative, or longer than 292 years
         */
        public Builder revocationDelay(Duration revocationDelay) {
            if (revocationDelay.isNegative() || revocationDelay.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "revocationDelay must be from zero to 292 years, but was " + revocationDelay);
            }
            this.revocationDelay = revocationDelay;
            return this;
        }

        /**
         * Sets how many calls each resource takes. The default is {@link Quotas#none()}.
         *
         * @param quotas the limits, such as {@link Quotas#published()}
         * @return this builder
         */
        public Builder quotas(Quotas quotas) {
            this.quotas = requireNonNull(quotas, "quotas");
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
