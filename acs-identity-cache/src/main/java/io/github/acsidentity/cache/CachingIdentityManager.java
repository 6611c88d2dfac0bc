/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityFutures;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import io.github.acsidentity.cache.CacheListener.LoadReason;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An {@link IdentityManager} that hands out a token again until shortly before it expires, and renews it in the
 * background in time.
 *
 * <p>Instances are safe for use by concurrent threads. Create one per delegate and keep it for the life of the
 * application:
 *
 * <pre>{@code
 * IdentityManager manager = CachingIdentityManager.builder(delegate)
 *         .refreshPolicy(RefreshPolicy.serverSide())
 *         .build();
 * }</pre>
 *
 * <p>What callers can rely on:
 *
 * <ul>
 *   <li>A token that is handed out has not expired, and while the service answers it lives at least the
 *       {@linkplain RefreshPolicy#minimumRemaining() minimum remaining} (of a token issued for a shorter life than the
 *       policy expects: half of its life).
 *   <li>A {@code getToken} that starts after {@code revokeTokens} or {@code deleteUser} has returned gets no token
 *       whose issue began before. One that meets a running revocation waits for its end. This holds within one manager,
 *       for revocations made through it, and also where the revocation failed.
 *   <li>At most one call for a token is in flight per user and request; blocking and asynchronous callers share its
 *       result or its failure. A caller who gives up does not disturb the others.
 *   <li>A transient failure is not seen by callers as long as the token held can be used; a refusal is not hidden
 *       behind a token that is spent, and tokens of a user whom the service does not know are dropped at once.
 *   <li>The number of calls at once and per second is bounded, and the service's {@code Retry-After} obeyed.
 * </ul>
 *
 * <p>Tokens are kept for each {@link UserId} and {@link TokenRequest}, at most 8 requests per user. A request without a
 * validity is made with the {@linkplain RefreshPolicy#tokenLifetime() lifetime of the policy}. A Teams user's token is
 * kept for the Entra token that was presented, and found only by presenting it again.
 */
public final class CachingIdentityManager implements IdentityManager {

    private final IdentityManager delegate;
    private final boolean closeDelegate;
    private final Machinery machinery;
    private final CachedOperations operations;
    private final TokenCache<UserId> users;
    private final Refusals refusals;
    private final IdentityManager blocking;
    private final AsyncIdentityManager async;
    private final Executor executor;
    private final @Nullable ScheduledExecutorService ownScheduler;
    private final @Nullable ExecutorService ownExecutor;
    private final Set<Prefetch> prefetches = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    private CachingIdentityManager(Builder builder) {
        delegate = builder.delegate;
        closeDelegate = builder.closeDelegate;
        ownScheduler = builder.scheduler == null ? OwnThreads.scheduler() : null;
        ownExecutor = builder.executor == null ? OwnThreads.executor(builder.refreshPolicy.concurrentLoads()) : null;
        ScheduledExecutorService scheduler = requireNonNullElse(builder.scheduler, ownScheduler);
        executor = requireNonNullElse(builder.executor, ownExecutor);
        machinery = Machinery.of(
                builder.refreshPolicy, builder.timeSource, builder.random, scheduler, executor, builder.listener);
        operations = new CachedOperations(delegate.async(), machinery, builder.maximumUsers);
        users = operations.users();
        refusals = new Refusals(builder.refreshPolicy);
        blocking = IdentityManager.from(operations);
        async = new CachedAsyncView(operations, executor);
    }

    /**
     * Returns a builder of managers that reuse the tokens of {@code delegate}.
     *
     * @param delegate where tokens come from; any manager, its asynchronous view is used
     * @return a builder with the defaults of {@link RefreshPolicy#defaults()}
     */
    public static Builder builder(IdentityManager delegate) {
        return new Builder(delegate);
    }

    @Override
    public UserId createUser() {
        return blocking.createUser();
    }

    @Override
    public UserId createUser(UUID requestId) {
        return blocking.createUser(requestId);
    }

    /**
     * Creates a user as the delegate does, and keeps the token. Like all of creation, it is not part of the call
     * budget.
     */
    @Override
    public UserWithToken createUserWithToken(TokenRequest request) {
        return blocking.createUserWithToken(requireNonNull(request, "request"));
    }

    @Override
    public AccessToken getToken(UserId user, TokenRequest request) {
        AccessToken held = operations.find(user, request, 0);
        return held != null ? held : blocking.getToken(user, request);
    }

    /**
     * Returns the token held, if it is not spent, and begins to renew it if it is due. A token that only bridges an
     * outage is not returned: whether there is one, a call tells.
     *
     * @throws IllegalStateException if this manager has been closed
     */
    @Override
    public Optional<AccessToken> heldToken(UserId user, TokenRequest request) {
        users.checkOpen();
        return Optional.ofNullable(operations.find(user, request, 0));
    }

    /**
     * Returns an access token of which more is left than the policy asks for. There is no asynchronous form.
     *
     * @param user the user that the token is for
     * @param request the scopes and the validity asked for
     * @param minimumRemaining how long the token shall still live, from 0 to less than the validity that is asked for;
     *     less than what {@link #getToken(UserId, TokenRequest)} asks of that token changes nothing. A new token is
     *     returned as it is, even if the service granted a shorter life; later, half of that life suffices, so that not
     *     every get makes a call. In an outage the policy decides
     * @return a token, held or new
     * @throws IllegalArgumentException if {@code minimumRemaining} is out of range
     * @throws io.github.acsidentity.IdentityException as {@link #getToken(UserId, TokenRequest)}
     */
    public AccessToken getToken(UserId user, TokenRequest request, Duration minimumRemaining) {
        requireNonNull(request, "request");
        long demanded = operations.demanded(request, requireNonNull(minimumRemaining, "minimumRemaining"));
        AccessToken held = operations.find(user, request, demanded);
        return held != null ? held : await(user, () -> operations.getToken(user, request, demanded));
    }

    /**
     * Gets a new token, whatever is held, and keeps it in place of the one held. If a call for the token is in flight
     * already, its result is returned; if one has failed a moment ago, its failure, until the time to try again. There
     * is no asynchronous form.
     *
     * @param user the user that the token is for
     * @param request the scopes and the validity asked for
     * @return the new token
     * @throws io.github.acsidentity.IdentityException as {@link #getToken(UserId, TokenRequest)}
     */
    public AccessToken refreshToken(UserId user, TokenRequest request) {
        return await(user, () -> operations.load(user, request, LoadReason.FORCED));
    }

    @Override
    public AccessToken getTokenForTeamsUser(TeamsTokenRequest request) {
        return blocking.getTokenForTeamsUser(requireNonNull(request, "request"));
    }

    /** Revokes as the delegate does. The user's tokens are not handed out from the beginning of the call on. */
    @Override
    public void revokeTokens(UserId user) {
        blocking.revokeTokens(user);
    }

    /** Deletes as the delegate does. The user's tokens are not handed out from the beginning of the call on. */
    @Override
    public void deleteUser(UserId user) {
        blocking.deleteUser(user);
    }

    /**
     * Forgets a user's tokens, without a call to the service. A {@code getToken} that starts later gets a new one.
     *
     * @param user the user
     */
    public void invalidate(UserId user) {
        users.checkOpen();
        users.beginRevocation(requireNonNull(user, "user"));
        users.tokens().endRevocation(user);
    }

    /**
     * Forgets a token that a downstream service refused, if it is (still) the one held.
     *
     * <p>A service that refuses every token must not lead to a call for each: for one user this is done at once for the
     * first time, and then at intervals that grow like those between failed refreshes, until ten minutes have passed
     * without it.
     *
     * @param user the user that the token is for
     * @param token the token that was refused
     * @return whether the token was held and is now forgotten
     */
    public boolean invalidate(UserId user, AccessToken token) {
        requireNonNull(user, "user");
        requireNonNull(token, "token");
        users.checkOpen();
        long now = machinery.time().millis();
        return users.tokens().take(user, token.value(), now, () -> refusals.permit(user, now));
    }

    /** Forgets all tokens, without a call to the service. A {@code getToken} that starts later gets a new one. */
    public void invalidateAll() {
        users.checkOpen();
        operations.invalidateAll();
    }

    /**
     * Gets tokens ahead of need, at the pace that the call budget leaves beside callers who wait. Tokens that are due
     * are renewed, too.
     *
     * <p>Calls that fail are not made again; {@code prefetch(report.failures().keySet(), ...)} tries once more. The
     * method itself may make calls, of a delegate that answers at once.
     *
     * @param users the users, each counted once
     * @param request the scopes and the validity asked for
     * @param progress called by the {@linkplain Builder#executor executor}, one call at a time, as users are done;
     *     while it is slow the loads go on, and its next call tells of all of them. The last call is over before the
     *     future completes with a report. An exception of it ends the prefetch
     * @return a future of what was done. It ends early, with fewer users done, if our own credential is refused, and
     *     with an {@link IllegalStateException} if this manager is closed. When it has ended, or is cancelled, no
     *     further calls are begun; those under way go on, and their tokens are kept
     */
    public CompletableFuture<PrefetchReport> prefetch(
            Collection<UserId> users, TokenRequest request, Consumer<PrefetchReport> progress) {
        requireNonNull(users, "users");
        requireNonNull(request, "request");
        requireNonNull(progress, "progress");
        this.users.checkOpen();
        Prefetch prefetch = new Prefetch(
                new LinkedHashSet<>(users),
                user -> operations.isFresh(user, request),
                user -> operations.load(user, request, LoadReason.PREFETCH),
                progress,
                machinery::execute,
                machinery.gate()::withdrawUnwanted);
        CompletableFuture<PrefetchReport> running = prefetch.result();
        prefetches.add(prefetch);
        CompletableFuture<PrefetchReport> visible = IdentityFutures.dispatch(running, executor);
        CompletableFuture<?> unused = visible.whenComplete((report, failure) -> {
            running.cancel(false);
            prefetches.remove(prefetch);
        });
        prefetch.start(machinery.policy().concurrentLoads());
        return visible;
    }

    /**
     * Returns what this manager has done since it was built.
     *
     * @return the numbers
     */
    public CacheStats stats() {
        return machinery.recorder().stats(users.tokens().owners());
    }

    @Override
    public AsyncIdentityManager async() {
        return async;
    }

    /**
     * Ends the use of this manager and forgets all tokens. Callers who wait for a token get an
     * {@link IllegalStateException}. The delegate is closed, unless the builder was told not to; a scheduler or
     * executor that was given is not.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        prefetches.forEach(prefetch -> prefetch.result().completeExceptionally(TokenCache.closedException()));
        operations.close();
        machinery.gate().close(TokenCache.closedException());
        machinery.refreshes().close();
        if (ownScheduler != null) {
            ownScheduler.shutdownNow();
        }
        if (ownExecutor != null) {
            ownExecutor.shutdown();
        }
        if (closeDelegate) {
            delegate.close();
        }
    }

    private static AccessToken await(UserId user, Supplier<CompletableFuture<AccessToken>> operation) {
        return IdentityFutures.await(
                FailureDetails.of(IdentityOperation.GET_TOKEN).withUser(user), operation);
    }

    /** Builds {@link CachingIdentityManager} instances. A builder is not safe for use by concurrent threads. */
    public static final class Builder {

        private final IdentityManager delegate;
        private RefreshPolicy refreshPolicy = RefreshPolicy.defaults();
        private long maximumUsers = 100_000;
        private TimeSource timeSource = TimeSource.system();
        private @Nullable ScheduledExecutorService scheduler;
        private @Nullable Executor executor;
        private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        private CacheListener listener = new CacheListener() {};
        private boolean closeDelegate = true;

        private Builder(IdentityManager delegate) {
            this.delegate = requireNonNull(delegate, "delegate");
        }

        /**
         * Sets when tokens are renewed and what that may cost. The default is {@link RefreshPolicy#defaults()}.
         *
         * @param refreshPolicy the policy
         * @return this builder
         */
        public Builder refreshPolicy(RefreshPolicy refreshPolicy) {
            this.refreshPolicy = requireNonNull(refreshPolicy, "refreshPolicy");
            return this;
        }

        /**
         * Sets of how many users tokens are kept. The default is 100,000, some 110 MB if each has one token. Tokens of
         * users beyond it are evicted in the background: for a moment there may be a few more. Reading is fastest while
         * less than half of them are in use.
         *
         * @param maximumUsers the bound, at least 1
         * @return this builder
         * @throws IllegalArgumentException if the bound is less than 1
         */
        public Builder maximumUsers(long maximumUsers) {
            if (maximumUsers < 1) {
                throw new IllegalArgumentException("maximumUsers must be at least 1, but was " + maximumUsers);
            }
            this.maximumUsers = maximumUsers;
            return this;
        }

        /**
         * Sets where the time comes from. The default is {@link TimeSource#system()}.
         *
         * @param timeSource the source; the scheduler must measure time in its ticks, as {@code ManualScheduler} of
         *     acs-identity-testing does over a {@code MutableClock}
         * @return this builder
         */
        public Builder timeSource(TimeSource timeSource) {
            this.timeSource = requireNonNull(timeSource, "timeSource");
            return this;
        }

        /**
         * Sets what runs time-outs, the queue of loads and the care of the memory. The default is a daemon thread of
         * the manager's own, which is started when it is first needed.
         *
         * @param scheduler the scheduler; it stays the caller's to close
         * @return this builder
         */
        public Builder scheduler(ScheduledExecutorService scheduler) {
            this.scheduler = requireNonNull(scheduler, "scheduler");
            return this;
        }

        /**
         * Sets what makes calls that no caller's thread makes (background refreshes, and loads that had to wait for
         * their turn), and runs dependent stages of the futures of {@link CachingIdentityManager#async()} and the
         * callback of a prefetch. The default is a pool of the manager's own: daemon threads that are started when they
         * are needed, as many as there may be calls at once, and up to 64 more where a stage waits for another future.
         * For stages that block otherwise, give an executor. A test over a clock that it moves itself uses
         * {@code Runnable::run}.
         *
         * @param executor the executor; it stays the caller's to close. A future completes on the thread at hand if the
         *     executor refuses
         * @return this builder
         */
        public Builder executor(Executor executor) {
            this.executor = requireNonNull(executor, "executor");
            return this;
        }

        /**
         * Sets the source of jitter and of the random part of back-off. The default is {@link ThreadLocalRandom}.
         *
         * @param random the source, safe for use by concurrent threads
         * @return this builder
         */
        public Builder random(RandomGenerator random) {
            this.random = requireNonNull(random, "random");
            return this;
        }

        /**
         * Sets who hears what the manager does. The default is nobody.
         *
         * @param listener the listener
         * @return this builder
         */
        public Builder listener(CacheListener listener) {
            this.listener = requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Sets whether closing the manager closes its delegate. The default is {@code true}.
         *
         * @param closeDelegate whether to close it
         * @return this builder
         */
        public Builder closeDelegate(boolean closeDelegate) {
            this.closeDelegate = closeDelegate;
            return this;
        }

        /**
         * Builds the manager, without a call.
         *
         * @return the manager
         */
        public CachingIdentityManager build() {
            return new CachingIdentityManager(this);
        }
    }
}
