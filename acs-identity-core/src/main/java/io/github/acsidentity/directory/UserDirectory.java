/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityFutures;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An application's users and their communication users, exactly one each.
 *
 * <pre>{@code
 * UserDirectory directory = UserDirectory.builder(manager, store).build();
 * AccessToken token = directory.getToken("alice", TokenRequest.of(TokenScope.VOIP)); // creates her user the first time
 * directory.delete("alice");
 * }</pre>
 *
 * <p>Instances are safe for use by concurrent threads, and any number of them, in any number of processes, may share a
 * store: no external id is ever bound to two users. A creation whose answer is lost may leave a user behind whose id
 * nobody knows; it holds no token and no data, and {@link #stats()} tells how many of them there may be.
 *
 * <p>External ids may be personal data: they are in no message and no log line of this class.
 */
public final class UserDirectory implements AutoCloseable {

    private static final FailureDetails CREATION = FailureDetails.of(IdentityOperation.CREATE_USER);

    private final IdentityManager manager;
    private final UserMappingStore store;
    private final Erasure erasure;
    private final Resolver resolver;
    private final ScheduledExecutorService scheduler;
    private final Duration waitTimeout;
    private final @Nullable String resourceId;
    private final @Nullable ScheduledExecutorService ownScheduler;
    private final @Nullable ExecutorService ownExecutor;

    private volatile boolean closed;

    private UserDirectory(Builder builder) {
        manager = builder.manager;
        store = builder.store;
        waitTimeout = builder.waitTimeout;
        resourceId = builder.resourceId;
        ownScheduler = builder.scheduler == null ? OwnThreads.scheduler() : null;
        scheduler = builder.scheduler == null ? requireNonNull(ownScheduler) : builder.scheduler;
        ownExecutor = builder.executor == null ? OwnThreads.executor() : null;
        Executor executor = builder.executor == null ? requireNonNull(ownExecutor) : builder.executor;
        erasure = new Erasure(manager.async(), store, executor);
        resolver = new Resolver(
                manager.async(),
                store,
                erasure,
                builder.timeSource,
                scheduler,
                executor,
                builder.requestIds,
                builder.reservationTime);
    }

    /**
     * Returns a builder of directories.
     *
     * @param manager creates and deletes users and issues tokens, best with a cache; it stays the caller's to close
     * @param store keeps the mappings; it stays the caller's, too
     * @return the builder
     */
    public static Builder builder(IdentityManager manager, UserMappingStore store) {
        return new Builder(manager, store);
    }

    /**
     * Returns an access token of the user of an external id, who is created if there is none.
     *
     * @param externalId the external id, see {@link ExternalId}
     * @param request the scopes and the validity asked for
     * @return the token
     * @throws IllegalArgumentException if {@code externalId} cannot be used
     * @throws UserNotFoundException if the service does not know the user, who is not created anew: it says so of every
     *     user after a wrong connection string, and then {@link UserNotFoundException#isForeignResource()}. Also if an
     *     erasure began meanwhile
     * @throws IdentityException if the service refused or could not be reached, or somebody else is creating the user
     *     and takes too long
     * @throws UserMappingStoreException if the store fails
     */
    public AccessToken getToken(String externalId, TokenRequest request) {
        ExternalId id = ExternalId.of(externalId);
        requireNonNull(request, "request");
        UserId user = resolve(id);
        AccessToken token = manager.getToken(user, request);
        if (!bound(id).filter(user::equals).isPresent()) {
            throw new UserNotFoundException(
                    "The mapping of the user was erased while its token was being issued",
                    FailureDetails.of(IdentityOperation.GET_TOKEN).withUser(user));
        }
        return token;
    }

    /**
     * Returns the user of an external id, who is created if there is none. An erasure that was begun and not finished
     * is finished before.
     *
     * @param externalId the external id, see {@link ExternalId}
     * @return the user
     * @throws IllegalArgumentException if {@code externalId} cannot be used
     * @throws IdentityException if the service refused or could not be reached, or somebody else is creating the user
     *     and takes too long
     * @throws UserMappingStoreException if the store fails
     */
    public UserId resolve(String externalId) {
        return resolve(ExternalId.of(externalId));
    }

    /**
     * Returns the user of an external id.
     *
     * @param externalId the external id, see {@link ExternalId}
     * @return the user, if there is one
     * @throws IllegalArgumentException if {@code externalId} cannot be used
     * @throws UserMappingStoreException if the store fails
     */
    public Optional<UserId> find(String externalId) {
        requireOpen();
        return bound(ExternalId.of(externalId));
    }

    /**
     * Returns the external id of a user.
     *
     * @param user the user
     * @return the external id, if there is one
     * @throws UserMappingStoreException if the store fails
     */
    public Optional<ExternalId> externalId(UserId user) {
        requireOpen();
        return store.externalId(user);
    }

    /**
     * Takes over a mapping that was kept elsewhere. Repeating it does no harm.
     *
     * @param externalId the external id, see {@link ExternalId}
     * @param user the user, who exists already
     * @throws IllegalArgumentException if {@code externalId} cannot be used, or {@code user} is of another resource
     *     than this directory
     * @throws IllegalStateException if the external id has another user, or the user another external id
     * @throws UserMappingStoreException if the store fails
     */
    public void adopt(String externalId, UserId user) {
        requireOpen();
        ExternalId id = ExternalId.of(externalId);
        if (isForeign(user)) {
            throw new IllegalArgumentException(
                    "The user " + user + " must be of the directory's resource " + resourceId);
        }
        UserMapping there = store.adopt(id, user);
        if (!there.equals(new UserMapping.Bound(id, user))) {
            throw new IllegalStateException(
                    there.externalId().equals(id)
                            ? "The external id has another user already, or one that is being erased"
                            : "The user " + user + " belongs to another external id");
        }
    }

    /**
     * Revokes the tokens of the user of an external id; without effect if there is none.
     *
     * @param externalId the external id, see {@link ExternalId}
     * @throws IllegalArgumentException if {@code externalId} cannot be used
     * @throws IdentityException if the service refused or could not be reached
     * @throws UserMappingStoreException if the store fails
     */
    public void revokeTokens(String externalId) {
        requireOpen();
        bound(ExternalId.of(externalId)).ifPresent(manager::revokeTokens);
    }

    /**
     * Deletes the user of an external id, and forgets the mapping. From the beginning on nobody gets a token through
     * this or another directory. If the service cannot be reached, or says that the user is another resource's, the
     * erasure is left to be finished: by the next call with the external id, or {@link #recover()}.
     *
     * @param externalId the external id, see {@link ExternalId}
     * @return whether there was a user
     * @throws IllegalArgumentException if {@code externalId} cannot be used
     * @throws IdentityException if the service refused or could not be reached
     * @throws UserMappingStoreException if the store fails
     */
    public boolean delete(String externalId) {
        requireOpen();
        Optional<UserMapping.Erasing> tombstone = store.tombstone(ExternalId.of(externalId));
        tombstone.ifPresent(erasure::await);
        return tombstone.isPresent();
    }

    /**
     * Finishes what others left, such as processes that ended: erasures, and the deletion of users that are nobody's.
     * Ends reservations that have expired. Any number of processes may do so, at any time; now and then one should.
     *
     * <p>It stops at the first failure after which the next user would fail, too.
     *
     * @return what was done, and what is left
     * @throws UserMappingStoreException if the store fails
     */
    public RecoveryReport recover() {
        requireOpen();
        resolver.save();
        store.expireReservations(resolver.now());
        Recovery recovery = new Recovery(erasure, store);
        recovery.run();
        return recovery.report(store.stats(resolver.now()));
    }

    /**
     * Counts what the store holds. That takes as long as counting all mappings takes.
     *
     * @return the numbers
     * @throws UserMappingStoreException if the store fails
     */
    public DirectoryStats stats() {
        requireOpen();
        return store.stats(resolver.now());
    }

    /** Ends the use of this directory. Creations under way run to their end. Manager and store stay open. */
    @Override
    public void close() {
        closed = true;
        if (ownScheduler != null) {
            ownScheduler.shutdown();
        }
        if (ownExecutor != null) {
            ownExecutor.shutdown();
        }
    }

    private UserId resolve(ExternalId id) {
        requireOpen();
        UserId user = bound(id).orElseGet(() -> IdentityFutures.await(CREATION, () -> waitFor(resolver.resolve(id))));
        if (isForeign(user)) {
            throw new UserNotFoundException(
                    "The user is of resource " + user.resourceId() + ", and the directory of resource " + resourceId
                            + ": is the connection string of another resource in use?",
                    FailureDetails.of(IdentityOperation.GET_TOKEN)
                            .withUser(user)
                            .withErrorCode("IdentityNotOwned"));
        }
        return user;
    }

    private Optional<UserId> bound(ExternalId id) {
        return store.find(id)
                .filter(UserMapping.Bound.class::isInstance)
                .map(mapping -> ((UserMapping.Bound) mapping).user());
    }

    private boolean isForeign(UserId user) {
        return resourceId != null && !resourceId.equalsIgnoreCase(user.resourceId());
    }

    /** Returns a future of one caller's own, which fails in time. */
    private CompletableFuture<UserId> waitFor(CompletableFuture<UserId> flight) {
        CompletableFuture<UserId> own = flight.copy();
        if (own.isDone()) {
            return own;
        }
        try {
            ScheduledFuture<?> end = scheduler.schedule(
                    () -> own.completeExceptionally(new ServiceUnavailableException(
                            "The user is being created, which takes longer than " + waitTimeout, CREATION)),
                    waitTimeout.toNanos(),
                    TimeUnit.NANOSECONDS);
            CompletableFuture<UserId> unused = own.whenComplete((user, failure) -> end.cancel(false));
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("This user directory is closed", e);
        }
        return own;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This user directory is closed");
        }
    }

    /** Builds {@link UserDirectory} instances. A builder is not safe for use by concurrent threads. */
    public static final class Builder {

        private static final Duration LONGEST = Duration.ofHours(1);

        private final IdentityManager manager;
        private final UserMappingStore store;
        private TimeSource timeSource = TimeSource.system();
        private Supplier<UUID> requestIds = UUID::randomUUID;
        private Duration reservationTime = Duration.ofMinutes(1);
        private Duration waitTimeout = Duration.ofSeconds(10);
        private @Nullable String resourceId;
        private @Nullable ScheduledExecutorService scheduler;
        private @Nullable Executor executor;

        private Builder(IdentityManager manager, UserMappingStore store) {
            this.manager = requireNonNull(manager, "manager");
            this.store = requireNonNull(store, "store");
        }

        /**
         * Sets the resource that all users belong to, so that a wrong connection string shows before a call. By default
         * nothing is checked.
         *
         * @param resourceId the id of the ACS resource, a GUID, the part before the underscore of its users' ids
         * @return this builder
         * @throws IllegalArgumentException if {@code resourceId} is blank
         */
        public Builder resourceId(String resourceId) {
            if (resourceId.isBlank()) {
                throw new IllegalArgumentException("resourceId must not be blank");
            }
            this.resourceId = resourceId;
            return this;
        }

        /**
         * Sets for how long an external id is reserved for the process that creates its user. The default is one
         * minute. It should be longer than the manager takes for a creation, retries included: otherwise others create
         * a user, too, and the one that loses is deleted.
         *
         * @param reservationTime more than zero, one hour at most
         * @return this builder
         * @throws IllegalArgumentException if {@code reservationTime} is out of range
         */
        public Builder reservationTime(Duration reservationTime) {
            this.reservationTime = checked("reservationTime", reservationTime);
            return this;
        }

        /**
         * Sets how long a caller waits for a user who is being created. The default is ten seconds. The creation goes
         * on.
         *
         * @param waitTimeout more than zero, one hour at most
         * @return this builder
         * @throws IllegalArgumentException if {@code waitTimeout} is out of range
         */
        public Builder waitTimeout(Duration waitTimeout) {
            this.waitTimeout = checked("waitTimeout", waitTimeout);
            return this;
        }

        /**
         * Sets the clock by which reservations expire. The default is {@link TimeSource#system()}.
         *
         * @param timeSource the clock
         * @return this builder
         */
        public Builder timeSource(TimeSource timeSource) {
            this.timeSource = requireNonNull(timeSource, "timeSource");
            return this;
        }

        /**
         * Sets where the ids of attempts come from. The default is {@link UUID#randomUUID()}.
         *
         * @param requestIds returns a new id each time; safe for use by concurrent threads
         * @return this builder
         */
        public Builder requestIds(Supplier<UUID> requestIds) {
            this.requestIds = requireNonNull(requestIds, "requestIds");
            return this;
        }

        /**
         * Sets what waits. The default is a daemon thread of the directory's own.
         *
         * @param scheduler the scheduler; it stays the caller's to close
         * @return this builder
         */
        public Builder scheduler(ScheduledExecutorService scheduler) {
            this.scheduler = requireNonNull(scheduler, "scheduler");
            return this;
        }

        /**
         * Sets what calls the store while users are created and deleted. The default is a pool of at most 16 daemon
         * threads of the directory's own.
         *
         * @param executor the executor; it stays the caller's to close
         * @return this builder
         */
        public Builder executor(Executor executor) {
            this.executor = requireNonNull(executor, "executor");
            return this;
        }

        /**
         * Builds the directory, without a call.
         *
         * @return the directory
         */
        public UserDirectory build() {
            return new UserDirectory(this);
        }

        private static Duration checked(String name, Duration duration) {
            if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        name + " must be more than zero and at most " + LONGEST + ", but was " + duration);
            }
            return duration;
        }
    }
}
