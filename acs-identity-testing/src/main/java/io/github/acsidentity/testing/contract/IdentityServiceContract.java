/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.contract;

import static io.github.acsidentity.IdentityOperation.CREATE_USER;
import static io.github.acsidentity.IdentityOperation.CREATE_USER_WITH_TOKEN;
import static io.github.acsidentity.IdentityOperation.GET_TOKEN;
import static io.github.acsidentity.IdentityOperation.GET_TOKEN_FOR_TEAMS_USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.InvalidRequestException;
import io.github.acsidentity.OperationInterruptedException;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.RecordedCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link IdentityManager} makes of what the service does, and of its failures.
 *
 * <p>For managers whose calls end, by whichever door, at a {@link FakeIdentityService}. The manager shall make no
 * attempts of its own, or wait little before them: the tests wait for them.
 */
@SuppressWarnings("exports")
public interface IdentityServiceContract {

    /**
     * Returns the manager under test, the same one each time it is called within a test, and a new one for each test.
     *
     * @return the manager
     */
    IdentityManager manager();

    /**
     * Returns the service that the manager calls, a new one for each test.
     *
     * @return the service
     */
    FakeIdentityService service();

    /** User and first token take one round trip. */
    @Test
    default void createUserWithToken_always_isOneCall() {
        UserWithToken created = manager().createUserWithToken(Samples.CHAT);

        assertThat(service().isAccepted(created.token())).isTrue();
        assertThat(service().calls()).extracting(RecordedCall::operation).containsExactly(CREATE_USER_WITH_TOKEN);
    }

    /** A token works until it expires. */
    @Test
    default void getToken_always_worksUntilItExpires() {
        AccessToken token = manager().getToken(manager().createUser(), Samples.CHAT);

        assertThat(service().isAccepted(token)).isTrue();
        service().clock().advance(Duration.between(service().clock().instant(), token.expiresAt()));
        assertThat(service().isAccepted(token)).isFalse();
    }

    /** Tokens from before a revocation end with it, and later ones work. */
    @Test
    default void revokeTokens_always_endsTheTokensSoFar() {
        UserId user = manager().createUser();
        AccessToken before = manager().getToken(user, Samples.CHAT);

        manager().revokeTokens(user);
        AccessToken after = manager().getToken(user, Samples.CHAT);

        assertThat(service().isAccepted(before)).isFalse();
        assertThat(service().isAccepted(after)).isTrue();
    }

    /** A deleted user is gone, and its tokens end. */
    @Test
    default void deleteUser_always_removesTheUserAndItsTokens() {
        UserWithToken created = manager().createUserWithToken(Samples.CHAT);

        manager().deleteUser(created.user());

        assertThat(service().users()).doesNotContain(created.user());
        assertThat(service().isAccepted(created.token())).isFalse();
    }

    /** The token of a Teams user lives as long as the Entra token that it was exchanged for. */
    @Test
    default void getTokenForTeamsUser_always_returnsATokenThatLivesAsLong() {
        Duration life = Duration.ofMinutes(70);
        String entraToken = service()
                .teamsToken(
                        Samples.TEAMS.clientId(),
                        Samples.TEAMS.userObjectId(),
                        service().clock().instant().plus(life));

        AccessToken token = manager()
                .getTokenForTeamsUser(
                        new TeamsTokenRequest(entraToken, Samples.TEAMS.clientId(), Samples.TEAMS.userObjectId()));

        Samples.assertLives(token, service().clock().instant(), life);
        assertThat(service().isAccepted(token)).isTrue();
    }

    /** What the service does not accept is the caller's mistake. */
    @Test
    default void anyOperation_answeredWith400_isInvalid() {
        assertFailures(Fault.status(400).withErrorCode("ValidationError"), InvalidRequestException.class, false, 400);
    }

    /** What the service does not let us do is our own credential's fault. */
    @Test
    default void anyOperation_answeredWith403_isDenied() {
        assertFailures(Fault.status(403).withErrorCode("Forbidden"), AccessDeniedException.class, false, 403);
    }

    /** A failure of the service is transient. */
    @Test
    default void anyOperation_answeredWith500_isUnavailable() {
        assertFailures(Fault.status(500).withErrorCode("InternalError"), ServiceUnavailableException.class, true, 500);
    }

