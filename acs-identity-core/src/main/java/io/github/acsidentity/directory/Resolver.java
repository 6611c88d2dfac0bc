/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.UserId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds or creates the user of an external id: one flight per id, shared by all who wait for it, which runs to its end
 * whoever leaves. Safe for use by concurrent threads.
 */
final class Resolver {

    private static final Logger LOGGER = System.getLogger(Resolver.class.getName());
    private static final FailureDetails CREATION = FailureDetails.of(IdentityOperation.CREATE_USER);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final int MAXIMUM_DOUBLINGS = 4;
    private static final int BINDING_ATTEMPTS = 6;
    private static final int SAVING_SECONDS = 10;

    private final AsyncIdentityManager service;
    private final UserMappingStore store;
    private final Resource resource;
    private final Erasure erasure;
    private final TimeSource time;
    private final ScheduledExecutorService scheduler;
    private final Executor executor;
    private final Supplier<UUID> requestIds;
    private final Duration reservationTime;

    private final Map<ExternalId, CompletableFuture<UserId>> flights = new ConcurrentHashMap<>();
    /** Users that were created and of whom the store does not know yet. */
    private final Map<UUID, Created> unsaved = new ConcurrentHashMap<>();

    private final AtomicBoolean saving = new AtomicBoolean();

    Resolver(
            AsyncIdentityManager service,
            UserMappingStore store,
            Resource resource,
            Erasure erasure,
            TimeSource time,
            ScheduledExecutorService scheduler,
            Executor executor,
            Supplier<UUID> requestIds,
            Duration reservationTime) {
        this.service = service;
        this.store = store;
        this.resource = resource;
        this.erasure = erasure;
        this.time = time;
        this.scheduler = scheduler;
        this.executor = executor;
        this.requestIds = requestIds;
        this.reservationTime = reservationTime;
    }

    private record Created(ExternalId id, CreationAttempt attempt, UserId user) {}

    /** Is out of the way before it ends: who comes after that begins another. */
    private final class Flight extends CompletableFuture<UserId> {

        private final ExternalId id;

        Flight(ExternalId id) {
            this.id = id;
        }

        @Override
        public boolean complete(UserId user) {
            detach();
            return super.complete(user);
        }

        @Override
        public boolean completeExceptionally(Throwable failure) {
            detach();
            return super.completeExceptionally(failure);
        }

        private void detach() {
            flights.remove(id, this);
        }
    }

    /** Returns the flight of an id that seems to have no user; it belongs to all who wait for it. */
    CompletableFuture<UserId> resolve(ExternalId id) {
        Flight mine = new Flight(id);
        CompletableFuture<UserId> there = flights.putIfAbsent(id, mine);
        if (there != null) {
            return there;
        }
        run(mine, () -> reserve(id, mine, 0));
        return mine;
    }

    /** Lets nobody else join the flight of an id, which may have been decided already. */
    void detach(ExternalId id) {
        flights.remove(id);
    }

    private Instant now() {
        return Instant.ofEpochMilli(time.millis());
    }

    /** Tells the store of users that it could not be told of before. */
    void save() {
        unsaved.values().forEach(created -> {
            try {
                save(created);
            } catch (RuntimeException e) {
                LOGGER.log(Level.DEBUG, "A user is still not saved", e);
            }
        });
    }

    private void save(Created created) {
        if (!resource.isForeign(created.user()) && store.bind(created.id(), created.attempt(), created.user())) {
            unsaved.remove(created.attempt().requestId());
        } else {
            giveUp(created);
        }
    }

    private void saveLater() {
        if (!unsaved.isEmpty() && saving.compareAndSet(false, true)) {
            try {
                ScheduledFuture<?> unused = scheduler.schedule(
                        () -> executor.execute(() -> {
                            saving.set(false);
                            save();
                            saveLater();
                        }),
                        SAVING_SECONDS,
                        TimeUnit.SECONDS);
            } catch (RejectedExecutionException e) {
                LOGGER.log(Level.WARNING, "The directory is closed, and users whom it created are not saved", e);
            }
        }
    }

    private void look(ExternalId id, CompletableFuture<UserId> flight, int round) {
        Optional<UserMapping> there = store.find(id);
        if (there.isPresent()) {
            proceed(id, there.get(), null, flight, round);
            return;
        }
        reserve(id, flight, round);
    }

    private void reserve(ExternalId id, CompletableFuture<UserId> flight, int round) {
        resource.requireOwnConnection();
        Instant start = now();
        CreationAttempt attempt = new CreationAttempt(requestIds.get(), start, start.plus(reservationTime));
        proceed(id, store.reserve(id, attempt), attempt, flight, round);
    }

    private void proceed(
            ExternalId id,
            UserMapping there,
            @Nullable CreationAttempt mine,
            CompletableFuture<UserId> flight,
            int round) {
        if (there instanceof UserMapping.Bound bound) {
            flight.complete(bound.user());
        } else if (there instanceof UserMapping.Erasing erasing) {
            follow(erasure.finish(erasing), flight, () -> look(id, flight, round));
        } else if (there instanceof UserMapping.Reserved reserved) {
            if (mine != null && reserved.attempt().requestId().equals(mine.requestId())) {
                create(id, mine, flight);
            } else if (mine == null && reserved.attempt().isExpiredAt(now())) {
                reserve(id, flight, round);
            } else {
                later(flight, round, () -> look(id, flight, round + 1));
            }
        }
    }

