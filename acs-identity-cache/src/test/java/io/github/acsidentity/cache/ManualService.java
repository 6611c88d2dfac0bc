/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A service whose answers are futures that the test completes, or whatever else the test has it return. */
final class ManualService implements AsyncIdentityManager, AutoCloseable {

    static final UserId NEW_USER = new UserId("8:acs:resource_new");

    final List<CompletableFuture<AccessToken>> tokens = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<Void>> revocations = new CopyOnWriteArrayList<>();
    private volatile @Nullable Supplier<CompletableFuture<AccessToken>> answer;
    private volatile @Nullable Supplier<CompletableFuture<Void>> revocationAnswer;
    private volatile boolean closed;

    /** Returns a token that lives a day from a time on. */
    static AccessToken token(String value, Instant from) {
        return new AccessToken(value, from.plus(Duration.ofDays(1)));
    }

    void answerWith(Supplier<CompletableFuture<AccessToken>> anything) {
        answer = anything;
    }

    void answerRevocationsWith(Supplier<CompletableFuture<Void>> anything) {
        revocationAnswer = anything;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public CompletableFuture<AccessToken> getToken(UserId user, TokenRequest request) {
        return answer();
    }

    @Override
    public CompletableFuture<AccessToken> getTokenForTeamsUser(TeamsTokenRequest request) {
        return answer();
    }

    @Override
    public CompletableFuture<UserId> createUser() {
        return CompletableFuture.completedFuture(NEW_USER);
    }

    @Override
    public CompletableFuture<UserWithToken> createUserWithToken(TokenRequest request) {
        return answer().thenApply(token -> new UserWithToken(NEW_USER, token));
    }

    @Override
    public CompletableFuture<Void> revokeTokens(UserId user) {
        return answerRevocation();
    }

    @Override
    public CompletableFuture<Void> deleteUser(UserId user) {
        return answerRevocation();
    }

    @Override
    public void close() {
        closed = true;
    }

    private CompletableFuture<AccessToken> answer() {
        Supplier<CompletableFuture<AccessToken>> given = answer;
        CompletableFuture<AccessToken> future = given == null ? new CompletableFuture<>() : given.get();
        if (given == null) {
            tokens.add(future);
        }
        return future;
    }

    private CompletableFuture<Void> answerRevocation() {
        Supplier<CompletableFuture<Void>> given = revocationAnswer;
        CompletableFuture<Void> future = given == null ? new CompletableFuture<>() : given.get();
        if (given == null) {
            revocations.add(future);
        }
        return future;
    }
}
