/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.TokenRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Single flight and the revocation fence.
 *
 * <p>What goes on for an owner (flights, revocations) is kept while it goes on, and changes atomically. The guarantee:
 * a token is found among {@code tokens}, or handed to those who wait for a flight, after a revocation has ended only if
 * its flight boarded after that revocation began. It holds because
 *
 * <ul>
 *   <li>a revocation first marks all flights of the owner and then takes the tokens away,
 *   <li>a flight looks for its mark inside the atomic update that would keep its token, so the token is refused, or
 *       kept before the revocation takes it away,
 *   <li>no flight boards while a revocation goes on.
 * </ul>
 *
 * <p>A flight keeps its token before it is struck off, and a boarding looks for the token after it has found no flight:
 * nobody can fall between the two and call once more.
 *
 * @param <K> whose tokens they are
 */
final class Flights<K> {

    /** What a caller who found no usable token gets to do. */
    sealed interface Boarding<K> {

        /** Somebody else has just got the token. */
        record Held<K>(HeldToken held) implements Boarding<K> {}

        /** Wait for the flight of somebody else. */
        record Joined<K>(Flight<K> flight) implements Boarding<K> {}

        /** Carry out this flight. */
        record Begun<K>(Flight<K> flight) implements Boarding<K> {}

        /** Wait for a revocation, or for a flight that it has marked, and board again. */
        record Wait<K>(CompletableFuture<?> end) implements Boarding<K> {}
    }

    private final ConcurrentMap<K, HeldToken> tokens;
    private final ConcurrentHashMap<K, Activity<K>> activities = new ConcurrentHashMap<>();
    private final AtomicInteger epochs = new AtomicInteger();
    private volatile boolean closed;

    Flights(ConcurrentMap<K, HeldToken> tokens) {
        this.tokens = tokens;
    }

    /**
     * Boards the flight for a token.
     *
     * @param enough says whether a token that somebody else got meanwhile serves the caller
     * @param background whether nobody waits for a flight that is begun
     */
    Boarding<K> board(K owner, TokenRequest request, Predicate<HeldToken> enough, boolean background) {
        Decision<Boarding<K>> decision = new Decision<>();
        activities.compute(owner, (key, found) -> {
            Activity<K> activity = found == null ? new Activity<>() : found;
            decision.value = board(activity, owner, request, enough, background);
            return activity.isIdle() ? null : activity;
        });
        return decision.get();
    }

    private Boarding<K> board(
            Activity<K> activity, K owner, TokenRequest request, Predicate<HeldToken> enough, boolean background) {
        if (activity.revocations > 0) {
            return new Boarding.Wait<>(activity.revoked);
        }
        Flight<K> underWay = activity.find(request);
        if (underWay != null) {
            return underWay.isFenced() ? new Boarding.Wait<>(underWay.landing()) : new Boarding.Joined<>(underWay);
        }
        HeldToken held = HeldToken.find(tokens.get(owner), request);
        if (held != null && enough.test(held)) {
            return new Boarding.Held<>(held);
        }
        Flight<K> flight = new Flight<>(owner, request, background);
        activity.add(flight);
        return new Boarding.Begun<>(flight);
    }

    /**
     * Keeps the token of a flight, unless a revocation has begun since it boarded.
     *
     * @param keep what becomes of the owner's tokens
     * @return whether the token was kept
     */
    boolean keep(Flight<K> flight, UnaryOperator<@Nullable HeldToken> keep) {
        Decision<Boolean> kept = new Decision<>();
        tokens.compute(flight.owner(), (key, first) -> {
            boolean usable = !flight.isFenced() && !closed;
            kept.value = usable;
            return usable ? keep.apply(first) : first;
        });
        return kept.get();
    }

    /** Strikes a flight off and tells those who wait for it. */
    void land(Flight<K> flight, Flight.Landing landing) {
        activities.computeIfPresent(flight.owner(), (key, activity) -> {
            activity.remove(flight);
            return activity.isIdle() ? null : activity;
        });
        flight.landing().complete(landing);
    }

    /** Stops the hand-out of an owner's tokens, and the boarding of new flights until {@link #endRevocation}. */
    void beginRevocation(K owner) {
        activities.compute(owner, (key, found) -> {
            Activity<K> activity = found == null ? new Activity<>() : found;
            activity.revocations++;
            activity.flights.forEach(Flight::fence);
            return activity;
        });
        tokens.remove(owner);
    }

    /** Allows boarding again, if no other revocation of the owner goes on. */
    void endRevocation(K owner) {
        tokens.remove(owner);
        Decision<CompletableFuture<Void>> ended = new Decision<>();
        activities.computeIfPresent(owner, (key, activity) -> {
            activity.revocations--;
            if (activity.revocations == 0) {
                ended.value = activity.revoked;
                activity.revoked = new CompletableFuture<>();
            }
            return activity.isIdle() ? null : activity;
        });
        if (ended.value != null) {
            ended.value.complete(null);
        }
    }

    /**
     * Keeps a token that no flight has brought.
     *
     * @param epoch the {@link #epoch} from before the token was asked for
     */
    void keepWithoutFlight(K owner, int epoch, UnaryOperator<@Nullable HeldToken> keep) {
        tokens.compute(owner, (key, first) -> keep.apply(first));
        if (closed || epoch != epochs.get()) {
            tokens.remove(owner);
        }
    }

    /** Returns a number that changes when all tokens are taken away. */
    int epoch() {
        return epochs.get();
    }

    /** Fences all flights, those that will still board as well, and takes all tokens away. */
    void close() {
        closed = true;
        fenceAll();
    }

    /**
     * Fences all flights and takes all tokens away.
     *
     * <p>To clear the map is not enough: it may miss a token that is just being kept. To remove one waits for that.
     */
    void fenceAll() {
        epochs.incrementAndGet();
        for (K owner : activities.keySet()) {
            activities.computeIfPresent(owner, (key, activity) -> {
                activity.flights.forEach(Flight::fence);
                return activity;
            });
            tokens.remove(owner);
        }
        tokens.clear();
    }

    /** Returns whether a flight for a token is under way; takes no lock. */
    boolean isUnderWay(K owner, TokenRequest request) {
        Activity<K> activity = activities.get(owner);
        return activity != null && activity.find(request) != null;
    }

    /** What goes on for one owner; changed inside atomic updates only. */
    private static final class Activity<K> {

        /** Never changed, but replaced. */
        private volatile List<Flight<K>> flights = List.of();

        private int revocations;
        private CompletableFuture<Void> revoked = new CompletableFuture<>();

        @Nullable
        Flight<K> find(TokenRequest request) {
            for (Flight<K> flight : flights) {
                if (flight.request().equals(request)) {
                    return flight;
                }
            }
            return null;
        }

        void add(Flight<K> flight) {
            List<Flight<K>> more = new ArrayList<>(flights);
            more.add(flight);
            flights = more;
        }

        void remove(Flight<K> flight) {
            flights = flights.stream().filter(other -> other != flight).toList();
        }

        boolean isIdle() {
            return flights.isEmpty() && revocations == 0;
        }
    }

    /** Carries a result out of an atomic update. */
    private static final class Decision<T> {

        private @Nullable T value;

        T get() {
            if (value == null) {
                throw new IllegalStateException("The update has not been carried out");
            }
            return value;
        }
    }
}
