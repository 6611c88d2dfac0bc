/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import com.azure.core.exception.HttpResponseException;
import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.InvalidRequestException;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TeamsTokenRejectedException;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.UserNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Says what a failed attempt means to the caller. The mapping is total: every status and every exception has its place.
 */
final class Failures {

    private Failures() {}

    /** Maps an answer with a status other than the one expected. */
    static IdentityException ofAnswer(Call call, int status, ServiceError error, @Nullable Duration retryAfter) {
        if (status >= 500 || status == 408 || status < 400) {
            call.mayHaveBeenDone();
        }
        FailureDetails details = call.details().withHttpStatus(status);
        if (error.code() != null) {
            details = details.withErrorCode(error.code());
        }
        if (error.target() != null) {
            details = details.withTarget(error.target());
        }
        if (retryAfter != null) {
            details = details.withRetryAfter(retryAfter);
        }
        String text = call + " failed: " + describe(status, error);
        return switch (status) {
            case 401 -> unauthorized(call, error, text, details);
            case 403 -> denied(call, text, details);
            case 404 ->
                details.user().isPresent()
                        ? new UserNotFoundException(text, details)
                        : new InvalidRequestException(text, details);
            case 408 -> new ServiceUnavailableException(text, details);
            case 429 -> new ThrottledException(text, details);
            default ->
                status >= 400 && status < 500
                        ? new InvalidRequestException(text, details)
                        : new ServiceUnavailableException(text, details);
        };
    }

    /**
     * Maps an exception with which an attempt has ended; it may come from anywhere below: policies, transport, service.
     */
    static IdentityException ofAttempt(Call call, Throwable thrown) {
        RedactedCause cause = RedactedCause.withText(thrown, call.secrets());
        String failed = call + " failed: ";
        return switch (call.progress()) {
            case WAITING ->
                isRefusal(thrown)
                        ? new AccessDeniedException(
                                failed + "the credential was refused or cannot be used", call.details(), cause)
                        : new ServiceUnavailableException(
                                failed + "the credential could not be obtained", call.details(), cause);
            case AUTHENTICATED ->
                thrown instanceof IdentityException ofPolicy
                        ? ofPolicy
                        : new ServiceUnavailableException(failed + "a policy did not send it", call.details(), cause);
            case SENT -> {
                if (certainlyNotSent(thrown)) {
                    yield new ServiceUnavailableException(
                            failed + call.target().host() + " could not be reached: " + obstacle(thrown),
                            call.details(),
                            cause);
                }
                yield lost(call, cause);
            }
            case ANSWERED, RECEIVED, GIVEN_UP -> lost(call, cause);
        };
    }

    /** Maps an exception with which the operation has ended, after all attempts. */
    static IdentityException ofOperation(Call call, Throwable thrown) {
        if (thrown instanceof IdentityException known) {
            return known;
        }
        if (call.progress() != Call.Progress.RECEIVED) {
            return ofAttempt(call, thrown);
        }
        call.mayHaveBeenDone();
        return new ServiceUnavailableException(
                call + " failed: the answer of the service could not be read",
                call.details().withHttpStatus(call.expectedStatus()),
                RedactedCause.withoutText(thrown));
    }

    /** Maps an operation that has not ended by its deadline. */
    static IdentityException ofDeadline(Call call, Duration timeout) {
        call.giveUp();
        return new ServiceUnavailableException(
                call + " failed: it did not end within " + timeout.toMillis() + " ms", call.details());
    }

    /** Returns whether trying again is no use although the failure counts as transient: somebody has to act first. */
    static boolean isLasting(Throwable thrown) {
        return anyCause(
                thrown, cause -> cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException);
    }

    private static IdentityException lost(Call call, RedactedCause cause) {
        call.mayHaveBeenDone();
        return new ServiceUnavailableException(call + " failed: the answer was lost", call.details(), cause);
    }

    private static String obstacle(Throwable thrown) {
        if (isLasting(thrown)) {
            return "its certificate is not trusted";
        }
        if (anyCause(thrown, cause -> cause instanceof SSLHandshakeException)) {
            return "the TLS handshake failed";
        }
        if (anyCause(
                thrown,
                cause -> cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException)) {
            return "the name of the host cannot be resolved";
        }
        return anyCause(thrown, cause -> cause instanceof HttpConnectTimeoutException)
                ? "connecting took too long"
                : "the connection was refused";
    }

    private static IdentityException unauthorized(Call call, ServiceError error, String text, FailureDetails details) {
        String code = error.code() == null ? "" : error.code();
        if ("IdentityNotOwned".equals(code) && details.user().isPresent()) {
            return new UserNotFoundException(
                    text + " (the user belongs to another resource; is the connection string the right one?)", details);
        }
        if ("InvalidAccessToken".equals(code) && call.operation() == IdentityOperation.GET_TOKEN_FOR_TEAMS_USER) {
            return new TeamsTokenRejectedException(text, details);
        }
        return denied(call, text, details);
    }

    private static IdentityException denied(Call call, String text, FailureDetails details) {
        return new AccessDeniedException(text + " (" + call.target().advice() + ")", details);
    }

    private static String describe(int status, ServiceError error) {
        StringBuilder text = new StringBuilder("the service answered ").append(status);
        if (error.code() != null) {
            text.append(' ').append(error.code());
        }
        if (error.target() != null) {
            text.append(" [").append(error.target()).append(']');
        }
        // A 2xx or 3xx is not an error of the service: whatever its body is, it is not a message.
        if (error.message() != null && status >= 400) {
            text.append(": ").append(withoutFullStop(error.message()));
        }
        return text.toString();
    }

    private static String withoutFullStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /**
     * Returns whether a credential was refused. What is wrong with the network or with the identity provider itself
     * passes; everything else, such as a rotated key that is not Base64, stays until somebody mends it.
     */
    private static boolean isRefusal(Throwable thrown) {
        return !anyCause(
                thrown,
                cause -> cause instanceof IOException
                        || cause instanceof TimeoutException
                        || cause instanceof UnresolvedAddressException
                        || (cause instanceof HttpResponseException answer && isServerTrouble(answer)));
    }

    private static boolean isServerTrouble(HttpResponseException answer) {
        if (answer.getResponse() == null) {
            return false;
        }
        int status = answer.getResponse().getStatusCode();
        return status == 429 || status == 408 || status >= 500;
    }

    /** Returns whether no byte of the request can have reached the service. */
    private static boolean certainlyNotSent(Throwable thrown) {
        return anyCause(
                thrown,
                cause -> cause instanceof ConnectException
                        || cause instanceof NoRouteToHostException
                        || cause instanceof UnknownHostException
                        || cause instanceof UnresolvedAddressException
                        || cause instanceof HttpConnectTimeoutException
                        || cause instanceof SSLHandshakeException
                        || cause instanceof SSLPeerUnverifiedException);
    }

    private static boolean anyCause(Throwable thrown, Predicate<Throwable> test) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 16; depth++) {
            if (test.test(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
