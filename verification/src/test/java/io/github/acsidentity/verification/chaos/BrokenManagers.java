/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import static java.util.Objects.requireNonNullElse;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Managers that each break one promise. */
final class BrokenManagers {

    private BrokenManagers() {}

    static final class KeepsForEver extends Decorator {

        private final Map<Object, AccessToken> first = new ConcurrentHashMap<>();

        KeepsForEver(IdentityManager cache) {
            super(cache);
        }

        @Override
        public AccessToken getToken(UserId user, TokenRequest request) {
            return first.computeIfAbsent(Map.entry(user, request), key -> cache.getToken(user, request));
        }
    }

    /** Hands out one token to everybody. */
    static final class MixesUsersUp extends Decorator {

        private final Map<String, AccessToken> one = new ConcurrentHashMap<>();

        MixesUsersUp(IdentityManager cache) {
            super(cache);
        }

        @Override
        public AccessToken getToken(UserId user, TokenRequest request) {
            AccessToken token = cache.getToken(user, request);
            return requireNonNullElse(one.putIfAbsent("the", token), token);
        }
    }

    /** Revokes past the cache. */
    static final class ForgetsRevocations extends Decorator {

        private final IdentityManager service;

        ForgetsRevocations(IdentityManager cache, IdentityManager service) {
            super(cache);
            this.service = service;
        }

        @Override
        public void revokeTokens(UserId user) {
            service.revokeTokens(user);
        }
    }

    static final class FailsNowAndThen extends Decorator {

        private final AtomicInteger gets = new AtomicInteger();

        FailsNowAndThen(IdentityManager cache) {
            super(cache);
        }

        @Override
        public AccessToken getToken(UserId user, TokenRequest request) {
            if (gets.incrementAndGet() % 100 == 0) {
                throw new ServiceUnavailableException("planted", FailureDetails.NONE);
            }
            return cache.getToken(user, request);
        }
    }

    static final class DisguisesRefusals extends Decorator {

        DisguisesRefusals(IdentityManager cache) {
            super(cache);
        }

        @Override
        public AccessToken getToken(UserId user, TokenRequest request) {
            try {
                return cache.getToken(user, request);
            } catch (IdentityException e) {
                throw new ServiceUnavailableException("Try again", FailureDetails.NONE, e);
            }
        }
    }

    /** Serves the last token, while it lives, when there is no new one, whatever the reason. */
    static final class HidesRefusals extends Decorator {

        private final InstantSource clock;
        private final Map<Object, AccessToken> last = new ConcurrentHashMap<>();

        HidesRefusals(IdentityManager cache, InstantSource clock) {
            super(cache);
            this.clock = clock;
        }

        @Override
        public AccessToken getToken(UserId user, TokenRequest request) {
            Object key = Map.entry(user, request);
            try {
                AccessToken token = cache.getToken(user, request);
                last.put(key, token);
                return token;
            } catch (IdentityException e) {
                AccessToken old = last.get(key);
                if (old == null || old.isExpiredAt(clock.instant().plusSeconds(120))) {
                    throw e;
                }
                return old;
            }
        }
    }

    static final class NeverAnswers extends Decorator {

        private final CountDownLatch never;

        NeverAnswers(IdentityManager cache, CountDownLatch never) {
            super(cache);
            this.never = never;
        }

        @Override
        public AccessToken getToken(UserId user, TokenRequest request) {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return cache.getToken(user, request);
        }
    }
}
