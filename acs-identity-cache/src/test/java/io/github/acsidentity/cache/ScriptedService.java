/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.InvalidRequestException;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TeamsTokenRejectedException;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import io.github.acsidentity.UserWithToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A service that does what a scenario says; its tokens are called t1, t2 and so on in the order of their issue. */
final class ScriptedService implements AsyncIdentityManager {

    private final TimeSource time;
    private final Deque<Runnable> hanging = new ArrayDeque<>();
    private final Deque<CompletableFuture<Void>> hangingRevocations = new ArrayDeque<>();
    private String behaviour = "answers";
    private String revocation = "answers";
    private Duration clockOffset = Duration.ZERO;
    private @Nullable Duration granted;
    private @Nullable AccessToken last;
    private int issued;
    private int calls;

    ScriptedService(TimeSource time) {
        this.time = time;
    }

    synchronized int calls() {
        return calls;
    }

    synchronized void behave(String how) {
        behaviour = how;
    }

    synchronized void behaveOnRevocation(String how) {
        revocation = how;
    }

    synchronized void setClock(Duration offset) {
        clockOffset = offset;
    }

    synchronized void grant(Duration lifetime) {
        granted = lifetime;
    }

    /** Lets the first call that hangs come to an end, as the present behaviour is. */
    void release() {
        Runnable first;
        synchronized (this) {
            first = hanging.remove();
        }
        first.run();
    }

    void releaseRevocation() {
        CompletableFuture<Void> first;
        synchronized (this) {
            first = hangingRevocations.remove();
        }
        first.complete(null);
    }

    @Override
    public CompletableFuture<AccessToken> getToken(UserId user, TokenRequest request) {
        CompletableFuture<AccessToken> answer = new CompletableFuture<>();
        Duration validity = request.validity().orElse(TokenRequest.MAXIMUM_VALIDITY);
        FailureDetails details = FailureDetails.of(IdentityOperation.GET_TOKEN).withUser(user);
        synchronized (this) {
            calls++;
            if (behaviour.equals("hangs")) {
                hanging.add(() -> answer(answer, validity, details));
                return answer;
            }
        }
        answer(answer, validity, details);
        return answer;
    }

    @Override
    public CompletableFuture<AccessToken> getTokenForTeamsUser(TeamsTokenRequest request) {
        CompletableFuture<AccessToken> answer = new CompletableFuture<>();
        synchronized (this) {
            calls++;
        }
        answer(answer, Duration.ofHours(1), FailureDetails.of(IdentityOperation.GET_TOKEN_FOR_TEAMS_USER));
        return answer;
    }

    @Override
    public synchronized CompletableFuture<Void> revokeTokens(UserId user) {
        return switch (revocation) {
            case "hangs" -> {
                CompletableFuture<Void> answer = new CompletableFuture<>();
                hangingRevocations.add(answer);
                yield answer;
            }
            case "fails" ->
                CompletableFuture.failedFuture(new ServiceUnavailableException(
                        "down",
                        FailureDetails.of(IdentityOperation.REVOKE_TOKENS).withUser(user)));
            case "throws" -> throw new IllegalArgumentException("thrown at the call");
            default -> CompletableFuture.completedFuture(null);
        };
    }

    @Override
    public CompletableFuture<Void> deleteUser(UserId user) {
        return revokeTokens(user);
    }

    @Override
    public CompletableFuture<UserId> createUser() {
        return CompletableFuture.completedFuture(ScenarioRun.USER);
    }

    @Override
    public CompletableFuture<UserWithToken> createUserWithToken(TokenRequest request) {
        return getToken(ScenarioRun.USER, request).thenApply(token -> new UserWithToken(ScenarioRun.USER, token));
    }

    private void answer(CompletableFuture<AccessToken> answer, Duration validity, FailureDetails details) {
        AccessToken token = null;
        IdentityException failure = null;
        synchronized (this) {
            String[] words = behaviour.split(" ", -1);
            switch (words[0]) {
                case "answers", "hangs" -> token = issue(granted == null ? validity : granted);
                case "repeats" -> token = last;
                case "throws" -> throw new IllegalStateException("thrown at the call");
                default -> failure = failure(words, details);
            }
        }
        if (failure == null) {
            answer.complete(token);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    private AccessToken issue(Duration lifetime) {
        issued++;
        Instant now = Instant.ofEpochMilli(time.millis()).plus(clockOffset);
        last = new AccessToken("t" + issued, now.plus(lifetime));
        return last;
    }

    private static IdentityException failure(String[] words, FailureDetails details) {
        FailureDetails answered = words.length > 1
                ? details.withHttpStatus(429).withRetryAfter(SettingText.duration("retry-after", words[1]))
                : details.withHttpStatus(429);
        return switch (words[0]) {
            case "fails" ->
                new ServiceUnavailableException(
                        "down", words.length > 1 ? answered.withHttpStatus(503) : details.withOutcomeUnknown(true));
            case "throttles" -> new ThrottledException("too many", answered);
            case "denies" -> new AccessDeniedException("wrong key", details.withHttpStatus(401));
            case "rejects" -> new InvalidRequestException("wrong scope", details.withHttpStatus(400));
            case "rejects-teams-token" -> new TeamsTokenRejectedException("expired", details.withHttpStatus(401));
            case "misses" -> new UserNotFoundException("no such user", details.withHttpStatus(404));
            default -> throw new IllegalArgumentException("The service cannot do that: " + String.join(" ", words));
        };
    }
}
