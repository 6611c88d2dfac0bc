/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import io.github.acsidentity.cache.RefreshPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What was issued, fenced and handed out, in which order, and what follows from that for each get.
 *
 * <p>It knows less than the cache (when a thread saw what), so it judges only what holds in every order that is
 * possible.
 */
final class Model {

    /** How far the wall clock is ever off. */
    static final Duration LARGEST_WALL_OFFSET = Duration.ofMinutes(5);

    private static final long WALL_BOUND = LARGEST_WALL_OFFSET.plusSeconds(5).toMillis();

    private final RefreshPolicy policy;
    private final ShiftingTime time;
    private final Clock clock;
    private final CallRate rate;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<UserId, Watched> users = new ConcurrentHashMap<>();
    private final Map<String, Call> tokens = new ConcurrentHashMap<>();
    private static final ThreadLocal<@Nullable Call> OWN_CALL = new ThreadLocal<>();
    private final AtomicReference<@Nullable Violation> violation = new AtomicReference<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private final AtomicInteger mostOfOneKey = new AtomicInteger();

    /** The true time. */
    interface Clock {
        long millis();
    }

    /** A get under way. */
    record Get(
            Watched user,
            TokenRequest request,
            long fencedUntil,
            @Nullable Call held,
            long begun,
            long nanos) {}

    Model(RefreshPolicy policy, ShiftingTime time, Clock clock, CallRate rate) {
        this.policy = policy;
        this.time = time;
        this.clock = clock;
        this.rate = rate;
    }

    Watched user(UserId id) {
        return users.computeIfAbsent(id, Watched::new);
    }

    @Nullable
    Violation violation() {
        return violation.get();
    }

    int mostInFlight() {
        return mostInFlight.get();
    }

    int mostOfOneKey() {
        return mostOfOneKey.get();
    }

    Get begin(Watched user, TokenRequest request) {
        OWN_CALL.remove();
        synchronized (user) {
            return new Get(
                    user, request, user.fencedUntil, user.handedOut.get(request), clock.millis(), System.nanoTime());
        }
    }

    void returned(Get get, AccessToken token) {
        Call call = tokens.get(token.value());
        Watched user = get.user();
        if (call == null || call.watched() != user || !call.request().equals(get.request())) {
            violated("a token that was not issued for this user and request", user, describe(get));
            return;
        }
        if (call.number() < get.fencedUntil()) {
            violated("a token that was revoked before the get began", user, describe(get) + " token " + call.number());
        }
        if (token.expiresAt().toEpochMilli() - get.begun()
                <= policy.outageFloor().toMillis()) {
            violated("a token that has expired, or lives no longer than the outage floor", user, describe(get));
        }
        if (ownRefusal(get) != null) {
            violated("a token in place of a refusal", user, describe(get));
        }
        synchronized (user) {
            user.handedOut.merge(
                    get.request(), call, (old, fresh) -> fresh.requestedAt() > old.requestedAt() ? fresh : old);
        }
    }

    void failed(Get get, RuntimeException failure) {
        Watched user = get.user();
        String name = failure.getClass().getSimpleName();
        user.note(now() + "get failed: " + name);
        if (!(failure instanceof IdentityException known)) {
            violated("an unexpected exception", user, describe(get) + " " + failure.getClass());
            return;
        }
        Throwable refusal = ownRefusal(get);
        if (refusal != null && refusal.getClass() != failure.getClass()) {
            violated("another failure in place of a refusal", user, describe(get) + " " + name);
        }
        Call held = get.held();
        if (held == null || user.mayBeFenced(held)) {
            return;
        }
        long left = held.trustedUntil() - clock.millis() - WALL_BOUND;
        if (left > policy.minimumRemaining().toMillis()) {
            violated("a failure although a usable token is held", user, describe(get) + " " + name);
        } else if (known.isTransient() && left > policy.outageFloor().toMillis()) {
            violated("a transient failure although a token bridges it", user, describe(get) + " " + name);
        }
    }

