/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.acsidentity.UserId;

/** Keeps users whose every token is refused downstream from causing a call for each refusal. */
final class Refusals {

    private static final int MAXIMUM_USERS = 10_000;
    private static final long FORGIVEN_AFTER_MILLIS = 600_000;

    private final RefreshPolicy policy;
    private final Cache<UserId, Refusal> refusals = Caffeine.newBuilder()
            .maximumSize(MAXIMUM_USERS)
            .executor(Runnable::run)
            .build();

    Refusals(RefreshPolicy policy) {
        this.policy = policy;
    }

    /** Returns whether a refused token of a user may be replaced now, and counts it if so. */
    boolean permit(UserId user, long now) {
        boolean[] permitted = {true};
        refusals.asMap().compute(user, (key, last) -> {
            if (last == null || now - last.at() >= FORGIVEN_AFTER_MILLIS) {
                return new Refusal(now, 1);
            }
            permitted[0] = now - last.at() >= interval(last.count());
            return permitted[0] ? new Refusal(now, last.count() + 1) : last;
        });
        return permitted[0];
    }

    private long interval(int count) {
        double exponential = policy.retryDelay().toMillis() * Math.scalb(1.0, Math.min(count - 1, 30));
        return (long) Math.min(exponential, (double)
                policy.maximumRetryDelay(policy.tokenLifetime()).toMillis());
    }

    private record Refusal(long at, int count) {}
}
