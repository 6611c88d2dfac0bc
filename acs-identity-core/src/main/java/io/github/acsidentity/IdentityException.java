/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when an identity operation fails.
 *
 * <p>The subclasses say what a caller can do about it. They are {@code final} and have public constructors, so that
 * fakes, decorators and one's own managers can throw them. A {@code switch} over them needs a {@code default}: a minor
 * release may add one.
 *
 * <p>No message, and no cause, holds an access token, an access key or a connection string. The details do not survive
 * Java serialisation.
 */
public abstract sealed class IdentityException extends RuntimeException
        permits InvalidRequestException,
                AccessDeniedException,
                UserNotFoundException,
                TeamsTokenRejectedException,
                ThrottledException,
                ServiceUnavailableException,
                OperationInterruptedException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient @Nullable FailureDetails details;

    IdentityException(String message, FailureDetails details, @Nullable Throwable cause) {
        super(requireNonNull(message, "message"), cause);
        this.details = requireNonNull(details, "details");
    }

    /**
     * Returns all that is known of the failure.
     *
     * @return the details
     */
    public FailureDetails details() {
        return details == null ? FailureDetails.NONE : details;
    }

    /**
     * Returns whether the same call may succeed later.
     *
     * @return {@code true} if trying again makes sense
     */
    public abstract boolean isTransient();

    /**
     * Returns whether the service may have done the work although the call failed: the answer was lost or unreadable,
     * or nobody waited for it.
     *
     * @return {@code true} if the outcome is unknown; {@code false} if nothing was done
     */
    public boolean outcomeUnknown() {
        return details().outcomeUnknown();
    }

    /**
     * Returns the operation that failed.
     *
     * @return the operation, if known
     */
    public Optional<IdentityOperation> operation() {
        return details().operation();
    }

    /**
     * Returns the user that the operation was about.
     *
     * @return the user, if there is one
     */
    public Optional<UserId> user() {
        return details().user();
    }

    /**
     * Returns the HTTP status of the service's answer.
     *
     * @return the status, or nothing if there was no answer
     */
    public OptionalInt httpStatus() {
        return details().httpStatus();
    }

    /**
     * Returns the service's own error code, such as {@code ValidationError}.
     *
     * @return the code, if the answer had one
     */
    public Optional<String> errorCode() {
        return details().errorCode();
    }

    /**
     * Returns what the service's error is about, such as {@code scopes}.
     *
     * @return the target, if the answer had one
     */
    public Optional<String> target() {
        return details().target();
    }

    /**
     * Returns the id under which the service can find the request ({@code x-ms-client-request-id}).
     *
     * @return the request id, if a request was made
     */
    public Optional<String> requestId() {
        return details().requestId();
    }

    /**
     * Returns how long to wait before the next attempt.
     *
     * @return what the service asked for or the local pause that is left, if known; never negative
     */
    public Optional<Duration> retryAfter() {
        return details().retryAfter();
    }
}