    /** Begins what takes a user's tokens away; returns its number. */
    long beginFence(Watched user, String name) {
        synchronized (user) {
            user.fencesUnderWay++;
            user.lastFenceBegun = numbers.incrementAndGet();
            user.note(now() + name + " begins as " + user.lastFenceBegun);
            return user.lastFenceBegun;
        }
    }

    long number() {
        return numbers.incrementAndGet();
    }

    /** Ends it. What was asked for before {@code fencedUntil} must not be handed out any more. */
    void endFence(Watched user, String name, long fencedUntil) {
        synchronized (user) {
            user.fencesUnderWay--;
            user.lastFenceEnded = numbers.incrementAndGet();
            user.fencedUntil = Math.max(user.fencedUntil, fencedUntil);
            user.note(now() + name + ", fenced until " + fencedUntil);
        }
    }

    Call beginCall(Watched user, TokenRequest request) {
        long nanos = System.nanoTime();
        Call call = new Call(user, request, numbers.incrementAndGet(), time.lastRead(), nanos, new Call.Answer());
        if (!rate.take(time.nanos())) {
            violated("more calls than the budget allows", user, "call " + call.number());
        }
        synchronized (user) {
            // a call that takes too long is given up, and another one may be made before it has ended
            long givenUp = policy.loadTimeout().toNanos() * 9 / 10;
            long others = user.inFlight.stream()
                    .filter(other -> other.request().equals(request) && nanos - other.startedNanos() < givenUp)
                    .count();
            user.inFlight.add(call);
            user.note(now() + "call " + call.number() + " begins");
            mostOfOneKey.accumulateAndGet((int) others + 1, Math::max);
            if (others > 0) {
                violated("two calls in flight", user, "call " + call.number());
            }
        }
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        OWN_CALL.set(call);
        return call;
    }

    /** Ends a call, before anybody else hears of it. */
    void endCall(Call call, @Nullable AccessToken token, @Nullable Throwable failure) {
        Watched user = call.watched();
        synchronized (user) {
            if (!user.inFlight.remove(call)) {
                return;
            }
            user.note(now() + "call " + call.number() + " ends"
                    + (failure == null ? "" : ": " + failure.getClass().getSimpleName()));
        }
        inFlight.decrementAndGet();
        if (token != null) {
            tokens.put(token.value(), call);
        }
        call.answer().failure = failure;
        call.answer().ended = true;
    }

    /** Registers the first token of a new user. */
    void issued(UserId id, TokenRequest request, long number, long requestedAt, AccessToken token) {
        tokens.put(token.value(), new Call(user(id), request, number, requestedAt, 0, new Call.Answer()));
    }

    static boolean dropsUser(@Nullable Throwable failure) {
        return failure instanceof UserNotFoundException;
    }

    /** Returns the refusal that the call got which this thread made for this get, unless the get waited too long. */
    private @Nullable Throwable ownRefusal(Get get) {
        Call call = OWN_CALL.get();
        if (call == null
                || !call.answer().ended
                || System.nanoTime() - get.nanos() > policy.joinTimeout().toNanos() / 2) {
            return null;
        }
        Throwable failure = call.answer().failure;
        return failure instanceof IdentityException known && !known.isTransient() ? failure : null;
    }

    void violated(String rule, Watched user, String details) {
        violation.compareAndSet(
                null, new Violation(rule, details + "\nhistory of " + user.id + ":\n  " + user.history()));
    }

    /** Registers what concerns no single user. */
    void violated(String rule, String details) {
        violation.compareAndSet(null, new Violation(rule, details));
    }

    private String now() {
        return clock.millis() + " ";
    }

    private String describe(Get get) {
        return "get begun at " + get.begun() + ", fenced until " + get.fencedUntil() + ", held "
                + Objects.toString(get.held() == null ? null : get.held().number()) + ", request " + get.request();
    }
}
