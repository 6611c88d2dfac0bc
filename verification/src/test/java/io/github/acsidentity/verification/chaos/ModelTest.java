/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** That the model notices what is wrong, and only that. */
class ModelTest {

    private static final TokenRequest REQUEST = Callers.REQUESTS.get(0);
    private static final UserId USER = FakeIdentityManager.create().createUser();
    private static final UserId OTHER = FakeIdentityManager.create().createUser();

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ShiftingTime time = new ShiftingTime(clock);
    private final Model model = new Model(Chaos.POLICY, time, clock::millis, new Budget(Chaos.POLICY, clock.nanos()));
    private final Watched user = model.user(USER);
    private final ServiceUnavailableException outage = new ServiceUnavailableException("down", FailureDetails.NONE);

    @Test
    void aTokenThatIsHeldAndReused_isFine() {
        AccessToken token = issueAndGet();

        clock.advance(Duration.ofMinutes(40));
        model.returned(model.begin(user, REQUEST), token);

        assertThat(model.violation()).isNull();
    }

    @Test
    void aTokenFromBeforeARevocation_isAViolation() {
        AccessToken token = issueAndGet();
        fence();

        model.returned(model.begin(user, REQUEST), token);

        assertThat(rule()).isEqualTo("a token that was revoked before the get began");
    }

    @Test
    void aTokenThatIsReturnedByAGetWhichBeganBeforeTheRevocation_isFine() {
        AccessToken token = issueAndGet();
        Get get = model.begin(user, REQUEST);
        fence();

        model.returned(get, token);

        assertThat(model.violation()).isNull();
    }

    @Test
    void aTokenThatHasExpired_isAViolation() {
        AccessToken token = issueAndGet();

        clock.advance(Duration.ofHours(1));
        model.returned(model.begin(user, REQUEST), token);

        assertThat(rule()).startsWith("a token that has expired");
    }

    @Test
    void aTokenThatLivesNoLongerThanTheOutageFloor_isAViolation_andASecondMoreIsNone() {
        AccessToken token = issueAndGet();

        clock.advance(Duration.ofHours(1).minus(Chaos.POLICY.outageFloor()).minusSeconds(1));
        model.returned(model.begin(user, REQUEST), token);
        assertThat(model.violation()).isNull();

        clock.advance(Duration.ofSeconds(1));
        model.returned(model.begin(user, REQUEST), token);
        assertThat(rule()).startsWith("a token that has expired, or lives no longer");
    }

    @Test
    void aFailure_whileAUsableTokenIsHeld_isAViolation() {
        issueAndGet();

        model.failed(model.begin(user, REQUEST), new AccessDeniedException("no", FailureDetails.NONE));

        assertThat(rule()).isEqualTo("a failure although a usable token is held");
    }

    @Test
    void aRefusal_whileASpentTokenIsHeld_isFine_andATransientFailureIsAViolation() {
        issueAndGet();
        clock.advance(Duration.ofMinutes(50));

        model.failed(model.begin(user, REQUEST), new AccessDeniedException("no", FailureDetails.NONE));
        assertThat(model.violation()).isNull();

        model.failed(model.begin(user, REQUEST), outage);
        assertThat(rule()).isEqualTo("a transient failure although a token bridges it");
    }

    @Test
    void aFailure_afterARevocation_isFine() {
        issueAndGet();
        fence();

        model.failed(model.begin(user, REQUEST), outage);

        assertThat(model.violation()).isNull();
    }

    @Test
    void aTokenInPlaceOfARefusal_isAViolation() {
        AccessToken token = issueAndGet();
        clock.advance(Duration.ofMinutes(50));
        Get get = model.begin(user, REQUEST);
        Call call = model.beginCall(user, REQUEST);
        model.endCall(call, null, new AccessDeniedException("no", FailureDetails.NONE));

        model.returned(get, token);

        assertThat(rule()).isEqualTo("a token in place of a refusal");
    }

    @Test
    void twoCallsInFlight_areAViolation() {
        Call first = model.beginCall(user, REQUEST);
        Call other = model.beginCall(user, Callers.REQUESTS.get(1));
        assertThat(model.violation()).isNull();

        Call second = model.beginCall(user, REQUEST);

        assertThat(first).isNotEqualTo(other).isNotEqualTo(second);
        assertThat(rule()).isEqualTo("two calls in flight");
    }

    @Test
    void aCallAfterTheLastHasEnded_isFine() {
        model.endCall(model.beginCall(user, REQUEST), null, outage);
        model.endCall(model.beginCall(user, REQUEST), null, outage);

        assertThat(model.violation()).isNull();
        assertThat(model.mostOfOneKey()).isEqualTo(1);
    }

