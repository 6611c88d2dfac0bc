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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final long boardedAt;
    private final AtomicBoolean landed = new AtomicBoolean();
    private volatile boolean calling;

    Departure(Machinery machinery, HeldTokens<K> tokens, Flight<K> flight, TokenSource<K> source, LoadReason reason) {
        this.machinery = machinery;
        this.tokens = tokens;
        this.flight = flight;
        this.source = source;
        this.reason = reason;
        this.boardedAt = machinery.time().nanos();
    }

    @Override
    public void enter() {
        calling = true;
        long requestedAt = machinery.time().millis();
        CompletableFuture<AccessToken> call;
        Future<?> timer;
        try {
            call = requireNonNull(source.call(flight.owner(), flight.request()), "the future of the call");
            timer = machinery.after(machinery.policy().loadTimeout().toNanos(), () -> giveUp(call));
        } catch (RuntimeException | Error e) {
            failed(e);
            return;
        }
        CompletableFuture<AccessToken> unused = call.whenComplete((token, failure) -> {
            timer.cancel(false);
            ended(token, failure, requestedAt);
        });
    }

    @Override
    public void turnAway(Duration retryAfter) {
        land(
                new Flight.Landing.Failed(new ThrottledException(
                        "Too many tokens are asked for: the call budget is used up",
                        source.details(flight.owner()).withRetryAfter(retryAfter))),
                LoadOutcome.THROTTLED,
                RefreshOutcome.THROTTLED);
    }

    @Override
    public void abandon(RuntimeException closed) {
        land(new Flight.Landing.Failed(closed), LoadOutcome.FAILED, RefreshOutcome.FAILED);
    }

    private void ended(@Nullable AccessToken token, @Nullable Throwable failure, long requestedAt) {
        if (failure != null) {
            failed(failure);
            return;
        }
        try {
            issued(requireNonNull(token, "the token of the call"), requestedAt);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void issued(AccessToken token, long requestedAt) {
        long now = machinery.time().millis();
        HeldToken fresh = machinery
                .deadlines()
                .of(token, flight.request(), null, requestedAt, source.longestLifetime(flight.request()));
        if (fresh.expiresAt() <= now) {
            failed(expiredAlready(token, now));
            return;
        }
        Kept kept = tokens.keep(flight, fresh, now);
        switch (kept) {
            case FENCED -> land(new Flight.Landing.Fenced(), LoadOutcome.FENCED, RefreshOutcome.FENCED);
            case NO_PROGRESS -> land(new Flight.Landing.Issued(fresh), LoadOutcome.ISSUED, RefreshOutcome.NO_PROGRESS);
            case KEPT -> land(new Flight.Landing.Issued(fresh), LoadOutcome.ISSUED, RefreshOutcome.REFRESHED);
        }
    }

    private Throwable expiredAlready(AccessToken token, long now) {
        Duration ago = Duration.between(token.expiresAt(), Instant.ofEpochMilli(now));
        return new ServiceUnavailableException(
                "The token issued just now has expired " + ago + " ago by this machine's clock, which must be wrong",
                source.details(flight.owner()));
    }

    private void giveUp(Future<AccessToken> call) {
        ended(
                new ServiceUnavailableException(
                        "The call for a token was given up after "
                                + machinery.policy().loadTimeout().toMillis() + " ms",
                        source.details(flight.owner()).withOutcomeUnknown(true)),
                LoadOutcome.TIMED_OUT,
                RefreshOutcome.FAILED);
        call.cancel(false);
    }

    private void failed(Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        boolean throttled = failure instanceof ThrottledException;
        ended(
                failure,
                throttled ? LoadOutcome.THROTTLED : LoadOutcome.FAILED,
                throttled ? RefreshOutcome.THROTTLED : RefreshOutcome.FAILED);
    }

    private void ended(Throwable failure, LoadOutcome load, RefreshOutcome refresh) {
        if (failure instanceof IdentityException known && !landed.get()) {
            learn(known);
        }
        land(new Flight.Landing.Failed(failure), load, refresh);
    }

    private void learn(IdentityException failure) {
        long now = machinery.time().millis();
        if (failure instanceof ThrottledException throttled && !throttled.isLocal()) {
            machinery.gate().pause(pause(failure));
        }
        if (failure instanceof UserNotFoundException && !flight.isFenced()) {
            tokens.drop(flight.owner());
        }
        if (flight.isBackground()) {
            tokens.postpone(
                    flight,
                    now,
                    Duration.ofMillis(source.longestLifetime(flight.request())),
                    failure.retryAfter().orElse(Duration.ZERO));
        }
        long until = now + memory(failure).toMillis();
        if (until > now && (!flight.isBackground() || failure instanceof UserNotFoundException)) {
            tokens.remember(flight, new RememberedFailure(failure, until));
        }
    }

    private Duration pause(IdentityException failure) {
        RefreshPolicy policy = machinery.policy();
        Duration asked = failure.retryAfter()
                .orElseGet(() -> scaled(
                        policy.throttlePause(), 1 + 0.5 * machinery.random().nextDouble()));
        return asked.compareTo(policy.maximumThrottlePause()) > 0 ? policy.maximumThrottlePause() : asked;
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
        return failure.retryAfter()
                .filter(asked -> asked.compareTo(shortest) > 0)
                .map(asked ->
                        asked.compareTo(policy.maximumThrottlePause()) > 0 ? policy.maximumThrottlePause() : asked)
                .orElse(shortest);
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofMillis((long) (duration.toMillis() * factor));
    }

    private void land(Flight.Landing landing, LoadOutcome load, RefreshOutcome refresh) {
        if (!landed.compareAndSet(false, true)) {
            return;
        }
        long nanos = machinery.time().nanos() - boardedAt;
        if (flight.isBackground()) {
            machinery.recorder().refreshed(refresh, nanos);
        } else {
            machinery.recorder().loaded(reason, load, nanos);
        }
        tokens.land(flight, landing);
        if (calling) {
            machinery.gate().leave(flight.isBackground());
        }
    }

    /** What became of a token that was issued. */
    enum Kept {
        KEPT,
        NO_PROGRESS,
        FENCED
    }
}
