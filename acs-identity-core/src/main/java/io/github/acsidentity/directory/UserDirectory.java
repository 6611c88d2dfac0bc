/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
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
 * <p>All users belong to one resource: the one that was {@linkplain Builder#resourceId set}, or else that of the first
 * user who is created. Users of another are refused, and so is a connection string of another.
 *
 * <p>External ids may be personal data: they are in no message and no log line of this class.
 *
 * <p>Once the directory or its manager is closed, its methods throw {@link IllegalStateException}.
 */
public final class UserDirectory implements AutoCloseable {

    private final DirectoryOperations operations;
    private final String namespace;

    private UserDirectory(DirectoryOperations operations, String namespace) {
        this.operations = operations;
        this.namespace = namespace;
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
     * Returns a view of this directory whose external ids are those of a namespace, such as a tenant. The same id in
     * two namespaces is two users. The view costs nothing, and belongs to this directory: closing one of them closes
     * all; {@link #recover()}, {@link #stats()} and {@link #unknownAttempts} are of all namespaces, and
     * {@link #externalId} names the namespace that it found.
     *
     * @param namespace the namespace, see {@link ExternalId}; empty for ids without one
     * @return the view
     * @throws IllegalArgumentException if {@code namespace} cannot be used
     */
    public UserDirectory inNamespace(String namespace) {
        ExternalId.requireNamespace(namespace);
        return new UserDirectory(operations, namespace);
    }

    /**
     * Returns an access token of the user of an external id, who is created if there is none. A token that the manager
     * {@linkplain IdentityManager#heldToken holds} is returned at once, and of a store that remembers mappings nothing
     * is read then. For any other the store is asked again before the token is issued, and after it.
     *
     * @param externalId the external id, see {@link ExternalId}
     * @param request the scopes and the validity asked for
     * @return the token
     * @throws IllegalArgumentException if {@code externalId} cannot be used
     * @throws UserNotFoundException if the service does not know the user, who is not created anew: it says so of every
     *     user after a wrong connection string, and then {@link UserNotFoundException#isForeignResource()}. Also if an
     *     erasure began meanwhile
     * @throws AccessDeniedException if a user was to be created, and the service created one of another resource than
     *     the directory's; that one is deleted, and this directory creates no other any more
     * @throws IdentityException if the service refused or could not be reached, or somebody else is creating the user
     *     and takes too long
     * @throws UserMappingStoreException if the store fails
     */
    public AccessToken getToken(String externalId, TokenRequest request) {
        return operations.getToken(id(externalId), request);
    }

    /**
     * Returns the user of an external id, who is created if there is none. An erasure that was begun and not finished
     * is finished before. A store that remembers mappings may answer from memory.
     *
     * @param externalId the external id, see {@link ExternalId}
     * @return the user
     * @throws IllegalArgumentException if {@code externalId} cannot be used
     * @throws UserNotFoundException if the user is of another resource than the directory's
     * @throws AccessDeniedException if the service created a user of another resource
     * @throws IdentityException if the service refused or could not be reached, or somebody else is creating the user
     *     and takes too long
     * @throws UserMappingStoreException if the store fails
     */
    public UserId resolve(String externalId) {
        return operations.resolve(id(externalId));
    }

    /**
     * Returns the user whom the store has for an external id now.
     *
     * @param externalId the external id, see {@link ExternalId}
     * @return the user, if there is one who is not being erased
     * @throws IllegalArgumentException if {@code externalId} cannot be used
     * @throws UserMappingStoreException if the store fails
     */
    public Optional<UserId> find(String externalId) {
        return operations.find(id(externalId));
    }

    /**
     * Returns the external id of a user, in whatever namespace.
     *
     * @param user the user
     * @return the external id, if there is one
     * @throws UserMappingStoreException if the store fails
     */
    public Optional<ExternalId> externalId(UserId user) {
        return operations.externalId(user);
    }

    /**
     * Takes over a mapping that was kept elsewhere. Repeating it does no harm. The service is not asked whether the
     * user exists. User ids are compared by their characters: two spellings of one id are two users.
     *
     * @param externalId the external id, see {@link ExternalId}
     * @param user the user, who exists already
     * @throws IllegalArgumentException if {@code externalId} cannot be used, or {@code user} is of another resource
     *     than this directory
     * @throws IllegalStateException if the external id has another user, or the user another external id
     * @throws UserMappingStoreException if the store fails
     */
    public void adopt(String externalId, UserId user) {
        operations.adopt(id(externalId), user).ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
    }

    /**
     * Takes over many mappings, as {@link #adopt} does it with one. What is refused does not hinder the rest. It takes
     * a transaction for each and heeds no interrupt: hand a large number over in parts.
     *
     * @param users users by their external ids
     * @return how many are there now, and which are not and why
     * @throws UserMappingStoreException if the store fails: what came before is there, and all can be repeated
     */
    public AdoptionReport adoptAll(Map<String, UserId> users) {
        users.forEach((externalId, user) -> {
            requireNonNull(externalId, "externalId");
            requireNonNull(user, "user");
        });
        List<AdoptionReport.Refusal> refused = new ArrayList<>();
        users.forEach((externalId, user) -> reasonAgainst(externalId, user)
                .ifPresent(reason -> refused.add(new AdoptionReport.Refusal(externalId, user, reason))));
        return new AdoptionReport(users.size() - refused.size(), refused);
    }

    /**
     * Revokes the tokens of the user of an external id; without effect if there is none. Of a user who is being erased,
     * the erasure is finished.
     *
     * @param externalId the external id, see {@link ExternalId}
     * @throws IllegalArgumentException if {@code externalId} cannot be used
     * @throws IdentityException if the service refused or could not be reached
     * @throws UserMappingStoreException if the store fails
     */
    public void revokeTokens(String externalId) {
        operations.revokeTokens(id(externalId));
    }

    /**
     * Deletes the user of an external id, and forgets the mapping. From the beginning on nobody gets a token through
     * this directory; nor through another that shares the store, as soon as it does not remember the mapping any more.
     * If the service cannot be reached, or says that the user is another resource's, the erasure is left to be
     * finished: by the next call with the external id, or {@link #recover()}.
     *
     * @param externalId the external id, see {@link ExternalId}
     * @return whether there was a user
     * @throws IllegalArgumentException if {@code externalId} cannot be used
     * @throws IdentityException if the service refused or could not be reached
     * @throws UserMappingStoreException if the store fails
     */
    public boolean delete(String externalId) {
        return operations.delete(id(externalId));
    }

    /**
     * Deletes the users of many external ids. All are marked first, as fast as the store allows: from then on none gets
     * a token, and {@link #recover()} would finish what this call leaves. Then they are deleted at the
     * {@linkplain Builder#erasuresPerSecond pace} that is left to erasures, a few at the same time, which takes two
     * hours for 60,000 users.
     *
     * <p>A transient failure is waited out and tried again, five in a row at most, after seconds or as the service
     * asks, but five minutes at most; a refusal that concerns one user does not hinder the rest. What could not be done
     * is in the report, and so is the rest if the calling thread is interrupted; its interrupt status is set then.
     *
     * @param externalIds the external ids, see {@link ExternalId}; one that is there twice counts once
     * @param progress told how far it has come, once all are marked and after each user, on the calling thread; what it
     *     throws ends the purge and reaches the caller
     * @return what was done and what remains; nothing is thrown for failures of the service or the store
     * @throws IllegalArgumentException if one of the external ids cannot be used; nothing has been done then
     */
    public PurgeReport purge(Collection<String> externalIds, Consumer<? super PurgeProgress> progress) {
        requireNonNull(progress, "progress");
        return operations.purge(externalIds.stream().map(this::id).distinct().toList(), progress);
    }

    /**
     * Finishes what others left, such as processes that ended: erasures, and the deletion of users that are nobody's.
     * Ends reservations that have expired. Any number of processes may do so, at any time; now and then one should.
     *
     * <p>It deletes at the {@linkplain Builder#erasuresPerSecond pace} that is left to erasures, and stops at the first
     * failure after which the next user would fail, too, or if its thread is interrupted.
     *
     * @return what was done, and what is left
     * @throws UserMappingStoreException if the store fails
     */
    public RecoveryReport recover() {
        return operations.recover();
    }

    /**
     * Counts what the store holds. That takes as long as counting all mappings takes.
     *
     * @return the numbers
     * @throws UserMappingStoreException if the store fails
     */
    public DirectoryStats stats() {
        return operations.stats();
    }

    /**
     * Returns attempts at creating a user of which nobody knows whether they did, the newest first: each may have left
     * one user whose id nobody knows. The service's support can find the request by its id.
     *
     * @param limit how many at most, at least 1
     * @return the attempts, without those whose reservation has not been ended yet
     * @throws IllegalArgumentException if {@code limit} is less than 1
     * @throws UserMappingStoreException if the store fails
     */
    public List<CreationAttempt> unknownAttempts(int limit) {
        return operations.unknownAttempts(limit);
    }

    /**
     * Ends the use of this directory and of its views. Creations and deletions under way run to their end; a purge or
     * recovery begins no more of them. Manager and store stay open, to be closed afterwards.
     */
    @Override
    public void close() {
        operations.close();
    }

    private Optional<String> reasonAgainst(String externalId, UserId user) {
        try {
            return operations.adopt(id(externalId), user);
        } catch (IllegalArgumentException e) {
            return Optional.of(requireNonNull(e.getMessage()));
        }
    }

    private ExternalId id(String externalId) {
        return new ExternalId(namespace, externalId);
    }

    /** Builds {@link UserDirectory} instances. A builder is not safe for use by concurrent threads. */
    public static final class Builder {

        private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}-(?:\\p{XDigit}{4}-){3}\\p{XDigit}{12}");
        private static final Duration LONGEST = Duration.ofHours(1);
        private static final int DEFAULT_ERASURES_PER_SECOND = 8;
        private static final int MOST_ERASURES_PER_SECOND = 1000;

        final IdentityManager manager;
        final UserMappingStore store;
        TimeSource timeSource = TimeSource.system();
        Supplier<UUID> requestIds = UUID::randomUUID;
        Duration reservationTime = Duration.ofMinutes(1);
        Duration waitTimeout = Duration.ofSeconds(10);
        int erasuresPerSecond = DEFAULT_ERASURES_PER_SECOND;

        @Nullable
        String resourceId;

        @Nullable
        ScheduledExecutorService scheduler;

        @Nullable
        Executor executor;

        private Builder(IdentityManager manager, UserMappingStore store) {
            this.manager = requireNonNull(manager, "manager");
            this.store = requireNonNull(store, "store");
        }

        /**
         * Sets the resource that all users belong to, so that a wrong connection string shows before a call. By default
         * it is that of the first user whom this directory creates; what happens before is not checked.
         *
         * @param resourceId the id of the ACS resource, a GUID such as {@code 0b7d6e51-8a42-4f0c-a3d9-6c1e5b2f7a84},
         *     which is in its users' ids before the underscore
         * @return this builder
         * @throws IllegalArgumentException if {@code resourceId} is no GUID
         */
        public Builder resourceId(String resourceId) {
            if (!GUID.matcher(resourceId).matches()) {
                throw new IllegalArgumentException("resourceId must be a GUID such as"
                        + " 0b7d6e51-8a42-4f0c-a3d9-6c1e5b2f7a84, but was \"" + resourceId + "\"");
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
         * Sets how many users {@link UserDirectory#purge} and {@link UserDirectory#recover()} together delete in a
         * second. The default is 8, which is half of the service's published quota of 500 deletions in 30 seconds and
         * resource, <a href="https://learn.microsoft.com/azure/communication-services/concepts/service-limits">service
         * limits</a>. Each process has a pace of its own.
         *
         * @param erasuresPerSecond 1 to 1000
         * @return this builder
         * @throws IllegalArgumentException if {@code erasuresPerSecond} is out of range
         */
        public Builder erasuresPerSecond(int erasuresPerSecond) {
            if (erasuresPerSecond < 1 || erasuresPerSecond > MOST_ERASURES_PER_SECOND) {
                throw new IllegalArgumentException("erasuresPerSecond must be 1 to " + MOST_ERASURES_PER_SECOND
                        + ", but was " + erasuresPerSecond);
            }
            this.erasuresPerSecond = erasuresPerSecond;
            return this;
        }

        /**
         * Sets the clock by which reservations expire and erasures are paced. The default is
         * {@link TimeSource#system()}.
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
            return new UserDirectory(new DirectoryOperations(this), "");
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
