/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import static java.util.Objects.requireNonNull;

import com.azure.communication.common.CommunicationTokenCredential;
import com.azure.communication.common.CommunicationTokenRefreshOptions;
import com.azure.core.credential.AccessTokenCache;
import com.azure.core.credential.TokenRequestContext;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.google.auth.oauth2.OAuth2Credentials;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.utils.cache.CachedSupplier;
import software.amazon.awssdk.utils.cache.RefreshResult;

/** What one would use instead of this library, each for one user in its usual form, with its own defaults. */
final class Peers {

    private Peers() {}

    static Lookup caffeineWithExpiry(Users users) {
        Cache<UserId, AccessToken> held = Caffeine.newBuilder()
                .maximumSize(Rival.MAXIMUM)
                .expireAfter(Expiry.<UserId, AccessToken>writing(
                        (user, token) -> Duration.between(Instant.now(), token.expiresAt())))
                .build();
        for (UserId user : users.ids()) {
            held.put(user, users.issue());
        }
        return user -> held.get(user, absent -> users.issue());
    }

    static Lookup aws(Users users) {
        Map<UserId, CachedSupplier<AccessToken>> held = map(
                users,
                user -> CachedSupplier.builder(() -> {
                            AccessToken token = users.issue();
                            return RefreshResult.builder(token)
                                    .staleTime(token.expiresAt().minus(Duration.ofMinutes(1)))
                                    .prefetchTime(token.expiresAt().minus(Duration.ofMinutes(15)))
                                    .build();
                        })
                        .build());
        held.values().forEach(CachedSupplier::get);
        return user -> of(held, user).get();
    }

    static Lookup google(Users users) {
        Map<UserId, OAuth2Credentials> held = map(users, user -> {
            AccessToken token = users.issue();
            return OAuth2Credentials.create(
                    new com.google.auth.oauth2.AccessToken(token.value(), Date.from(token.expiresAt())));
        });
        return user -> {
            OAuth2Credentials credentials = of(held, user);
            try {
                credentials.refreshIfExpired();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return requireNonNull(credentials.getAccessToken());
        };
    }

    static Lookup azureCore(Users users) {
        TokenRequestContext context = new TokenRequestContext().addScopes("voip");
        Map<UserId, AccessTokenCache> held = map(
                users,
                user -> new AccessTokenCache(unused -> Mono.fromSupplier(() -> {
                    AccessToken token = users.issue();
                    return new com.azure.core.credential.AccessToken(
                            token.value(), token.expiresAt().atOffset(ZoneOffset.UTC));
                })));
        held.values().forEach(cache -> cache.getTokenSync(context, false));
        return user -> of(held, user).getTokenSync(context, false);
    }

    static Lookup communicationCredential(Users users) {
        String jwt = users.jwt();
        Map<UserId, CommunicationTokenCredential> held = map(
                users,
                user -> new CommunicationTokenCredential(
                        new CommunicationTokenRefreshOptions(() -> jwt).setInitialToken(jwt)));
        return user -> requireNonNull(of(held, user).getToken().block());
    }

    private static <V> Map<UserId, V> map(Users users, Function<UserId, V> create) {
        Map<UserId, V> held = new ConcurrentHashMap<>();
        for (UserId user : users.ids()) {
            held.put(user, create.apply(user));
        }
        return held;
    }

    private static <V> V of(Map<UserId, V> held, UserId user) {
        return requireNonNull(held.get(user));
    }
}
