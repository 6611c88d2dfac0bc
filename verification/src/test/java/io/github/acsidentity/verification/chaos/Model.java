/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import io.github.acsidentity.cache.RefreshPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
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

    private static final long NOTICEABLE_NANOS = 100_000_000;
    private static final long WALL_BOUND = LARGEST_WALL_OFFSET.plusSeconds(5).toMillis();

    private final RefreshPolicy policy;
    private final ShiftingTime time;
    private final Clock clock;
    private final Budget budget;
    private final Renewals renewals = new Renewals();
    private volatile LongSupplier evictions = () -> 0;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<UserId, Watched> users = new ConcurrentHashMap<>();
    private final Map<String, Call> tokens = new ConcurrentHashMap<>();
    private static final ThreadLocal<@Nullable Get> OWN_GET = new ThreadLocal<>();
    private final AtomicReference<@Nullable Violation> violation = new AtomicReference<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private final AtomicInteger mostOfOneKey = new AtomicInteger();
    private final AtomicInteger waitedForBudget = new AtomicInteger();
    private final AtomicLong longestGetNanos = new AtomicLong();

    /** The true time. */
    interface Clock {
        long millis();
    }

    Model(RefreshPolicy policy, ShiftingTime time, Clock clock, Budget budget) {
        this.policy = policy;
        this.time = time;
        this.clock = clock;
        this.budget = budget;
    }

    /** Lets the model know how many users the cache has evicted so far: whose they were, it cannot know. */
    void countEvictions(LongSupplier number) {
        evictions = number;
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

    /** Returns how many calls the budget has held back noticeably. */
    int waitedForBudget() {
        return waitedForBudget.get();
    }

    Duration longestGet() {
        return Duration.ofNanos(longestGetNanos.get());
    }

    Budget budget() {
        return budget;
    }

    Renewals renewals() {
        return renewals;
    }

    Get begin(Watched user, TokenRequest request) {
        return begin(user, request, Duration.ZERO);
    }

    /**
     * Begins a get; {@link #returned}, {@link #failed} or {@link #end} must follow.
     *
     * @param demanded what must be left of the token, if it is more than the policy demands
     */
    Get begin(Watched user, TokenRequest request, Duration demanded) {
        long evicted = evictions.getAsLong();
        synchronized (user) {
            Get get = new Get(
                    user,
                    request,
                    demanded.toMillis(),
                    user.fencedUntil,
                    user.handedOut.get(request),
                    clock.millis(),
                    System.nanoTime(),
                    evicted,
                    new AtomicReference<>());
            user.open.add(get);
            OWN_GET.set(get);
            return get;
        }
    }

    /** Runs what the cache does on a thread of its own, where a test has but one: no get of this thread causes it. */
    void inBackground(Runnable task) {
        Get own = OWN_GET.get();
        OWN_GET.remove();
        try {
            task.run();
        } finally {
            OWN_GET.set(own);
        }
    }

    /** Ends a get of which there is nothing to be judged. */
    void end(Get get) {
        longestGetNanos.accumulateAndGet(System.nanoTime() - get.nanos(), Math::max);
        Watched user = get.user();
        synchronized (user) {
            user.open.remove(get);
        }
    }

    void returned(Get get, AccessToken token) {
        end(get);
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
        if (isDue(call)) {
            renewals.seenDue(call);
        }
        synchronized (user) {
            user.handedOut.merge(
                    get.request(),
                    new Get.HandedOut(call, get.evictions()),
                    (old, fresh) -> fresh.call().requestedAt() >= old.call().requestedAt() ? fresh : old);
        }
    }

    void failed(Get get, RuntimeException failure) {
        end(get);
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
        Get.HandedOut held = get.held();
        if (held == null || user.mayBeFenced(held.call()) || held.evictions() != evictions.getAsLong()) {
            return;
        }
        long left = held.call().trustedUntil() - clock.millis() - WALL_BOUND;
        if (left > Math.max(policy.minimumRemaining().toMillis(), get.demanded())) {
            violated("a failure although a usable token is held", user, describe(get) + " " + name);
        } else if (known.isTransient() && left > policy.outageFloor().toMillis()) {
            violated("a transient failure although a token bridges it", user, describe(get) + " " + name);
        }
    }

    /** Takes the tokens of all users away. */
    void fenceAll(String name, Runnable operation) {
        List<Watched> all = List.copyOf(users.values());
        all.forEach(user -> beginFence(user, name));
        long number = number();
        operation.run();
        all.forEach(user -> endFence(user, name + " done", number));
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
        Call.Purpose purpose;
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
            OptionalLong waiting = user.open.stream()
                    .filter(get -> get.request().equals(request))
                    .mapToLong(get -> nanos - get.nanos())
                    .max();
            purpose = waiting.isPresent() ? Call.Purpose.GET : renewals.purpose(user, request);
            // if there are slots enough, it was the budget that a call had to wait for
            if (waiting.orElse(0) > NOTICEABLE_NANOS && inFlight.get() < policy.concurrentLoads() / 2) {
                waitedForBudget.incrementAndGet();
            }
        }
        if (purpose == Call.Purpose.RENEWAL) {
            renewals.begin(user, request);
        }
        String broken = budget.take(time.nanos(), purpose);
        if (broken != null) {
            violated(broken, user, "call " + call.number());
        }
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        Get own = OWN_GET.get();
        if (own != null && own.user() == user && own.request().equals(request)) {
            own.own().set(call);
        }
        return call;
    }

    /**
     * Notes that the cache has heard of a failure in time.
     *
     * @param heard the ticks before it heard of it
     */
    void heard(Call call, Throwable failure, long heard) {
        boolean givenUp =
                System.nanoTime() - call.startedNanos() > policy.loadTimeout().toNanos() * 9 / 10;
        if (!givenUp && failure instanceof ThrottledException throttled && !throttled.isLocal()) {
            budget.pause(throttled, heard, time.nanos());
        }
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
        call.answer().endedNanos = System.nanoTime();
        call.answer().ended = true;
    }

    /** Registers the first token of a new user. */
    void issued(UserId id, TokenRequest request, long number, long requestedAt, AccessToken token) {
        tokens.put(token.value(), new Call(user(id), request, number, requestedAt, 0, new Call.Answer()));
    }

    static boolean dropsUser(@Nullable Throwable failure) {
        return failure instanceof UserNotFoundException;
    }

    /** The refresh window of these policies is twice the minimum remaining; when the jitter ends it, nobody knows. */
    private boolean isDue(Call token) {
        return token.trustedUntil() - clock.millis()
                < 2 * policy.minimumRemaining().toMillis();
    }

    /** Returns the refusal that the call got which was made for this get, unless the call may have been given up. */
    private @Nullable Throwable ownRefusal(Get get) {
        Call call = get.own().get();
        if (call == null
                || !call.answer().ended
                || call.answer().endedNanos - call.startedNanos()
                        > policy.loadTimeout().toNanos() / 2) {
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
                + Objects.toString(get.held() == null ? null : get.held().call().number()) + ", request "
                + get.request();
    }
}
