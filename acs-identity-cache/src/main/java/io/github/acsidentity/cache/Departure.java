/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.OperationInterruptedException;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.UserNotFoundException;
import io.github.acsidentity.cache.CacheListener.LoadOutcome;
import io.github.acsidentity.cache.CacheListener.LoadReason;
import io.github.acsidentity.cache.CacheListener.RefreshOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one flight: makes the call, gives it up when it takes too long, keeps the token, learns from the failure.
 *
 * @param <K> whose token it is
 */
final class Departure<K> implements CallGate.Entrant {

    private final Machinery machinery;
    private final HeldTokens<K> tokens;
    private final Flight<K> flight;
    private final TokenSource<K> source;
    private final LoadReason reason;
    private final BooleanSupplier wanted;
    private final long boardedAt;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Thread caller;
    private volatile CallGate.@Nullable Kind entered;
    private volatile @Nullable Future<?> delegated;

    /**
     * Creates a departure.
     *
     * @param wanted whether the caller who begins it still waits
     */
    Departure(
            Machinery machinery,
            HeldTokens<K> tokens,
            Flight<K> flight,
            TokenSource<K> source,
            LoadReason reason,
            BooleanSupplier wanted) {
        this.machinery = machinery;
        this.tokens = tokens;
        this.flight = flight;
        this.source = source;
        this.reason = reason;
        this.wanted = wanted;
        this.boardedAt = machinery.time().nanos();
    }

    @Override
    public boolean isUrgent() {
        return flight.isUrgent();
    }

    @Override
    public boolean isWanted() {
        return !flight.isFenced() && (flight.isUrgent() || wanted.getAsBoolean());
    }

    /**
     * Queues for the call. If its turn comes before this method returns, it is made on this thread.
     *
     * @param waiting this thread, if it is the one of a caller who waits for the token
     */
    void enterFor(@Nullable Thread waiting) {
        caller = waiting;
        machinery.gate().enter(this);
        caller = null;
    }

