/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserNotFoundException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The recent failures of loads, in a bounded cache of their own: a flood of wrong user ids evicts no tokens.
 *
 * @param <K> whose tokens they are
 */
final class RememberedFailures<K> {

    private static final int MAXIMUM_OWNERS = 10_000;
    private static final int MAXIMUM_REQUESTS = 8;

    private final Cache<K, Map<TokenRequest, RememberedFailure>> failures = Caffeine.newBuilder()
            .maximumSize(MAXIMUM_OWNERS)
            .executor(Runnable::run)
            .build();

    /** Returns what is remembered; whether it still counts is for {@link TokenState} to say. */
    @Nullable
    RememberedFailure find(K owner, TokenRequest request) {
        Map<TokenRequest, RememberedFailure> byRequest = failures.getIfPresent(owner);
        if (byRequest == null) {
            return null;
        }
        RememberedFailure last = null;
        for (Map.Entry<TokenRequest, RememberedFailure> entry : byRequest.entrySet()) {
            RememberedFailure failure = entry.getValue();
            boolean counts = entry.getKey().equals(request) || isOfUnknownUser(failure);
            if (counts && (last == null || failure.until() > last.until())) {
                last = failure;
            }
        }
        return last;
    }

    void remember(K owner, TokenRequest request, RememberedFailure failure) {
        failures.asMap().compute(owner, (key, before) -> {
            Map<TokenRequest, RememberedFailure> after =
                    before == null || before.size() >= MAXIMUM_REQUESTS ? new HashMap<>() : new HashMap<>(before);
            after.put(request, failure);
            return Map.copyOf(after);
        });
    }

    /** Forgets what a token that was issued has put right; of other requests, a pause may still go on. */
    void forget(K owner, TokenRequest request) {
        failures.asMap().computeIfPresent(owner, (key, before) -> {
            Map<TokenRequest, RememberedFailure> after = new HashMap<>(before);
            after.entrySet().removeIf(entry -> entry.getKey().equals(request) || isOfUnknownUser(entry.getValue()));
            return after.isEmpty() ? null : Map.copyOf(after);
        });
    }

    void forget(K owner) {
        failures.invalidate(owner);
    }

    void forgetAll() {
        failures.invalidateAll();
    }

    /** A user who does not exist does so whatever is asked for. */
    private static boolean isOfUnknownUser(RememberedFailure failure) {
        return failure.failure() instanceof UserNotFoundException;
    }
}
