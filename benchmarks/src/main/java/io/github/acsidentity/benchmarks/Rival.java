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
    OURS("ours", true),
    OURS_ASYNC("ours, async", true),
    FLOOR("ConcurrentHashMap + deadline", true),
    CAFFEINE("Caffeine by size + deadline", true);

    /** More than twice the users: reading is fastest then, ours and Caffeine alike. */
    private static final long MAXIMUM = 2 * HitBenchmark.USERS + HitBenchmark.USERS / 2;

    private final String label;
    private final boolean core;

    Rival(String label, boolean core) {
        this.label = label;
        this.core = core;
    }

    String label() {
        return label;
    }

    /** Returns whether it belongs to those that are compared most thoroughly. */
    boolean isCore() {
        return core;
    }

    /** Returns a way to get the users' tokens, all of which are held. */
    Lookup filled(Users users) {
        return switch (this) {
            case OURS -> ours(users);
            case OURS_ASYNC -> oursAsync(users);
            case FLOOR -> floor(users);
            case CAFFEINE -> caffeine(users);
        };
    }

    private static Lookup ours(Users users) {
        TokenRequest request = TokenRequest.of(TokenScope.VOIP);
        IdentityManager manager = manager(users, request);
        return user -> manager.getToken(user, request);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the benchmark returns it
    private static Lookup oursAsync(Users users) {
        TokenRequest request = TokenRequest.of(TokenScope.VOIP);
        AsyncIdentityManager manager = manager(users, request).async();
        return user -> manager.getToken(user, request);
    }

    private static IdentityManager manager(Users users, TokenRequest request) {
        IdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(new Issuer(users)))
                .maximumUsers(MAXIMUM)
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

    private static Lookup caffeine(Users users) {
        Cache<UserId, Timed> held = Caffeine.newBuilder().maximumSize(MAXIMUM).build();
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
