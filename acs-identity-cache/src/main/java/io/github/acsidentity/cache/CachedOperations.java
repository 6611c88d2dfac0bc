/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import io.github.acsidentity.cache.CacheListener.LoadReason;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operations over the cache.
 *
 * <p>The futures complete on threads of the delegate and of the scheduler: only code of this package may depend on
 * them.
 */
final class CachedOperations implements AsyncIdentityManager {

    /** What all exchanges of Entra tokens ask for, as far as the cache is concerned. */
    private static final TokenRequest TEAMS = TokenRequest.of(TokenScope.of("teams"));

    private static final long MAXIMUM_TEAMS_USERS = 10_000;

    private final AsyncIdentityManager delegate;
    private final Machinery machinery;
    private final TokenCache<UserId> users;
    private final TokenCache<TeamsKey> teamsUsers;
    private final TokenSource<UserId> userTokens = new UserTokens();

    CachedOperations(AsyncIdentityManager delegate, Machinery machinery, long maximumUsers) {
        this.delegate = delegate;
        this.machinery = machinery;
        this.users = new TokenCache<>(machinery, maximumUsers);
        this.teamsUsers = new TokenCache<>(machinery, MAXIMUM_TEAMS_USERS);
    }

    TokenCache<UserId> users() {
        return users;
    }

    @Override
    public CompletableFuture<UserId> createUser() {
        users.checkOpen();
        return delegate.createUser();
    }

    @Override
    public CompletableFuture<UserId> createUser(UUID requestId) {
        users.checkOpen();
        return delegate.createUser(requestId);
    }

    @Override
    public CompletableFuture<UserWithToken> createUserWithToken(TokenRequest request) {
        users.checkOpen();
        CacheTime.Moment requestedAt = machinery.time().moment();
        int epoch = users.tokens().epoch();
        return delegate.createUserWithToken(withLifetime(request)).thenApply(created -> {
            keep(created, request, requestedAt, epoch);
            return created;
        });
    }

    /** Whatever is wrong with the token: the user has been created, and the caller gets to know its id. */
    private void keep(UserWithToken created, TokenRequest request, CacheTime.Moment requestedAt, int epoch) {
        try {
            HeldToken first = machinery
                    .deadlines()
                    .of(created.token(), request, requestedAt, userTokens.longestLifetime(request));
            users.put(created.user(), first, epoch);
            machinery.recorder().returned(first.expiresAt() - requestedAt.millis());
        } catch (RuntimeException e) {
            machinery.recorder().notKept(e);
        }
    }

    /** Returns a token that is held and usable; {@code null} if a call is needed. */
    @Nullable
    AccessToken find(UserId user, TokenRequest request, long demanded) {
        return users.find(requireNonNull(user, "user"), requireNonNull(request, "request"), demanded, userTokens);
    }

    @Override
    public CompletableFuture<AccessToken> getToken(UserId user, TokenRequest request) {
        return users.get(requireNonNull(user, "user"), requireNonNull(request, "request"), 0, userTokens);
    }

    CompletableFuture<AccessToken> getToken(UserId user, TokenRequest request, long demanded) {
        return users.get(user, request, demanded, userTokens);
    }

    /** Returns how much a caller asks to be left of a token, in milliseconds. */
    long demanded(TokenRequest request, Duration minimumRemaining) {
        long longest = userTokens.longestLifetime(request);
        if (minimumRemaining.isNegative() || minimumRemaining.compareTo(Duration.ofMillis(longest)) >= 0) {
            throw new IllegalArgumentException("minimumRemaining must be from 0 to less than the validity asked for ("
                    + SettingText.of(Duration.ofMillis(longest)) + "), but was " + SettingText.of(minimumRemaining));
        }
        return minimumRemaining.toMillis();
    }

    CompletableFuture<AccessToken> load(UserId user, TokenRequest request, LoadReason reason) {
        return users.load(requireNonNull(user, "user"), requireNonNull(request, "request"), reason, userTokens);
    }

