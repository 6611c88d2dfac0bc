/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** A service whose tokens say at which event their issue began, and which takes a random time to answer. */
final class SlowService implements AsyncIdentityManager, AutoCloseable {

    private final TimeSource time;
    private final AtomicLong events = new AtomicLong();
    private final LongAdder issues = new LongAdder();
    private final Map<UserId, Long> revocations = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    SlowService(TimeSource time) {
        this.time = time;
    }

    static UserId user(int number) {
        return new UserId("8:acs:resource_" + number);
    }

    static long issueOf(AccessToken token) {
        return Long.parseLong(token.value());
    }

    long lastRevocationOf(int user) {
        return revocations.getOrDefault(user(user), 0L);
    }

    long issues() {
        return issues.sum();
    }

    long nextEvent() {
        return events.incrementAndGet();
    }

    @Override
    public CompletableFuture<AccessToken> getToken(UserId user, TokenRequest request) {
        long issue = nextEvent();
        issues.increment();
        Duration validity = request.validity().orElse(TokenRequest.MAXIMUM_VALIDITY);
        AccessToken token = new AccessToken(
                Long.toString(issue), Instant.ofEpochMilli(time.millis()).plus(validity));
        return later(token);
    }

    @Override
    public CompletableFuture<Void> revokeTokens(UserId user) {
        return later(Boolean.TRUE).thenAccept(done -> revocations.merge(user, nextEvent(), Math::max));
    }

    @Override
    public CompletableFuture<UserId> createUser() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<UserWithToken> createUserWithToken(TokenRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<AccessToken> getTokenForTeamsUser(TeamsTokenRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> deleteUser(UserId user) {
        return revokeTokens(user);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private <T> CompletableFuture<T> later(T value) {
        return CompletableFuture.supplyAsync(
                () -> {
                    if (ThreadLocalRandom.current().nextBoolean()) {
                        LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(200_000));
                    }
                    return value;
                },
                threads);
    }
}
