/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.acsidentity.cache.RefreshPolicy.Outage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RefreshPolicyTest {

    static Stream<RefreshPolicy> policies() {
        return Stream.concat(
                Stream.of(RefreshPolicy.defaults(), RefreshPolicy.vending(), RefreshPolicy.serverSide()),
                RandomPolicies.of(40, new SplittableRandom(20260101)).stream());
    }

    @Test
    void defaults_areThoseOfTheDocumentation() {
        RefreshPolicy policy = RefreshPolicy.defaults();

        assertThat(policy.tokenLifetime()).isEqualTo(Duration.ofHours(24));
        assertThat(policy.minimumRemaining()).isEqualTo(Duration.ofMinutes(11));
        assertThat(policy.refreshWindow()).isEqualTo(0.2);
        assertThat(policy.jitter()).isEqualTo(0.1);
        assertThat(policy.callsPerSecond()).isEqualTo(25);
        assertThat(policy.refreshesPerSecond()).isEqualTo(16);
        assertThat(policy.replicas()).isEqualTo(1);
        assertThat(policy.concurrentLoads()).isEqualTo(16);
        assertThat(policy.concurrentRefreshes()).isEqualTo(8);
        assertThat(policy.loadTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(policy.joinTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(policy.retryDelay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(policy.maximumRetryDelay()).isEmpty();
        assertThat(policy.throttlePause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(policy.maximumThrottlePause()).isEqualTo(Duration.ofMinutes(5));
        assertThat(policy.rememberTransientFailure()).isEqualTo(Duration.ofMillis(500));
        assertThat(policy.rememberUnknownUser()).isEqualTo(Duration.ofSeconds(30));
        assertThat(policy.rememberAccessDenied()).isEqualTo(Duration.ofSeconds(5));
        assertThat(policy.outage()).isEqualTo(Outage.SERVE_UNTIL_EXPIRY);
        assertThat(policy.outageFloor()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void presets_differInTheMinimumRemainingOnly() {
        assertThat(RefreshPolicy.defaults()).isEqualTo(RefreshPolicy.vending());
        assertThat(RefreshPolicy.builder().build()).isEqualTo(RefreshPolicy.vending());
        assertThat(RefreshPolicy.serverSide())
                .isEqualTo(RefreshPolicy.vending().toBuilder()
                        .minimumRemaining(Duration.ofMinutes(2))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void toProperties_isReadBackAsAnEqualPolicy(RefreshPolicy policy) {
        Map<String, String> properties = policy.toProperties();

        RefreshPolicy copy = RefreshPolicy.fromProperties(properties);

        assertThat(copy).isEqualTo(policy).hasSameHashCodeAs(policy).hasToString(policy.toString());
        assertThat(copy.toProperties()).isEqualTo(properties);
    }

    @Test
    void hashCode_tellsPoliciesApart() {
        assertThat(RefreshPolicy.vending()).doesNotHaveSameHashCodeAs(RefreshPolicy.serverSide());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void toBuilder_buildsAnEqualPolicy(RefreshPolicy policy) {
        assertThat(policy.toBuilder().build()).isEqualTo(policy);
    }

    @Test
    void toBuilder_changesNeitherThePolicyNorWhatWasBuiltBefore() {
        RefreshPolicy.Builder builder = RefreshPolicy.vending().toBuilder().replicas(3);
        RefreshPolicy three = builder.build();

        RefreshPolicy four = builder.replicas(4).build();

        assertThat(RefreshPolicy.vending().replicas()).isEqualTo(1);
        assertThat(three.replicas()).isEqualTo(3);
        assertThat(four.replicas()).isEqualTo(4);
    }

    @Test
    void toProperties_ofTheDefault_isShortAndOrdered() {
        assertThat(RefreshPolicy.defaults().toProperties().entrySet())
                .extracting(Object::toString)
                .containsExactly(
                        "token-lifetime=24h",
                        "minimum-remaining=11m",
                        "refresh-window=0.2",
                        "jitter=0.1",
                        "calls-per-second=25.0",
                        "refreshes-per-second=16.0",
                        "replicas=1",
                        "concurrent-loads=16",
                        "concurrent-refreshes=8",
                        "load-timeout=10s",
                        "join-timeout=5s",
                        "retry-delay=2s",
                        "throttle-pause=5s",
                        "maximum-throttle-pause=5m",
                        "remember-transient-failure=500ms",
                        "remember-unknown-user=30s",
                        "remember-access-denied=5s",
                        "outage=serve-until-expiry",
                        "outage-floor=1m");
    }

    @Test
    void toString_saysAllSettings() {
        assertThat(RefreshPolicy.serverSide())
                .hasToString("RefreshPolicy" + RefreshPolicy.serverSide().toProperties());
    }

    @Test
    void equals_seesEverySetting() {
        RefreshPolicy policy = RefreshPolicy.defaults();
        RefreshPolicy[] others = Arrays.stream(RefreshPolicyPropertiesTest.CHANGED)
                .map(change -> RefreshPolicy.fromProperties(RefreshPolicyPropertiesTest.properties(change)))
                .toArray(RefreshPolicy[]::new);

        assertThat(others)
                .hasSize(Setting.values().length)
                .doesNotHaveDuplicates()
                .doesNotContain(policy);
        assertThat(policy.equals(null)).isFalse();
        assertThat(policy).isNotEqualTo("RefreshPolicy");
    }

    @Test
    void setter_withoutAValue_namesItsParameter() {
        RefreshPolicy.Builder builder = RefreshPolicy.builder();

        assertThatNullPointerException()
                .isThrownBy(() -> builder.tokenLifetime(nothing()))
                .withMessage("tokenLifetime");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.rememberTransientFailure(nothing()))
                .withMessage("rememberTransientFailure");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.outage(nothing()))
                .withMessage("outage");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    static <T> T nothing() {
        return null;
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775807, 0", "-9223372036854775808, 0", "-9223372036854775808, 1000000"})
    void setter_withAHugeDuration_saysTheRange(long seconds, long nanos) {
        Duration huge = Duration.ofSeconds(seconds, nanos);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefreshPolicy.builder().loadTimeout(huge))
                .withMessageStartingWith("load-timeout must be from 1ms to 10m, but was ");
    }

    @Test
    void build_listsAllValuesThatDoNotFitTogether() {
        RefreshPolicy.Builder builder = RefreshPolicy.builder()
                .tokenLifetime(Duration.ofHours(1))
                .minimumRemaining(Duration.ofMinutes(16))
                .callsPerSecond(2)
                .concurrentLoads(4)
                .throttlePause(Duration.ofMinutes(10))
                .retryDelay(Duration.ofSeconds(61));

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessage("The refresh policy cannot be used: "
                        + "minimum-remaining must be at most a quarter of token-lifetime (15m), but was 16m; "
                        + "refreshes-per-second must be at most calls-per-second (2.0), but was 16.0 (the default); "
                        + "concurrent-refreshes must be at most concurrent-loads (4), but was 8 (the default); "
                        + "throttle-pause must be at most maximum-throttle-pause (5m, the default), but was 10m; "
                        + "retry-delay must be at most maximum-retry-delay (1m, the default), but was 61s");
    }

    @Test
    void build_withValuesThatJustFit_succeeds() {
        RefreshPolicy policy = RefreshPolicy.builder()
                .tokenLifetime(Duration.ofHours(1))
                .minimumRemaining(Duration.ofMinutes(15))
                .callsPerSecond(2)
                .refreshesPerSecond(2)
                .concurrentLoads(4)
                .concurrentRefreshes(4)
                .throttlePause(Duration.ofMinutes(5))
                .maximumRetryDelay(Duration.ofSeconds(61))
                .retryDelay(Duration.ofSeconds(61))
                .build();

        assertThat(policy.maximumRetryDelay()).contains(Duration.ofSeconds(61));
    }

    @ParameterizedTest
    @CsvSource({
        "vending, 60, 33600",
        "vending, 360, 259200",
        "vending, 720, 518400",
        "vending, 1440, 1036800",
        "server-side, 60, 43200",
        "server-side, 360, 259200",
        "server-side, 1440, 1036800",
    })
    void sustainableUsers_isTheRefreshRateTimesTheMeanAge(String preset, long minutes, long users) {
        RefreshPolicy policy = RefreshPolicy.fromProperties(Map.of("preset", preset));

        assertThat(policy.sustainableUsers(Duration.ofMinutes(minutes))).isEqualTo(users);
    }

    @Test
    void sustainableUsers_areThoseOfAllReplicasTogether() {
        RefreshPolicy four = RefreshPolicy.builder().replicas(4).build();

        assertThat(four.sustainableUsers(Duration.ofHours(24))).isEqualTo(1_036_800);
    }

    @Test
    void sustainableUsers_ofALifetimeThatTheServiceDoesNotGrant_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefreshPolicy.defaults().sustainableUsers(Duration.ofMinutes(59)))
                .withMessageContaining("59m");
    }

    @Test
    void sustainableUsers_withoutALifetime_namesTheArgument() {
        assertThatNullPointerException()
                .isThrownBy(() -> RefreshPolicy.defaults().sustainableUsers(nothing()))
                .withMessage("lifetime");
    }

    @ParameterizedTest
    @CsvSource({"PT1H, PT1M", "PT2H, PT1M", "PT2H0.001S, PT5M", "PT24H, PT5M"})
    void maximumRetryDelay_byDefault_dependsOnTheLifetime(Duration lifetime, Duration expected) {
        assertThat(RefreshPolicy.defaults().maximumRetryDelay(lifetime)).isEqualTo(expected);
    }

    @Test
    void maximumRetryDelay_thatIsSet_countsForEveryLifetime() {
        RefreshPolicy policy =
                RefreshPolicy.builder().maximumRetryDelay(Duration.ofSeconds(7)).build();

        assertThat(policy.maximumRetryDelay(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(7));
        assertThat(policy.maximumRetryDelay(Duration.ofHours(24))).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void outageFloor_isAtMostTheMinimumRemaining() {
        assertThat(RefreshPolicy.defaults().outageFloorMillis()).isEqualTo(60_000);
        assertThat(RefreshPolicy.builder()
                        .minimumRemaining(Duration.ofSeconds(10))
                        .build()
                        .outageFloorMillis())
                .isEqualTo(10_000);
    }
}
