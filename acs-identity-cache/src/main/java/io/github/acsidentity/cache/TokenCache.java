/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.cache.CacheListener.LoadReason;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gets tokens: from those held, or by a call, and renews those that are due.
 *
 * <p>The futures returned complete on threads that make calls and timers progress: only code of this package may depend
 * on them.
 *
 * @param <K> whose tokens they are
 */
final class TokenCache<K> {

    private static final long SWEEP_NANOS = 600_000_000_000L;

    private final Machinery machinery;
    private final HeldTokens<K> tokens;
    private final Set<Waiter<K>> waiters = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private volatile boolean closed;

    TokenCache(Machinery machinery, long maximumOwners) {
        this.machinery = machinery;
        this.tokens = new HeldTokens<>(maximumOwners, machinery.deadlines(), machinery::keepHouse, this::evicted);
    }

    static IllegalStateException closedException() {
        return new IllegalStateException("This identity manager is closed");
    }

    HeldTokens<K> tokens() {
        return tokens;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Returns a token that is held and usable, and begins to renew it if it is due; {@code null} if a call is needed.
     * The hit path: a fresh token costs no lock and no allocation.
     */
    @Nullable
    AccessToken find(K owner, TokenRequest request, long minimumRemaining, TokenSource<K> source) {
        HeldToken held = tokens.find(owner, request);
        if (held == null) {
            return null;
        }
        long now = machinery.time().millis();
        TokenState state = TokenState.decide(held, null, now, minimumRemaining);
        if (state == TokenState.FRESH) {
            machinery.recorder().freshHit();
        } else if (state == TokenState.DUE) {
            machinery.recorder().dueHit(held.expiresAt() - now);
            renew(owner, held, now, source);
        } else {
            return null;
        }
        return held.token();
    }

    /** Gets a token that is held and usable, or makes a call. */
    CompletableFuture<AccessToken> get(K owner, TokenRequest request, long minimumRemaining, TokenSource<K> source) {
        checkOpen();
        AccessToken usable = find(owner, request, minimumRemaining, source);
        if (usable != null) {
            return CompletableFuture.completedFuture(usable);
        }
        HeldToken held = tokens.find(owner, request);
        RememberedFailure failure = tokens.findFailure(owner, request);
        long now = machinery.time().millis();
        if (failure != null && TokenState.decide(held, failure, now, minimumRemaining) == TokenState.REFUSED) {
            return refuse(owner, request, failure.failure());
        }
        return await(owner, request, minimumRemaining, reason(held, now), source);
    }

    /** Gets a token by a call, whatever is held; for a prefetch, unless a fresh one is. */
    CompletableFuture<AccessToken> load(K owner, TokenRequest request, LoadReason reason, TokenSource<K> source) {
        checkOpen();
        return await(owner, request, 0, reason, source);
    }

    /**
     * Keeps a token that was issued together with its owner.
     *
     * @param epoch the {@link HeldTokens#epoch} from before the call
     */
    void put(K owner, HeldToken fresh, int epoch) {
        long now = machinery.time().millis();
        if (!closed && now < fresh.expiresAt()) {
            tokens.put(owner, fresh, epoch, now);
            sweepLater();
        }
    }

    /** Returns a token that bridges an outage, if the policy has it so. */
    @Nullable
    HeldToken findForOutage(K owner, TokenRequest request) {
        HeldToken held = tokens.find(owner, request);
        boolean serves = machinery.policy().outage() == RefreshPolicy.Outage.SERVE_UNTIL_EXPIRY
                && held != null
                && held.expiresAt() - machinery.time().millis()
                        > machinery.policy().outageFloorMillis();
        return serves ? held : null;
    }

    /** Stops the hand-out of an owner's tokens; calls for them that have not been made yet are not made any more. */
    void beginRevocation(K owner) {
        tokens.beginRevocation(owner);
        machinery.gate().withdrawUnwanted();
    }

    /** Takes all tokens away. */
    void fenceAll() {
        tokens.fenceAll();
        machinery.gate().withdrawUnwanted();
    }

    /** Ends all waits with an exception, and forgets everything. */
    void close() {
        closed = true;
        waiters.forEach(waiter -> waiter.fail(closedException()));
        tokens.close();
    }

    void checkOpen() {
        if (closed) {
            throw closedException();
        }
    }

    private CompletableFuture<AccessToken> refuse(K owner, TokenRequest request, IdentityException failure) {
        HeldToken bridge = failure.isTransient() ? findForOutage(owner, request) : null;
        if (bridge != null) {
            machinery.recorder().outageHit(bridge.expiresAt() - machinery.time().millis());
            return CompletableFuture.completedFuture(bridge.token());
        }
        machinery.recorder().refused();
        return CompletableFuture.failedFuture(failure);
    }

    private CompletableFuture<AccessToken> await(
            K owner, TokenRequest request, long minimumRemaining, LoadReason reason, TokenSource<K> source) {
        Waiter<K> waiter = new Waiter<>(this, machinery, owner, request, minimumRemaining, reason, source);
        sweepLater();
        waiters.add(waiter);
        CompletableFuture<?> unused = waiter.result().whenComplete((token, failure) -> waiters.remove(waiter));
        waiter.board();
        return waiter.result();
    }

    /** Called inside of an update of the tokens: what is not our own code comes later. */
    private void evicted() {
        machinery.recorder().evicted();
        machinery.keepHouse(() -> machinery.execute(machinery.recorder()::tellEviction));
    }

    private static LoadReason reason(@Nullable HeldToken held, long now) {
        if (held == null) {
            return LoadReason.ABSENT;
        }
        return TokenState.decide(held, null, now, 0) == TokenState.SPENT
                ? LoadReason.SPENT
                : LoadReason.MINIMUM_REMAINING;
    }

    /**
     * Begins a background refresh, or puts it in line if there is no room; unless one is under way or in line, or has
     * failed recently.
     */
    private void renew(K owner, HeldToken held, long now, TokenSource<K> source) {
        if (now < held.attemptAt() || tokens.isUnderWay(owner, held.request())) {
            return;
        }
        if (machinery.refreshes().tryEnter()) {
            refresh(owner, held.request(), other -> other != held, source);
        } else if (source.mayStandInLine() && tokens.replace(owner, held, held.inLine(), now)) {
            machinery.refreshes().add(new InLine(owner, held.request(), held.spentAt(), source));
        }
    }

    private boolean refresh(K owner, TokenRequest request, Predicate<HeldToken> enough, TokenSource<K> source) {
        Flights.Boarding<K> boarding = tokens.board(owner, request, enough, true);
        if (!(boarding instanceof Flights.Boarding.Begun<K> begun)) {
            machinery.gate().takeBackRefresh();
            return false;
        }
        Flight<K> flight = begun.flight();
        Departure<K> departure;
        try {
            departure = new Departure<>(machinery, tokens, flight, source, LoadReason.SPENT, () -> true);
        } catch (RuntimeException | Error e) {
            tokens.land(flight, new Flight.Landing.Failed(e));
            machinery.gate().takeBackRefresh();
            throw e;
        }
        departure.enter(CallGate.Kind.REFRESH);
        return true;
    }

    /** A refresh in line. It has no secret: what is revoked meanwhile shall not stay in memory. */
    private final class InLine implements RefreshQueue.Turn {

        private final K owner;
        private final TokenRequest request;
        private final long spentAt;
        private final TokenSource<K> source;

        InLine(K owner, TokenRequest request, long spentAt, TokenSource<K> source) {
            this.owner = owner;
            this.request = request;
            this.spentAt = spentAt;
            this.source = source;
        }

        @Override
        public long spentAt() {
            return spentAt;
        }

        @Override
        public boolean isNeeded() {
            HeldToken held = tokens.find(owner, request);
            return held != null && held.isInLine();
        }

        @Override
        public void begin() {
            boolean begun = refresh(owner, request, other -> !other.isInLine(), source);
            HeldToken held = tokens.find(owner, request);
            if (!begun && held != null && held.isInLine()) {
                // somebody else is about to renew it, and may be withdrawn: the next visit decides anew
                tokens.replace(
                        owner,
                        held,
                        held.withAttempt(held.refreshAt(), held.failures()),
                        machinery.time().millis());
            }
        }
    }

    /** Keeps expired secrets from staying in memory; costs nothing while nothing is held. */
    private void sweepLater() {
        if (closed || !sweeping.compareAndSet(false, true)) {
            return;
        }
        try {
            Future<?> unused = machinery.scheduler().schedule(this::sweep, SWEEP_NANOS, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // the manager or its scheduler is closed: no reason to lose a token that has just been issued
            sweeping.set(false);
        }
    }

    private void sweep() {
        sweeping.set(false);
        if (tokens.sweep(machinery.time().millis())) {
            sweepLater();
        }
    }
}
