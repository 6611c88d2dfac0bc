/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.cache.CacheListener.LoadReason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One caller who needs a call: begins it or joins the one under way, waits out revocations, boards anew when a
 * revocation has made the token useless.
 *
 * @param <K> whose token is needed
 */
final class Waiter<K> {

    private static final int MAXIMUM_FENCED_FLIGHTS = 2;

    private final TokenCache<K> cache;
    private final Machinery machinery;
    private final K owner;
    private final TokenRequest request;
    private final long minimumRemaining;
    private final LoadReason reason;
    private final TokenSource<K> source;
    private final CompletableFuture<AccessToken> result = new CompletableFuture<>();
    private @Nullable Thread caller = Thread.currentThread();
    private volatile @Nullable Future<?> timer;
    private int fencedFlights;

    Waiter(
            TokenCache<K> cache,
            Machinery machinery,
            K owner,
            TokenRequest request,
            long minimumRemaining,
            LoadReason reason,
            TokenSource<K> source) {
        this.cache = cache;
        this.machinery = machinery;
        this.owner = owner;
        this.request = request;
        this.minimumRemaining = minimumRemaining;
        this.reason = reason;
        this.source = source;
    }

    CompletableFuture<AccessToken> result() {
        return result;
    }

    /** Gets the token, now or later; not called again before the last wait has ended. */
    void board() {
        if (result.isDone()) {
            return;
        }
        if (cache.isClosed()) {
            fail(TokenCache.closedException());
            return;
        }
        orFail(this::boardFlight);
    }

    /** Boards on a thread that is not the caller's any more, and must not make calls that may block. */
    private void boardAgain() {
        caller = null;
        board();
    }

    private void boardFlight() {
        long now = machinery.time().millis();
        Flights.Boarding<K> boarding = cache.tokens().board(owner, request, held -> isEnough(held, now), false);
        if (boarding instanceof Flights.Boarding.Held<K> held) {
            succeed(held.held());
        } else if (boarding instanceof Flights.Boarding.Begun<K> begun) {
            stopTimer();
            try {
                depart(begun.flight(), now);
            } catch (RuntimeException | Error e) {
                cache.tokens().land(begun.flight(), new Flight.Landing.Failed(e));
                throw e;
            }
        } else if (boarding instanceof Flights.Boarding.Joined<K> joined) {
            machinery.recorder().joined();
            startTimer();
            await(joined.flight());
            if (isUrgent() && !joined.flight().isUrgent()) {
                joined.flight().hurry();
                machinery.gate().hurry();
            }
        } else if (boarding instanceof Flights.Boarding.Wait<K> wait) {
            startTimer();
            CompletableFuture<?> unused = wait.end().whenComplete((ended, none) -> boardAgain());
        }
    }

    private void depart(Flight<K> flight, long now) {
        await(flight);
        RememberedFailure failure = rememberedFailure(now);
        if (failure != null) {
            machinery.recorder().refused();
            cache.tokens().land(flight, new Flight.Landing.Failed(failure.failure()));
            return;
        }
        Departure<K> departure =
                new Departure<>(machinery, cache.tokens(), flight, source, reason, () -> !result.isDone());
        if (isUrgent()) {
            flight.hurry();
        }
        departure.enterFor(caller);
    }

    void fail(Throwable failure) {
        stopTimer();
        result.completeExceptionally(failure);
    }

    private void await(Flight<K> flight) {
        CompletableFuture<?> unused = flight.landing().whenComplete((landing, none) -> orFail(() -> landed(landing)));
    }

    /** Nobody but the waiting caller is there to hear of what goes wrong after a wait. */
    private void orFail(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void landed(Flight.Landing landing) {
        if (landing instanceof Flight.Landing.Issued issued) {
            succeed(issued.held());
        } else if (landing instanceof Flight.Landing.Failed failed) {
            failUnlessOutageIsBridged(failed.failure());
        } else if (landing instanceof Flight.Landing.Withdrawn) {
            boardAgain();
        } else if (++fencedFlights <= MAXIMUM_FENCED_FLIGHTS) {
            boardAgain();
        } else {
            fail(new ServiceUnavailableException(
                    "The user's tokens were revoked again and again while a new one was issued",
                    source.details(owner)));
        }
    }

    private void failUnlessOutageIsBridged(Throwable failure) {
        HeldToken bridge = failure instanceof IdentityException known && known.isTransient()
                ? cache.findForOutage(owner, request)
                : null;
        if (bridge == null || reason == LoadReason.FORCED || reason == LoadReason.PREFETCH) {
            fail(failure);
        } else {
            stopTimer();
            machinery.recorder().outageHit(bridge.expiresAt() - machinery.time().millis());
            result.complete(bridge.token());
        }
    }

    private void succeed(HeldToken held) {
        stopTimer();
        if (reason != LoadReason.PREFETCH) {
            machinery.recorder().returned(held.expiresAt() - machinery.time().millis());
        }
        result.complete(held.token());
    }

    /**
     * Whoever forces a new token is not served with one that somebody got in the meantime; a prefetch is for the time
     * to come, and renews a token that is due.
     */
    private boolean isEnough(HeldToken held, long now) {
        TokenState state = TokenState.decide(held, null, now, minimumRemaining);
        return switch (reason) {
            case FORCED -> false;
            case PREFETCH -> state == TokenState.FRESH;
            default -> state != TokenState.SPENT;
        };
    }

    /** A flight may have failed since this caller looked; its failure was remembered before it was struck off. */
    private @Nullable RememberedFailure rememberedFailure(long now) {
        RememberedFailure failure = cache.tokens().findFailure(owner, request);
        return TokenState.decide(null, failure, now, minimumRemaining) == TokenState.REFUSED ? failure : null;
    }

    private boolean isUrgent() {
        return reason != LoadReason.PREFETCH;
    }

    /** A prefetch is patient: its calls wait for their turn as long as it takes. */
    private void startTimer() {
        if (timer == null && isUrgent()) {
            timer = machinery.after(machinery.policy().joinTimeout().toNanos(), () -> orFail(this::timedOut));
        }
    }

    private void stopTimer() {
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
            timer = null;
        }
    }

    private void timedOut() {
        if (result.isDone()) {
            return;
        }
        failUnlessOutageIsBridged(new ServiceUnavailableException(
                "Waited " + machinery.policy().joinTimeout().toMillis()
                        + " ms for a call, or a revocation, that somebody else has begun",
                source.details(owner)));
    }
}
