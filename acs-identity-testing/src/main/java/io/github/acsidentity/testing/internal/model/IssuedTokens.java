/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The tokens that were issued, and which of them chat and calling accept. Safe for use by concurrent threads.
 *
 * <p>What passes with time (tokens expire, revocations take effect) is brought up to date whenever somebody asks: each
 * token costs as much as it changes, however many others there are. Expired tokens are kept for a day, because the
 * clock can be set back.
 */
final class IssuedTokens {

    private static final long KEPT_MILLIS = Duration.ofDays(1).toMillis();

    private final TimeSource clock;
    private final Map<String, IssuedToken> byValue = new HashMap<>();
    private final NavigableMap<Expiry, String> byExpiry = new TreeMap<>();
    private final NavigableMap<Long, IssuedToken> live = new TreeMap<>();
    private final Map<User, NavigableMap<Long, IssuedToken>> liveByUser = new HashMap<>();
    /** The revocations that chat and calling do not know of yet, in their order. */
    private final Deque<Revocation> underWay = new ArrayDeque<>();
    /** The time up to which expired tokens have been taken out of the live ones. */
    private long settledMillis = Long.MIN_VALUE;

    IssuedTokens(TimeSource clock) {
        this.clock = clock;
    }

    private record Expiry(long millis, long number) implements Comparable<Expiry> {

        @Override
        public int compareTo(Expiry other) {
            int byTime = Long.compare(millis, other.millis);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }

        static Expiry lastAt(long millis) {
            return new Expiry(millis, Long.MAX_VALUE);
        }
    }

    private record Revocation(User user, long upTo, long effectiveTicks) {}

    synchronized void add(String value, IssuedToken token) {
        settle();
        byValue.put(value, token);
        byExpiry.put(new Expiry(token.expiresAtMillis(), token.number()), value);
        if (token.expiresAtMillis() > settledMillis) {
            enliven(token);
        }
    }

    /** Lets a user's tokens up to a number end after a while, which is the same for all revocations. */
    synchronized void revoke(User user, long upTo, Duration delay) {
        underWay.addLast(new Revocation(user, upTo, clock.nanos() + delay.toNanos()));
        settle();
    }

    /** Ends the tokens that were issued with keys which are no longer valid. */
    synchronized void dropInvalidKeys() {
        live.values().stream().filter(token -> !token.isKeyValid()).toList().forEach(this::end);
    }

    synchronized boolean isAccepted(String value) {
        settle();
        IssuedToken token = byValue.get(value);
        return token != null && live.containsKey(token.number());
    }

    /** Returns the accepted tokens in the order of issue. */
    synchronized List<IssuedToken> live() {
        settle();
        return List.copyOf(live.values());
    }

    /** Returns how many tokens are accepted. */
    synchronized int liveCount() {
        settle();
        return live.size();
    }

    /** Returns how many tokens of a user are accepted. */
    synchronized int liveCount(User user) {
        settle();
        NavigableMap<Long, IssuedToken> tokens = liveByUser.get(user);
        return tokens == null ? 0 : tokens.size();
    }

    /** Returns the accepted tokens that were issued last, the newest first. */
    synchronized List<IssuedToken> newestLive(int limit) {
        settle();
        List<IssuedToken> newest = new ArrayList<>();
        for (IssuedToken token : live.descendingMap().values()) {
            if (newest.size() == limit) {
                break;
            }
            newest.add(token);
        }
        return newest;
    }

    /** Forgets all tokens; those of the given users, even if they come in only now, are not accepted. */
    synchronized void clear(Iterable<User> deleted, long lastNumber) {
        deleted.forEach(user -> user.revokeUpTo(lastNumber));
        byValue.clear();
        byExpiry.clear();
        live.clear();
        liveByUser.clear();
        underWay.clear();
    }

    /** Returns how many tokens are kept. */
    synchronized int size() {
        return byValue.size();
    }

    private void settle() {
        long ticks = clock.nanos();
        while (!underWay.isEmpty() && underWay.getFirst().effectiveTicks() - ticks <= 0) {
            takeEffect(underWay.removeFirst());
        }
        long millis = clock.millis();
        if (millis > settledMillis) {
            expiring(settledMillis, millis).values().forEach(value -> end(token(value)));
            forget(byExpiry.headMap(Expiry.lastAt(millis - KEPT_MILLIS - 1), true));
        } else {
            expiring(millis, settledMillis).values().forEach(value -> enliven(token(value)));
        }
        settledMillis = millis;
    }

    private NavigableMap<Expiry, String> expiring(long after, long upTo) {
        return byExpiry.subMap(Expiry.lastAt(after), false, Expiry.lastAt(upTo), true);
    }

    private IssuedToken token(String value) {
        return requireNonNull(byValue.get(value), "token");
    }

    private void takeEffect(Revocation revocation) {
        revocation.user().revokeUpTo(revocation.upTo());
        NavigableMap<Long, IssuedToken> tokens = liveByUser.get(revocation.user());
        if (tokens != null) {
            List.copyOf(tokens.headMap(revocation.upTo(), true).values()).forEach(this::end);
        }
    }

    private void enliven(IssuedToken token) {
        if (token.isKeyValid() && token.isUnrevoked()) {
            live.put(token.number(), token);
            if (token.user() != null) {
                liveByUser
                        .computeIfAbsent(token.user(), user -> new TreeMap<>())
                        .put(token.number(), token);
            }
        }
    }

    private void end(IssuedToken token) {
        live.remove(token.number());
        if (token.user() != null) {
            liveByUser.computeIfPresent(token.user(), (user, tokens) -> {
                tokens.remove(token.number());
                return tokens.isEmpty() ? null : tokens;
            });
        }
    }

    private void forget(NavigableMap<Expiry, String> expired) {
        expired.values().forEach(byValue::remove);
        expired.clear();
    }
}
