/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.cache.CachingIdentityManager;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is compared. */
enum Rival {
    OURS("ours", false),
    OURS_ASYNC("ours, async", false),
    OURS_FULL("ours, full", false),
    FLOOR("ConcurrentHashMap + deadline", false),
    CAFFEINE("Caffeine by size + deadline", false),
    CAFFEINE_FULL("Caffeine by size + deadline, full", false),
    CAFFEINE_EXPIRY("Caffeine with variable Expiry", true),
    SPRING("Spring @Cacheable(sync = true)", true),
    AWS("AWS CachedSupplier each", true),
    GOOGLE("google-auth OAuth2Credentials", true),
    AZURE_CORE("azure-core AccessTokenCache", true),
    COMMUNICATION("ACS CommunicationTokenCredential", true),
    MSAL("MSAL4J, with only 100 tokens", true);

    /** More than twice the users: a cache that is less than half full does not record who is read. */
    static final long MAXIMUM = 2 * HitBenchmark.USERS + HitBenchmark.USERS / 2;

    private final String label;
    private final boolean peer;

    Rival(String label, boolean peer) {
        this.label = label;
        this.peer = peer;
    }

    String label() {
        return label;
    }

    /** Returns whether it is what one would use instead of this library. */
    boolean isPeer() {
        return peer;
    }

    /** Returns whether it is a cache of this library. */
    boolean isOurs() {
        return this == OURS || this == OURS_ASYNC || this == OURS_FULL;
    }

    /** Returns whether one of ours is fairly compared with it. */
    boolean isRivalOf(Rival ours) {
        return !isOurs() && (ours == OURS_FULL ? this == FLOOR || this == CAFFEINE_FULL : this != CAFFEINE_FULL);
    }

    /** Returns the largest ratio of times that we allow ourselves. */
    double goal() {
        return switch (this) {
            case FLOOR -> 1.25;
            case CAFFEINE, CAFFEINE_FULL -> 1.10;
            default -> 1;
        };
    }

    /** Returns a way to get the users' tokens, all of which are held. */
    Lookup filled(Users users) {
        return switch (this) {
            case OURS -> ours(users, MAXIMUM);
            case OURS_FULL -> ours(users, HitBenchmark.USERS);
            case OURS_ASYNC -> oursAsync(users);
            case FLOOR -> floor(users);
            case CAFFEINE -> caffeine(users, MAXIMUM);
            case CAFFEINE_FULL -> caffeine(users, HitBenchmark.USERS);
            case CAFFEINE_EXPIRY -> Peers.caffeineWithExpiry(users);
            case SPRING -> SpringPeer.filled(users);
            case AWS -> Peers.aws(users);
            case GOOGLE -> Peers.google(users);
            case AZURE_CORE -> Peers.azureCore(users);
            case COMMUNICATION -> Peers.communicationCredential(users);
            case MSAL -> MsalPeer.filled(users);
        };
    }

    private static Lookup ours(Users users, long maximum) {
        TokenRequest request = TokenRequest.of(TokenScope.VOIP);
        IdentityManager manager = manager(users, request, maximum);
        return user -> manager.getToken(user, request);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the benchmark returns it
    private static Lookup oursAsync(Users users) {
        TokenRequest request = TokenRequest.of(TokenScope.VOIP);
        AsyncIdentityManager manager = manager(users, request, MAXIMUM).async();
        return user -> manager.getToken(user, request);
    }

    private static IdentityManager manager(Users users, TokenRequest request, long maximum) {
        IdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(new Issuer(users)))
                .maximumUsers(maximum)
                .build();
        for (UserId ignored : users.ids()) {
            manager.createUserWithToken(request);
        }
        return manager;
    }

    private static Lookup floor(Users users) {
        Map<UserId, Timed> held = new ConcurrentHashMap<>();
        for (UserId user : users.ids()) {
            held.put(user, Timed.of(users.issue()));
        }
        return user -> unexpired(held.get(user));
    }

    private static Lookup caffeine(Users users, long maximum) {
        Cache<UserId, Timed> held = Caffeine.newBuilder().maximumSize(maximum).build();
        for (UserId user : users.ids()) {
            held.put(user, Timed.of(users.issue()));
        }
        return user -> unexpired(held.getIfPresent(user));
    }

    private static AccessToken unexpired(@Nullable Timed held) {
        if (held == null || System.currentTimeMillis() >= held.deadline()) {
            throw new IllegalStateException("not held");
        }
        return held.token();
    }

    private record Timed(AccessToken token, long deadline) {

        static Timed of(AccessToken token) {
            return new Timed(token, token.expiresAt().minusSeconds(60).toEpochMilli());
        }
    }
}
