/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The short form of {@code verification/chaos}, and that it notices what is wrong. */
class ChaosTest {

    private static final long SEED = 20_260_101;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    @Test
    void everythingGoesWrong_andAllPromisesAreKept() {
        Chaos.Report report = new Chaos(SEED, UnaryOperator.identity()).run(Duration.ofSeconds(12));

        assertThat(report.violation()).as(report.text()).isNull();
        assertThat(report.counts().of("gets")).isGreaterThan(100);
    }

    @Test
    void tokensThatAreKeptForEver_areNoticed() {
        Chaos.Report report = new Chaos(SEED, KeepsForEver::new).run(LONG_ENOUGH);

        assertThat(requireNonNull(report.violation()).rule()).startsWith("a token that ");
    }

    @Test
    void failuresThatNeedNotBe_areNoticed() {
        Chaos.Report report = new Chaos(SEED, FailsNowAndThen::new).run(LONG_ENOUGH);

        assertThat(requireNonNull(report.violation()).rule()).isEqualTo("a failure although a usable token is held");
    }

    private static class Decorator implements IdentityManager {

        final IdentityManager cache;

        Decorator(IdentityManager cache) {
            this.cache = cache;
        }

        @Override
        public UserId createUser() {
            return cache.createUser();
        }

        @Override
        public UserWithToken createUserWithToken(TokenRequest request) {
            return cache.createUserWithToken(request);
        }

        @Override
        public AccessToken getToken(UserId user, TokenRequest request) {
            return cache.getToken(user, request);
        }

        @Override
        public AccessToken getTokenForTeamsUser(TeamsTokenRequest request) {
            return cache.getTokenForTeamsUser(request);
        }

        @Override
        public void revokeTokens(UserId user) {
            cache.revokeTokens(user);
        }

        @Override
        public void deleteUser(UserId user) {
            cache.deleteUser(user);
        }

        @Override
        public void close() {
            cache.close();
        }
    }

    private static final class KeepsForEver extends Decorator {

        private final Map<Object, AccessToken> first = new ConcurrentHashMap<>();

        KeepsForEver(IdentityManager cache) {
            super(cache);
        }

        @Override
        public AccessToken getToken(UserId user, TokenRequest request) {
            return first.computeIfAbsent(Map.entry(user, request), key -> cache.getToken(user, request));
        }
    }

    private static final class FailsNowAndThen extends Decorator {

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
}