    /**
     * Makes the call: for a caller on that caller's thread; later, or for nobody, on the executor, where it may block.
     */
    @Override
    public void enter(CallGate.Kind kind) {
        entered = kind;
        try {
            Future<?> timer = machinery.after(machinery.policy().loadTimeout().toNanos(), this::giveUp);
            CompletableFuture<?> unused = flight.landing().whenComplete((landing, none) -> timer.cancel(false));
            if (Thread.currentThread() == caller) {
                call();
            } else {
                machinery.execute(this::call);
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void call() {
        if (flight.isFenced()) {
            withdraw();
        }
        if (ended.get()) {
            return;
        }
        try {
            CacheTime.Moment requestedAt = machinery.time().moment();
            CompletableFuture<AccessToken> call =
                    requireNonNull(source.call(flight.owner(), flight.request()), "the future of the delegate");
            delegated = call;
            CompletableFuture<?> unused = call.whenComplete((token, failure) -> {
                if (failure == null) {
                    issued(token, requestedAt);
                } else {
                    failed(failure);
                }
            });
            if (ended.get()) {
                call.cancel(false);
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    @Override
    public void turnAway(String reason, Duration retryAfter) {
        if (ended.compareAndSet(false, true)) {
            land(
                    new Flight.Landing.Failed(new ThrottledException(
                            "Too many tokens are asked for: " + reason,
                            source.details(flight.owner()).withRetryAfter(retryAfter))),
                    LoadOutcome.THROTTLED,
                    RefreshOutcome.THROTTLED);
        }
    }

    @Override
    public void withdraw() {
        if (ended.compareAndSet(false, true)) {
            leave(flight.isFenced() ? new Flight.Landing.Fenced() : new Flight.Landing.Withdrawn());
        }
    }

    @Override
    public void abandon(Throwable reason) {
        if (ended.compareAndSet(false, true)) {
            land(new Flight.Landing.Failed(reason), LoadOutcome.FAILED, RefreshOutcome.FAILED);
        }
    }

    /**
     * Only who ends the flight first may keep a token: one that arrives after the flight was struck off has no fence.
     */
    private void issued(AccessToken token, CacheTime.Moment requestedAt) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        Kept kept;
        HeldToken fresh;
        try {
            long now = machinery.time().millis();
            fresh = held(requireNonNull(token, "the token of the delegate"), requestedAt);
            if (fresh.expiresAt() <= now) {
                throw expiredAlready(token);
            }
            kept = tokens.keep(flight, fresh, now);
        } catch (RuntimeException | Error e) {
            landFailed(e, LoadOutcome.FAILED, RefreshOutcome.FAILED);
            return;
        }
        switch (kept) {
            case FENCED -> land(new Flight.Landing.Fenced(), LoadOutcome.FENCED, RefreshOutcome.FENCED);
            case NO_PROGRESS -> land(new Flight.Landing.Issued(fresh), LoadOutcome.ISSUED, RefreshOutcome.NO_PROGRESS);
            case KEPT -> land(new Flight.Landing.Issued(fresh), LoadOutcome.ISSUED, RefreshOutcome.REFRESHED);
        }
    }

    private HeldToken held(AccessToken token, CacheTime.Moment requestedAt) {
        Deadlines deadlines = machinery.deadlines();
        long longest = source.longestLifetime(flight.request());
        return reason == LoadReason.PREFETCH
                ? deadlines.ofPrefetch(token, flight.request(), requestedAt, longest)
                : deadlines.of(token, flight.request(), requestedAt, longest);
    }

    private ServiceUnavailableException expiredAlready(AccessToken token) {
        Instant now = Instant.ofEpochMilli(machinery.time().moment().wallMillis());
        Duration ago = Duration.between(token.expiresAt(), now);
        String how = ago.isNegative() ? "was set while it was issued" : "says it was " + SettingText.of(ago) + " ago";
        return new ServiceUnavailableException(
                "The token issued just now has expired: this machine's clock " + how, source.details(flight.owner()));
    }

    private void giveUp() {
        if (ended.compareAndSet(false, true)) {
            landFailed(
                    new ServiceUnavailableException(
                            "The call for a token was given up after "
                                    + machinery.policy().loadTimeout().toMillis() + " ms",
                            source.details(flight.owner()).withOutcomeUnknown(true)),
                    LoadOutcome.TIMED_OUT,
                    RefreshOutcome.FAILED);
            Future<?> call = delegated;
            if (call != null) {
                call.cancel(false);
            }
        }
    }

    private void failed(Throwable thrown) {
        if (ended.compareAndSet(false, true)) {
            Throwable failure = known(thrown);
            boolean throttled = failure instanceof ThrottledException;
            landFailed(
                    failure,
                    throttled ? LoadOutcome.THROTTLED : LoadOutcome.FAILED,
                    throttled ? RefreshOutcome.THROTTLED : RefreshOutcome.FAILED);
        }
    }

    /** A delegate of the user's own may cancel its future, or let it time out; that may go away. */
    private Throwable known(Throwable thrown) {
        Throwable failure = thrown;
        while (failure instanceof CompletionException && failure.getCause() != null) {
            failure = failure.getCause();
        }
        boolean asItIs = failure instanceof Error
                || (failure instanceof RuntimeException && !(failure instanceof CancellationException));
        return asItIs
                ? failure
                : new ServiceUnavailableException(
                        "The call for a token failed: " + failure.getClass().getName(),
                        source.details(flight.owner()).withOutcomeUnknown(true),
                        failure);
    }

    private void landFailed(Throwable failure, LoadOutcome load, RefreshOutcome refresh) {
        try {
            learn(failure);
        } finally {
            land(new Flight.Landing.Failed(failure), load, refresh);
        }
    }

    private void learn(Throwable failure) {
        long now = machinery.time().millis();
        if (failure instanceof ThrottledException throttled && !throttled.isLocal()) {
            machinery.gate().pause(pause(throttled));
        }
        if (failure instanceof UserNotFoundException && !flight.isFenced()) {
            tokens.drop(flight.owner());
        }
        Duration asked = failure instanceof IdentityException known
                ? known.retryAfter().map(this::capped).orElse(Duration.ZERO)
                : Duration.ZERO;
        tokens.postpone(flight, now, Duration.ofMillis(source.longestLifetime(flight.request())), asked);
        if (failure instanceof IdentityException known
                && !flight.isFenced()
                && (!flight.isBackground() || failure instanceof UserNotFoundException || !asked.isZero())) {
            long until = now + memory(known).toMillis();
            if (until > now) {
                tokens.remember(flight, new RememberedFailure(known, until));
            }
        }
    }

    private Duration capped(Duration asked) {
        Duration longest = machinery.policy().maximumThrottlePause();
        return asked.compareTo(longest) > 0 ? longest : asked;
    }

    private Duration pause(IdentityException failure) {
        return capped(failure.retryAfter()
                .orElseGet(() -> scaled(
                        machinery.policy().throttlePause(),
                        1 + 0.5 * machinery.random().nextDouble())));
    }

    private Duration memory(IdentityException failure) {
        RefreshPolicy policy = machinery.policy();
        if (failure instanceof ThrottledException) {
            return pause(failure);
        }
        if (failure instanceof UserNotFoundException) {
            return policy.rememberUnknownUser();
        }
        if (failure instanceof AccessDeniedException) {
            return scaled(
                    policy.rememberAccessDenied(),
                    0.2 + 0.8 * machinery.random().nextDouble());
        }
        if (failure instanceof OperationInterruptedException) {
            return Duration.ZERO;
        }
        Duration shortest = policy.rememberTransientFailure();
        Duration asked = failure.retryAfter().map(this::capped).orElse(shortest);
        return asked.compareTo(shortest) > 0 ? asked : shortest;
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofMillis((long) (duration.toMillis() * factor));
    }

    private void land(Flight.Landing landing, LoadOutcome load, RefreshOutcome refresh) {
        try {
            long nanos = machinery.time().nanos() - boardedAt;
            if (flight.isBackground()) {
                machinery.recorder().refreshed(refresh, nanos);
            } else {
                machinery.recorder().loaded(reason, load, nanos);
            }
        } finally {
            leave(landing);
        }
    }

    private void leave(Flight.Landing landing) {
        try {
            tokens.land(flight, landing);
        } finally {
            CallGate.Kind kind = entered;
            if (kind != null) {
                machinery.gate().leave(kind);
            }
        }
    }

    /** What became of a token that was issued. */
    enum Kept {
        KEPT,
        NO_PROGRESS,
        FENCED
    }
}
