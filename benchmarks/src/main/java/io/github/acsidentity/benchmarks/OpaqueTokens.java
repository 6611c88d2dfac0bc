/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;

/** A service that issues tokens which all have one text, after a while; the users are given. */
final class OpaqueTokens implements AsyncIdentityManager {

    private static final String VALUE = "opaque";

    private final TimeSource time;
    private final Executor wire;
    private final LongAdder calls = new LongAdder();

    /**
     * Creates a service.
     *
     * @param wire runs what gives an answer, when it has travelled long enough
     */
    OpaqueTokens(TimeSource time, Executor wire) {
        this.time = time;
        this.wire = wire;
    }

    /** Returns the id of a user, as long as those of the service. */
    static String rawId(int number) {
        return "8:acs:11111111-2222-3333-4444-555555555555_%08x-aaaa-bbbb-cccc-dddddddddddd".formatted(number);
    }

    long calls() {
        return calls.sum();
    }

    @Override
    public CompletableFuture<AccessToken> getToken(UserId user, TokenRequest request) {
        calls.increment();
        Duration lifetime = request.validity().orElse(Duration.ofHours(24));
        CompletableFuture<AccessToken> answer = new CompletableFuture<>();
        wire.execute(() -> answer.complete(
                new AccessToken(VALUE, Instant.ofEpochMilli(time.millis()).plus(lifetime))));
        return answer;
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
    public CompletableFuture<Void> revokeTokens(UserId user) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> deleteUser(UserId user) {
        throw new UnsupportedOperationException();
    }
}