    /** A service that is busy is unavailable, and says when to come back. */
    @Test
    default void createUser_answeredWith503_saysWhenToComeBack() {
        Duration pause = Duration.ofMinutes(5);
        service().faults().on().always(Fault.status(503).withRetryAfter(pause));

        IdentityException failure = Samples.failure(() -> manager().createUser());

        assertThat(failure).isInstanceOf(ServiceUnavailableException.class);
        assertThat(failure.retryAfter()).contains(pause);
    }

    /** Whoever makes too many calls is told so, and when to come back. */
    @Test
    default void anyOperation_throttled_saysWhenToComeBack() {
        UserId user = manager().createUser();
        Fault throttled = Fault.status(429).withErrorCode("TooManyRequests").withRetryAfter(Duration.ofMinutes(5));
        service().faults().on().always(throttled);

        Samples.failures(manager(), user).forEach((operation, failure) -> {
            assertThat(failure).as("%s, throttled", operation).isInstanceOf(ThrottledException.class);
            assertThat(failure.operation()).contains(operation);
            assertThat(failure.isTransient()).as("%s is transient", operation).isTrue();
            assertThat(failure.retryAfter()).as("pause of %s", operation).isPresent();
        });
    }

    /** If the answer to a creation is lost, a user may exist: the caller has to know. */
    @Test
    default void createUser_answerLost_hasAnUnknownOutcome() {
        service().faults().on(CREATE_USER, CREATE_USER_WITH_TOKEN).always(Fault.lostAnswer());

        for (IdentityException failure : List.of(
                Samples.failure(() -> manager().createUser()),
                Samples.failure(() -> manager().createUserWithToken(Samples.CHAT)))) {
            assertThat(failure).isInstanceOf(ServiceUnavailableException.class);
            assertThat(failure.outcomeUnknown()).isTrue();
            assertThat(failure.isTransient()).isTrue();
        }
        assertThat(service().users()).isNotEmpty();
    }

    /** No secret is in a failure. */
    @Test
    default void anyOperation_failing_repeatsNoSecret() {
        service().faults().on(GET_TOKEN_FOR_TEAMS_USER).always(Fault.status(500));

        IdentityException failure = Samples.failure(() -> manager().getTokenForTeamsUser(Samples.TEAMS));

        for (Throwable shown = failure; shown != null; shown = shown.getCause()) {
            assertThat(shown.toString()).doesNotContain(Samples.TEAMS.entraToken());
        }
    }

    /**
     * Whoever is interrupted while waiting stops waiting, and keeps the flag.
     *
     * @throws Exception if the call does not end
     */
    @Test
    default void getToken_interruptedWhileItWaits_keepsTheFlag() throws Exception {
        UserId user = manager().createUser();
        service().faults().on(GET_TOKEN).always(Fault.hang());
        FutureTask<Boolean> call = new FutureTask<>(() -> {
            assertThat(Samples.failure(() -> manager().getToken(user, Samples.CHAT)))
                    .isInstanceOf(OperationInterruptedException.class);
            return Thread.currentThread().isInterrupted();
        });
        Thread caller = new Thread(call, "caller");
        caller.start();

        Samples.awaitCondition(() -> call.isDone() || service().callCount(GET_TOKEN) > 0);
        caller.interrupt();

        assertThat(call.get(Samples.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** Closing does not wait for calls under way. */
    @Test
    @Timeout(60)
    default void close_withACallUnderWay_doesNotWait() {
        service().faults().on(GET_TOKEN).always(Fault.hang());
        CompletableFuture<AccessToken> hanging =
                manager().async().getToken(manager().createUser(), Samples.CHAT);
        Samples.awaitCondition(() -> hanging.isDone() || service().callCount(GET_TOKEN) > 0);
        assertThat(hanging).as("the call that the service does not answer").isNotDone();

        manager().close();

        assertThat(hanging.isDone() && !hanging.isCompletedExceptionally()).isFalse();
    }

    private void assertFailures(Fault fault, Class<? extends IdentityException> type, boolean isTransient, int status) {
        UserId user = manager().createUser();
        service().faults().on().always(fault);

        Samples.failures(manager(), user).forEach((operation, failure) -> {
            assertThat(failure).as("%s, answered with %d", operation, status).isInstanceOf(type);
            assertThat(failure.operation()).contains(operation);
            assertThat(failure.httpStatus()).as("status of %s", operation).hasValue(status);
            assertThat(failure.isTransient()).as("%s is transient", operation).isEqualTo(isTransient);
        });
    }
}
