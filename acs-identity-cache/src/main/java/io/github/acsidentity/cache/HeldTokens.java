/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.acsidentity.TokenRequest;
import java.time.Duration;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that are held, the flights under way and the failures that are remembered, of all owners.
 *
 * @param <K> whose tokens they are
 */
final class HeldTokens<K> {

    private final Cache<K, HeldToken> cache;
    private final ConcurrentMap<K, HeldToken> tokens;
    private final Flights<K> flights;
    private final RememberedFailures<K> failures = new RememberedFailures<>();
    private final Deadlines deadlines;

    HeldTokens(long maximumOwners, Deadlines deadlines, Executor executor, Runnable evicted) {
        this.cache = Caffeine.newBuilder()
                .maximumSize(maximumOwners)
                .executor(executor)
                .<K, HeldToken>evictionListener((owner, token, cause) -> evicted.run())
                .build();
        this.tokens = cache.asMap();
        this.flights = new Flights<>(tokens);
        this.deadlines = deadlines;
    }

    @Nullable
    HeldToken find(K owner, TokenRequest request) {
        return HeldToken.find(cache.getIfPresent(owner), request);
    }

    @Nullable
    RememberedFailure findFailure(K owner, TokenRequest request) {
        return failures.find(owner, request);
    }

    void remember(Flight<K> flight, RememberedFailure failure) {
        failures.remember(flight.owner(), flight.request(), failure);
    }

    Flights.Boarding<K> board(K owner, TokenRequest request, Predicate<HeldToken> enough, boolean background) {
        return flights.board(owner, request, enough, background);
    }

    boolean isUnderWay(K owner, TokenRequest request) {
        return flights.isUnderWay(owner, request);
    }

    void land(Flight<K> flight, Flight.Landing landing) {
        flights.land(flight, landing);
    }

    /** Keeps the token that a flight has brought, if it may be used and is worth it. */
    Departure.Kept keep(Flight<K> flight, HeldToken fresh, long now) {
        boolean[] progress = {true};
        boolean kept = flights.keep(flight, first -> {
            HeldToken held = HeldToken.find(first, fresh.request());
            if (flight.isBackground() && held != null && isNoProgress(held, fresh, now)) {
                progress[0] = false;
                return TokenList.with(first, deadlines.afterNoProgress(held, now), now);
            }
            return TokenList.with(first, fresh, now);
        });
        if (!kept) {
            return Departure.Kept.FENCED;
        }
        failures.forget(flight.owner(), flight.request());
        return progress[0] ? Departure.Kept.KEPT : Departure.Kept.NO_PROGRESS;
    }

    /** A token that is spent is worth replacing by any other: what arrives is judged by the lifetime it has itself. */
    private static boolean isNoProgress(HeldToken held, HeldToken fresh, long now) {
        return fresh.expiresAt() <= held.expiresAt() && TokenState.decide(held, null, now, 0) != TokenState.SPENT;
    }

    /** Keeps the first token of a new user. */
    void put(K owner, HeldToken fresh, int epoch, long now) {
        flights.keepWithoutFlight(owner, epoch, first -> TokenList.with(first, fresh, now));
    }

    int epoch() {
        return flights.epoch();
    }

    /** Puts off the next refresh of a token after a failure. */
    void postpone(Flight<K> flight, long now, Duration lifetime, Duration retryAfter) {
        double chance = deadlines.draw();
        tokens.computeIfPresent(flight.owner(), (key, first) -> {
            HeldToken held = HeldToken.find(first, flight.request());
            return held == null
                    ? first
                    : TokenList.with(first, deadlines.afterFailure(held, now, lifetime, retryAfter, chance), now);
        });
    }

    /** Replaces one token by another for the same request, if it is still held; returns whether it was. */
    boolean replace(K owner, HeldToken held, HeldToken other, long now) {
        boolean[] replaced = {false};
        tokens.computeIfPresent(owner, (key, first) -> {
            replaced[0] = HeldToken.find(first, held.request()) == held;
            return replaced[0] ? TokenList.with(first, other, now) : first;
        });
        return replaced[0];
    }

    /** Takes an owner's tokens away, without a fence. */
    void drop(K owner) {
        tokens.remove(owner);
    }

    /** Takes one token away if it is held, and if that is permitted. */
    boolean take(K owner, String value, long now, BooleanSupplier permission) {
        boolean[] taken = {false};
        tokens.computeIfPresent(owner, (key, first) -> {
            for (HeldToken held = first; held != null; held = held.next()) {
                if (held.token().value().equals(value)) {
                    taken[0] = permission.getAsBoolean();
                    return taken[0] ? TokenList.without(first, held, now) : first;
                }
            }
            return first;
        });
        return taken[0];
    }

    void beginRevocation(K owner) {
        flights.beginRevocation(owner);
        failures.forget(owner);
    }

    void endRevocation(K owner) {
        flights.endRevocation(owner);
    }

    void close() {
        flights.close();
        failures.forgetAll();
    }

    void fenceAll() {
        flights.fenceAll();
        failures.forgetAll();
    }

    /** Takes expired tokens out of the memory; returns whether others remain. */
    boolean sweep(long now) {
        tokens.forEach((owner, first) -> {
            if (TokenList.hasExpired(first, now)) {
                tokens.computeIfPresent(owner, (key, list) -> TokenList.without(list, null, now));
            }
        });
        return !tokens.isEmpty();
    }

    long owners() {
        return cache.estimatedSize();
    }
}