    private void create(ExternalId id, CreationAttempt attempt, CompletableFuture<UserId> flight) {
        Future<?> end = endWithReservation(flight);
        CompletableFuture<UserId> creation;
        try {
            creation = requireNonNull(service.createUser(attempt.requestId()), "the future of the manager");
        } catch (RuntimeException e) {
            end.cancel(false);
            // of a manager that is closed: what is thrown at the call was not begun, unless it says so
            fail(id, attempt, e, e instanceof IdentityException known && known.outcomeUnknown(), flight);
            return;
        }
        CompletableFuture<UserId> unused = creation.whenComplete((user, failure) -> run(flight, () -> {
            end.cancel(false);
            if (failure == null) {
                keep(new Created(id, attempt, requireNonNull(user)), flight);
            } else {
                Throwable cause = unwrapped(failure);
                boolean refused = cause instanceof IdentityException known && !known.outcomeUnknown();
                fail(id, attempt, cause, !refused, flight);
            }
        }));
    }

    /** Lets others try when they may: a manager that never answers must not hold up its process for ever. */
    private Future<?> endWithReservation(CompletableFuture<UserId> flight) {
        try {
            return scheduler.schedule(
                    () -> flight.completeExceptionally(new ServiceUnavailableException(
                            "The creation of the user has not ended within " + reservationTime,
                            CREATION.withOutcomeUnknown(true))),
                    reservationTime.toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private void fail(
            ExternalId id,
            CreationAttempt attempt,
            Throwable failure,
            boolean outcomeUnknown,
            CompletableFuture<UserId> flight) {
        try {
            store.release(id, attempt, outcomeUnknown);
        } catch (RuntimeException e) {
            LOGGER.log(
                    e instanceof UserMappingStoreException known && known.isTransient() ? Level.DEBUG : Level.WARNING,
                    "A reservation is left to expire; its attempt counts as one of unknown outcome",
                    e);
            failure.addSuppressed(e);
        }
        flight.completeExceptionally(failure);
    }

    private void keep(Created created, CompletableFuture<UserId> flight) {
        unsaved.put(created.attempt().requestId(), created);
        try {
            resource.requireExpected(created.user());
        } catch (AccessDeniedException e) {
            giveUp(created);
            throw e;
        }
        bind(created, flight, 0);
    }

    /** The store may have bound the user although it failed: the user is not given up before that is known. */
    private void bind(Created created, CompletableFuture<UserId> flight, int failures) {
        boolean bound;
        try {
            bound = store.bind(created.id(), created.attempt(), created.user());
        } catch (RuntimeException e) {
            if (e instanceof UserMappingStoreException known
                    && known.isTransient()
                    && failures + 1 < BINDING_ATTEMPTS) {
                later(flight, failures, () -> bind(created, flight, failures + 1));
                return;
            }
            saveLater();
            throw e;
        }
        if (bound) {
            unsaved.remove(created.attempt().requestId());
            flight.complete(created.user());
            return;
        }
        giveUp(created);
        Optional<UserMapping> winner = store.find(created.id());
        if (winner.isPresent()) {
            proceed(created.id(), winner.get(), null, flight, 0);
        } else {
            flight.completeExceptionally(new ServiceUnavailableException(
                    "The mapping was erased, or its reservation ended, while its user was being created", CREATION));
        }
    }

    private void giveUp(Created created) {
        DiscardedUser discarded = new DiscardedUser(created.attempt(), created.user());
        try {
            store.discard(created.id(), discarded);
        } catch (RuntimeException e) {
            saveLater();
            throw e;
        }
        unsaved.remove(created.attempt().requestId());
        CompletableFuture<?> unused = erasure.finish(discarded).exceptionally(failure -> {
            LOGGER.log(Level.DEBUG, "A user that is nobody's is left for the next recovery", failure);
            return null;
        });
    }

    private void follow(CompletableFuture<?> step, CompletableFuture<UserId> flight, Runnable next) {
        CompletableFuture<?> unused = step.whenComplete((done, failure) -> {
            if (failure == null) {
                run(flight, next);
            } else {
                flight.completeExceptionally(unwrapped(failure));
            }
        });
    }

    private void later(CompletableFuture<UserId> flight, int round, Runnable task) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(round, MAXIMUM_DOUBLINGS));
        try {
            ScheduledFuture<?> unused =
                    scheduler.schedule(() -> run(flight, task), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            flight.completeExceptionally(new IllegalStateException("This user directory is closed", e));
        }
    }

    private void run(CompletableFuture<UserId> flight, Runnable step) {
        executor.execute(() -> {
            try {
                step.run();
            } catch (Throwable e) {
                flight.completeExceptionally(e);
            }
        });
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