    @Test
    void anotherFailureInPlaceOfARefusal_isAViolation_andTheRefusalIsNot() {
        Get get = model.begin(user, REQUEST);
        Call call = model.beginCall(user, REQUEST);
        model.endCall(call, null, new AccessDeniedException("no", FailureDetails.NONE));

        model.failed(get, new AccessDeniedException("no", FailureDetails.NONE));
        assertThat(model.violation()).isNull();

        model.failed(get, outage);
        assertThat(rule()).isEqualTo("another failure in place of a refusal");
    }

    @Test
    void aRefusalOfSomebodyElsesCall_isNotExpectedOfAGet() {
        Get get = model.begin(user, REQUEST);
        Call other = model.beginCall(user, Callers.REQUESTS.get(1));
        model.endCall(other, null, new AccessDeniedException("no", FailureDetails.NONE));

        model.failed(get, outage);

        assertThat(model.violation()).isNull();
    }

    @Test
    void anExceptionOfAnotherFamily_isAViolation() {
        model.failed(model.begin(user, REQUEST), new IllegalStateException("odd"));

        assertThat(rule()).isEqualTo("an unexpected exception");
    }

    @Test
    void aFailure_afterAnEviction_isFine_untilTheTokenIsHandedOutAgain() {
        AccessToken token = issueAndGet();
        model.countEvictions(() -> 1);

        model.failed(model.begin(user, REQUEST), outage);
        assertThat(model.violation()).isNull();

        model.returned(model.begin(user, REQUEST), token);
        model.failed(model.begin(user, REQUEST), outage);
        assertThat(rule()).isEqualTo("a failure although a usable token is held");
    }

    @Test
    void aRefusal_ofAGetThatDemandsMore_isFine_andATransientFailureIsAViolation() {
        issueAndGet();

        model.failed(
                model.begin(user, REQUEST, Duration.ofMinutes(59)),
                new AccessDeniedException("no", FailureDetails.NONE));
        assertThat(model.violation()).isNull();

        model.failed(model.begin(user, REQUEST, Duration.ofMinutes(59)), outage);
        assertThat(rule()).isEqualTo("a transient failure although a token bridges it");
    }

    @Test
    void aTokenFromBeforeAllWereTakenAway_isAViolation() {
        AccessToken token = issueAndGet();
        model.fenceAll("invalidate all", () -> {});

        model.returned(model.begin(user, REQUEST), token);

        assertThat(rule()).isEqualTo("a token that was revoked before the get began");
    }

    @Test
    void aTokenOfAnotherUser_isAViolation() {
        AccessToken token = issueAndGet();

        model.returned(model.begin(model.user(OTHER), REQUEST), token);

        assertThat(rule()).isEqualTo("a token that was not issued for this user and request");
    }

    @Test
    void callsBeyondTheBudget_areAViolation() {
        Get waiting = model.begin(user, REQUEST);
        int allowed = (int) Budget.burst(Chaos.POLICY) + Chaos.POLICY.concurrentLoads();
        for (int i = 0; i < allowed; i++) {
            model.endCall(model.beginCall(user, REQUEST), null, outage);
        }
        assertThat(model.violation()).isNull();

        model.endCall(model.beginCall(user, REQUEST), null, outage);
        model.end(waiting);
        assertThat(rule()).isEqualTo("more calls than the budget allows");
    }

    @Test
    void a429ThatTheCacheHasHeard_beginsAPause_andALocalOneDoesNot() {
        Call call = model.beginCall(user, REQUEST);

        model.heard(call, new ThrottledException("local", FailureDetails.NONE), time.nanos());
        assertThat(model.budget().pauses()).isZero();

        model.heard(call, new ThrottledException("429", FailureDetails.NONE.withHttpStatus(429)), time.nanos());
        assertThat(model.budget().pauses()).isEqualTo(1);
    }

    @Test
    void aTokenThatNobodyIssued_isAViolation() {
        model.returned(model.begin(user, REQUEST), token());

        assertThat(rule()).isEqualTo("a token that was not issued for this user and request");
    }

    private AccessToken issueAndGet() {
        AccessToken token = token();
        Get get = model.begin(user, REQUEST);
        assertThat(time.millis()).isEqualTo(clock.millis());
        model.endCall(model.beginCall(user, REQUEST), token, null);
        model.returned(get, token);
        return token;
    }

    private AccessToken token() {
        return new AccessToken("a token", clock.instant().plus(Duration.ofHours(1)));
    }

    private void fence() {
        long number = model.beginFence(user, "revoke");
        model.endFence(user, "revoked", number);
    }

    private String rule() {
        return requireNonNull(model.violation()).rule();
    }
}
