/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityFutures;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a directory and its views of namespaces do. Safe for use by concurrent threads. */
final class DirectoryOperations {

    private static final FailureDetails CREATION = FailureDetails.of(IdentityOperation.CREATE_USER);
    private static final int MARKS_PER_SECOND = 100_000;
    private static final Duration PAUSE_OF_CALLERS = Duration.ofSeconds(1);

    private final IdentityManager manager;
    private final UserMappingStore store;
    private final Resource resource;
    private final Erasure erasure;
    private final Resolver resolver;
    private final Pace pace;
    private final Pace paceOfMarks;
    private final TimeSource time;
    private final ScheduledExecutorService scheduler;
    private final Duration waitTimeout;
    private final @Nullable ScheduledExecutorService ownScheduler;
    private final @Nullable ExecutorService ownExecutor;

    private volatile boolean closed;

    DirectoryOperations(UserDirectory.Builder builder) {
        manager = builder.manager;
        store = builder.store;
        time = builder.timeSource;
        waitTimeout = builder.waitTimeout;
        resource = new Resource(builder.resourceId);
        ownScheduler = builder.scheduler == null ? OwnThreads.scheduler() : null;
        scheduler = builder.scheduler == null ? requireNonNull(ownScheduler) : builder.scheduler;
        ownExecutor = builder.executor == null ? OwnThreads.executor() : null;
        Executor executor =
                OwnThreads.orHere(builder.executor == null ? requireNonNull(ownExecutor) : builder.executor);
        pace = new Pace(builder.erasuresPerSecond, time, scheduler, this::requireOpen);
        paceOfMarks = new Pace(MARKS_PER_SECOND, time, scheduler, this::requireOpen);
        erasure = new Erasure(manager.async(), store, executor);
        resolver = new Resolver(
                manager.async(),
                store,
                resource,
                erasure,
                time,
                scheduler,
                executor,
                builder.requestIds,
                builder.reservationTime);
    }

    AccessToken getToken(ExternalId id, TokenRequest request) {
        requireOpen();
        requireNonNull(request, "request");
        return recalled(id).flatMap(user -> manager.heldToken(user, request)).orElseGet(() -> newToken(id, request));
    }

    /** A token that is not held is of a user whose mapping the store has before and after. */
    private AccessToken newToken(ExternalId id, TokenRequest request) {
        UserId user = resource.requireMine(find(id).orElseGet(() -> create(id)));
        AccessToken token = manager.getToken(user, request);
        if (find(id).filter(user::equals).isEmpty()) {
            throw new UserNotFoundException(
                    "The mapping of the user was erased while its token was being issued",
                    FailureDetails.of(IdentityOperation.GET_TOKEN).withUser(user));
        }
        return token;
    }

    UserId resolve(ExternalId id) {
        requireOpen();
        return recalled(id).orElseGet(() -> resource.requireMine(create(id)));
    }

    Optional<UserId> find(ExternalId id) {
        requireOpen();
        return bound(store.find(id));
    }

    Optional<ExternalId> externalId(UserId user) {
        requireOpen();
        return store.externalId(requireNonNull(user, "user"));
    }

    /** Returns what prevents it, nothing if the mapping is there. */
    Optional<String> adopt(ExternalId id, UserId user) {
        requireOpen();
        resource.requireAdoptable(user);
        UserMapping there = store.adopt(id, user);
        if (there.equals(new UserMapping.Bound(id, user))) {
            return Optional.empty();
        }
        if (!there.externalId().equals(id)) {
            return Optional.of("The user " + user + " belongs to another external id");
        }
        return Optional.of(
                there instanceof UserMapping.Erasing
                        ? "The user of the external id is being erased, which has not ended yet"
                        : "The external id has another user already");
    }

    void revokeTokens(ExternalId id) {
        requireOpen();
        Optional<UserMapping> mapping = store.find(id);
        if (mapping.orElse(null) instanceof UserMapping.Erasing erasing) {
            erasure.await(erasing);
        } else {
            bound(mapping).ifPresent(manager::revokeTokens);
        }
    }

    boolean delete(ExternalId id) {
        requireOpen();
        Optional<UserMapping.Erasing> tombstone = store.tombstone(id);
        resolver.detach(id);
        tombstone.ifPresent(erasure::await);
        return tombstone.isPresent();
    }

    PurgeReport purge(Collection<ExternalId> ids, Consumer<? super PurgeProgress> progress) {
        requireOpen();
        return new Purge(store, erasure, resolver, paceOfMarks, pace, progress).run(ids);
    }

    RecoveryReport recover() {
        requireOpen();
        resolver.save();
        store.expireReservations(now());
        Recovery recovery = new Recovery(erasure, store, pace);
        recovery.run();
        return recovery.report(stats());
    }

    DirectoryStats stats() {
        requireOpen();
        return store.stats(now());
    }

    List<CreationAttempt> unknownAttempts(int limit) {
        requireOpen();
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, but was " + limit);
        }
        return store.unknown(limit);
    }

    void close() {
        closed = true;
        resolver.save();
        if (ownScheduler != null) {
            ownScheduler.shutdown();
        }
        if (ownExecutor != null) {
            ownExecutor.shutdown();
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(time.millis());
    }

    /** Returns the user that the store remembers, if it is not another resource's. */
    private Optional<UserId> recalled(ExternalId id) {
        return bound(store.recall(id)).filter(Predicate.not(resource::isForeign));
    }

    private static Optional<UserId> bound(Optional<UserMapping> mapping) {
        return mapping.filter(UserMapping.Bound.class::isInstance).map(there -> ((UserMapping.Bound) there).user());
    }

    private UserId create(ExternalId id) {
        return IdentityFutures.await(CREATION, () -> waitFor(resolver.resolve(id)));
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
                            "The user is being created, which takes longer than " + waitTimeout,
                            CREATION.withRetryAfter(PAUSE_OF_CALLERS))),
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
}