    @Override
    public CompletableFuture<AccessToken> getTokenForTeamsUser(TeamsTokenRequest request) {
        return teamsUsers.get(TeamsKey.of(request), TEAMS, 0, new TeamsUserTokens(request));
    }

    @Override
    public CompletableFuture<Void> revokeTokens(UserId user) {
        return fenced(requireNonNull(user, "user"), delegate::revokeTokens);
    }

    @Override
    public CompletableFuture<Void> deleteUser(UserId user) {
        return fenced(requireNonNull(user, "user"), delegate::deleteUser);
    }

    boolean isFresh(UserId user, TokenRequest request) {
        HeldToken held = users.tokens().find(user, request);
        return TokenState.decide(held, null, machinery.time().millis(), 0) == TokenState.FRESH;
    }

    void invalidateAll() {
        users.fenceAll();
        teamsUsers.fenceAll();
    }

    void close() {
        users.close();
        teamsUsers.close();
    }

    private CompletableFuture<Void> fenced(UserId user, Function<UserId, CompletableFuture<Void>> operation) {
        users.checkOpen();
        Revocation revocation = new Revocation(user);
        CompletableFuture<Void> call;
        try {
            call = requireNonNull(operation.apply(user), "the future of the delegate");
        } catch (RuntimeException | Error e) {
            revocation.end();
            throw e;
        }
        return call.whenComplete((done, failure) -> {
            revocation.end();
            machinery.recorder().revoked(failure == null);
        });
    }

    private TokenRequest withLifetime(TokenRequest request) {
        return request.validity().isPresent()
                ? request
                : request.withValidity(machinery.policy().tokenLifetime());
    }

    /**
     * A revocation as far as the cache is concerned. One that does not end in time counts as failed: loads resume, and
     * what was loaded meanwhile is taken away when it ends after all.
     */
    private final class Revocation {

        private final UserId user;
        private final AtomicBoolean resumed = new AtomicBoolean();
        private final Future<?> timer;

        Revocation(UserId user) {
            this.user = user;
            users.beginRevocation(user);
            try {
                timer = machinery.after(machinery.policy().loadTimeout().toNanos(), this::resume);
            } catch (RuntimeException | Error e) {
                users.tokens().endRevocation(user);
                throw e;
            }
        }

        void end() {
            timer.cancel(false);
            if (!resume()) {
                users.beginRevocation(user);
                users.tokens().endRevocation(user);
            }
        }

        private boolean resume() {
            boolean first = resumed.compareAndSet(false, true);
            if (first) {
                users.tokens().endRevocation(user);
            }
            return first;
        }
    }

    private final class UserTokens implements TokenSource<UserId> {

        @Override
        public CompletableFuture<AccessToken> call(UserId user, TokenRequest request) {
            return delegate.getToken(user, withLifetime(request));
        }

        @Override
        public long longestLifetime(TokenRequest request) {
            return request.validity().orElse(machinery.policy().tokenLifetime()).toMillis();
        }

        @Override
        public FailureDetails details(UserId user) {
            return FailureDetails.of(IdentityOperation.GET_TOKEN).withUser(user);
        }
    }

    /** The token of one Teams user, as long as that person's Entra token is presented. */
    private final class TeamsUserTokens implements TokenSource<TeamsKey> {

        private final TeamsTokenRequest presented;

        TeamsUserTokens(TeamsTokenRequest presented) {
            this.presented = presented;
        }

        @Override
        public CompletableFuture<AccessToken> call(TeamsKey key, TokenRequest request) {
            return delegate.getTokenForTeamsUser(presented);
        }

        /** The service decides: the access token lives about as long as the Entra token. */
        @Override
        public long longestLifetime(TokenRequest request) {
            return Duration.ofHours(24).toMillis();
        }

        @Override
        public boolean mayStandInLine() {
            return false;
        }

        @Override
        public FailureDetails details(TeamsKey key) {
            return FailureDetails.of(IdentityOperation.GET_TOKEN_FOR_TEAMS_USER);
        }
    }
}
