/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import static io.github.acsidentity.IdentityOperation.CREATE_USER;
import static io.github.acsidentity.IdentityOperation.DELETE_USER;
import static io.github.acsidentity.IdentityOperation.GET_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.acsidentity.InvalidRequestException;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {

    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);

    private final FakeIdentityManager manager = FakeIdentityManager.create();
    private final FakeIdentityService service = manager.service();
    private final Faults faults = service.faults();

    @Test
    void atRandom_withSeedsThatAreAlike_strikesTheFirstCallAsOftenAsAnyOther() {
        int struck = 0;
        for (long seed = 0; seed < 400; seed++) {
            FakeIdentityManager manager = FakeIdentityManager.create();
            manager.service().faults().on().atRandom(0.25, seed, Fault.status(503));
            struck += catchThrowable(manager::createUser) == null ? 0 : 1;
        }

        assertThat(struck).isBetween(60, 140);
    }

    @Test
    void times_severalRules_strikeInTheOrderOfInjection() {
        faults.on().times(2, Fault.status(500));
        faults.on(CREATE_USER).next(Fault.throttled());

        assertThatThrownBy(manager::createUser).isInstanceOf(ServiceUnavailableException.class);
        assertThatThrownBy(manager::createUser).isInstanceOf(ServiceUnavailableException.class);
        assertThatThrownBy(manager::createUser).isInstanceOf(ThrottledException.class);
        assertThat(manager.createUser()).isNotNull();
    }

    @Test
    void on_severalOperations_strikesNoOther() {
        UserId user = manager.createUser();
        faults.on(GET_TOKEN, DELETE_USER, GET_TOKEN).always(Fault.status(503));

        assertThatThrownBy(() -> manager.getToken(user, CHAT)).isInstanceOf(ServiceUnavailableException.class);
        assertThatThrownBy(() -> manager.deleteUser(user)).isInstanceOf(ServiceUnavailableException.class);
        manager.revokeTokens(user);
    }

    @Test
    void always_untilRemoved_strikesEveryCall() {
        Faults.Rule outage = faults.on().always(Fault.status(503));
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(manager::createUser).isInstanceOf(ServiceUnavailableException.class);
        }

        outage.remove();
        outage.remove();

        assertThat(manager.createUser()).isNotNull();
        assertThat(outage).hasToString(outage.toString()).asString().contains("status=503");
    }

    @Test
    void remove_ofOneRule_leavesTheOthers() {
        Faults.Rule first = faults.on().next(Fault.status(503));
        faults.on().next(Fault.throttled());

        first.remove();

        assertThatThrownBy(manager::createUser).isInstanceOf(ThrottledException.class);
    }

    @Test
    void whileTrue_asksForEachCallOfItsOperationThatNoEarlierRuleTakes() {
        AtomicInteger asked = new AtomicInteger();
        faults.on().next(Fault.status(400));
        faults.on(CREATE_USER).whileTrue(() -> asked.incrementAndGet() % 2 == 1, Fault.throttled());

        assertThatThrownBy(manager::createUser).isInstanceOf(InvalidRequestException.class);
        assertThat(asked).hasValue(0);
        assertThatThrownBy(manager::createUser).isInstanceOf(ThrottledException.class);
        UserId user = manager.createUser();
        manager.deleteUser(user);
        assertThatThrownBy(manager::createUser).isInstanceOf(ThrottledException.class);
        assertThat(asked).hasValue(3);
    }

    @Test
    @Timeout(60)
    void whileTrue_conditionThatWaitsForAnotherThreadsCall_holdsNobodyUp() {
        faults.on(CREATE_USER)
                .whileTrue(
                        () -> {
                            UserId user = new UserId(
                                    "8:acs:" + service.resource().id() + "_00000000-0000-0000-0000-000000000000");
                            CompletableFuture.runAsync(() -> {
                                        manager.deleteUser(user);
                                        faults.on(GET_TOKEN).always(Fault.drop());
                                        service.isAccepted("nothing");
                                    })
                                    .orTimeout(20, TimeUnit.SECONDS)
                                    .join();
                            return service.callCount(DELETE_USER) < 2;
                        },
                        Fault.throttled());

        assertThatThrownBy(manager::createUser).isInstanceOf(ThrottledException.class);
        assertThat(manager.createUser()).isNotNull();
    }

    @Test
    void whileTrue_conditionThatThrows_failsTheCallAndIsOnRecord() {
        IllegalStateException defect = new IllegalStateException("a defect that the test provokes");
        faults.on(CREATE_USER)
                .whileTrue(
                        () -> {
                            throw defect;
                        },
                        Fault.throttled());

        assertThatThrownBy(manager::createUser).isSameAs(defect);

        assertThat(service.users()).isEmpty();
        assertThat(service.calls()).singleElement().satisfies(call -> {
            assertThat(call.status()).isEmpty();
            assertThat(call.answered()).isFalse();
        });
        service.clearCalls();
        assertThat(service.maximumConcurrency(CREATE_USER)).isZero();
    }

    @Test
    void atRandom_sameSeed_strikesTheSameCalls() {
        List<Boolean> first = struck(FakeIdentityManager.create(), 0.3, 42);

        assertThat(struck(FakeIdentityManager.create(), 0.3, 42)).isEqualTo(first);
        assertThat(struck(FakeIdentityManager.create(), 0.3, 43)).isNotEqualTo(first);
        assertThat(first.stream().filter(struck -> struck).count()).isBetween(240L, 360L);
    }

    @Test
    void atRandom_rateAtTheEnds_strikesNoneOrAll() {
        assertThat(struck(FakeIdentityManager.create(), 0, 1)).containsOnly(false);
        assertThat(struck(FakeIdentityManager.create(), 1, 1)).containsOnly(true);
    }

    private static List<Boolean> struck(FakeIdentityManager manager, double rate, long seed) {
        manager.service().faults().on(CREATE_USER).atRandom(rate, seed, Fault.throttled());
        List<Boolean> struck = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            struck.add(manager.async().createUser().isCompletedExceptionally());
        }
        return struck;
    }

    @Test
    void clear_rulesOfAllKinds_areGone() {
        faults.on().times(100, Fault.drop());
        faults.on().always(Fault.drop());
        faults.on().whileTrue(() -> true, Fault.drop());
        faults.on().atRandom(1, 1, Fault.drop());

        faults.clear();

        assertThat(manager.createUser()).isNotNull();
        assertThat(service.faults()).isSameAs(faults);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void times_notPositive_isRefused(int calls) {
        assertThatThrownBy(() -> faults.on().times(calls, Fault.drop()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("calls must be at least 1, but was " + calls);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 1.001, Double.NaN, Double.POSITIVE_INFINITY})
    void atRandom_noShare_isRefused(double rate) {
        assertThatThrownBy(() -> faults.on().atRandom(rate, 1, Fault.drop()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rate must be from 0 to 1, but was " + rate);
    }

    @Test
    void durations_outOfRange_areRefused() {
        assertThatThrownBy(() -> Fault.slowBody(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fault.slowBody(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("292 years");
    }
}
