/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.InvalidRequestException;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TeamsTokenRejectedException;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.UserNotFoundException;
import io.github.acsidentity.testing.internal.model.Refusal;
import java.time.Duration;

/** Makes the exception that the real manager throws for an answer of the service. */
final class Failures {

    private Failures() {}

    static IdentityException refused(Refusal refusal, FailureDetails call) {
        FailureDetails details = describe(refusal, call);
        String message = message(refusal);
        return switch (refusal.status()) {
            case 401 -> unauthorised(message, details);
            case 403 -> new AccessDeniedException(message, details);
            case 404 ->
                details.user().isPresent()
                        ? new UserNotFoundException(message, details)
                        : new InvalidRequestException(message, details);
            case 429 -> new ThrottledException(message, details);
            default ->
                isTheServicesFault(refusal.status())
                        ? new ServiceUnavailableException(message, details.withOutcomeUnknown(true))
                        : new InvalidRequestException(message, details);
        };
    }

    static IdentityException noAnswer(FailureDetails details) {
        return new ServiceUnavailableException(
                "The connection to the fake identity service broke before it answered",
                details.withOutcomeUnknown(true));
    }

    static IdentityException unreadable(FailureDetails details) {
        return new ServiceUnavailableException(
                "The answer of the fake identity service could not be read", details.withOutcomeUnknown(true));
    }

    static IdentityException deadline(FailureDetails details, Duration deadline) {
        return new ServiceUnavailableException(
                "The fake identity service did not answer within " + deadline.toMillis() + " ms",
                details.withOutcomeUnknown(true));
    }

    static IdentityException closed(FailureDetails details) {
        return new ServiceUnavailableException(
                "The fake identity manager was closed before the service answered", details.withOutcomeUnknown(true));
    }

    private static IdentityException unauthorised(String message, FailureDetails details) {
        String code = details.errorCode().orElse("");
        if (code.equals("IdentityNotOwned") && details.user().isPresent()) {
            return new UserNotFoundException(message, details);
        }
        boolean teams = details.operation()
                .filter(IdentityOperation.GET_TOKEN_FOR_TEAMS_USER::equals)
                .isPresent();
        return code.equals("InvalidAccessToken") && teams
                ? new TeamsTokenRejectedException(message, details)
                : new AccessDeniedException(message, details);
    }

    private static boolean isTheServicesFault(int status) {
        return status < 400 || status >= 500 || status == 408;
    }

    private static FailureDetails describe(Refusal refusal, FailureDetails call) {
        FailureDetails details = call.withHttpStatus(refusal.status());
        if (refusal.code() != null) {
            details = details.withErrorCode(refusal.code());
        }
        if (refusal.target() != null) {
            details = details.withTarget(refusal.target());
        }
        return refusal.retryAfter() == null ? details : details.withRetryAfter(refusal.retryAfter());
    }

    private static String message(Refusal refusal) {
        String code = refusal.code() == null ? "" : " " + refusal.code();
        return "The fake identity service answered " + refusal.status() + code + ": " + refusal.message();
    }
}
