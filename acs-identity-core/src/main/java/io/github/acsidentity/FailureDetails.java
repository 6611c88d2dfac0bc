/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a failed operation; the constructor argument of every {@link IdentityException}.
 *
 * <p>Start with {@link #of(IdentityOperation)} or {@link #NONE} and add what is known:
 *
 * <pre>{@code
 * throw new UserNotFoundException(
 *         "No such user", FailureDetails.of(IdentityOperation.GET_TOKEN).withUser(user).withHttpStatus(404));
 * }</pre>
 */
public final class FailureDetails {

    /** Nothing is known. */
    public static final FailureDetails NONE = new FailureDetails(new Builder());

    private final @Nullable IdentityOperation operation;
    private final @Nullable UserId user;
    private final int httpStatus;
    private final @Nullable String errorCode;
    private final @Nullable String target;
    private final @Nullable String requestId;
    private final @Nullable Duration retryAfter;
    private final boolean outcomeUnknown;

    private FailureDetails(Builder builder) {
        operation = builder.operation;
        user = builder.user;
        httpStatus = builder.httpStatus;
        errorCode = builder.errorCode;
        target = builder.target;
        requestId = builder.requestId;
        retryAfter = builder.retryAfter;
        outcomeUnknown = builder.outcomeUnknown;
    }

    /**
     * Returns details that name the operation.
     *
     * @param operation the operation that failed
     * @return the details
     */
    public static FailureDetails of(IdentityOperation operation) {
        Builder copy = new Builder();
        copy.operation = requireNonNull(operation, "operation");
        return new FailureDetails(copy);
    }

    /**
     * Returns a copy with the user.
     *
     * @param user the user that the operation was about
     * @return the copy
     */
    public FailureDetails withUser(UserId user) {
        Builder copy = new Builder(this);
        copy.user = requireNonNull(user, "user");
        return new FailureDetails(copy);
    }

    /**
     * Returns a copy with the HTTP status.
     *
     * @param httpStatus the status of the service's answer, from 100 to 599
     * @return the copy
     * @throws IllegalArgumentException if {@code httpStatus} is out of range
     */
    public FailureDetails withHttpStatus(int httpStatus) {
        if (httpStatus < 100 || httpStatus > 599) {
            throw new IllegalArgumentException("httpStatus must be from 100 to 599, but was " + httpStatus);
        }
        Builder copy = new Builder(this);
        copy.httpStatus = httpStatus;
        return new FailureDetails(copy);
    }

    /**
     * Returns a copy with the service's error code.
     *
     * @param errorCode the code, such as {@code ValidationError}
     * @return the copy
     */
    public FailureDetails withErrorCode(String errorCode) {
        Builder copy = new Builder(this);
        copy.errorCode = requireNonNull(errorCode, "errorCode");
        return new FailureDetails(copy);
    }

    /**
     * Returns a copy with what the service's error is about.
     *
     * @param target the target, such as {@code scopes}
     * @return the copy
     */
    public FailureDetails withTarget(String target) {
        Builder copy = new Builder(this);
        copy.target = requireNonNull(target, "target");
        return new FailureDetails(copy);
    }

    /**
     * Returns a copy with the request id.
     *
     * @param requestId the id under which the service can find the request
     * @return the copy
     */
    public FailureDetails withRequestId(String requestId) {
        Builder copy = new Builder(this);
        copy.requestId = requireNonNull(requestId, "requestId");
        return new FailureDetails(copy);
    }

    /**
     * Returns a copy with the time to wait before the next attempt.
     *
     * @param retryAfter the time to wait; a negative one counts as zero
     * @return the copy
     */
    public FailureDetails withRetryAfter(Duration retryAfter) {
        Builder copy = new Builder(this);
        copy.retryAfter = retryAfter.isNegative() ? Duration.ZERO : retryAfter;
        return new FailureDetails(copy);
    }

    /**
     * Returns a copy that says whether the outcome is unknown.
     *
     * @param outcomeUnknown whether the service may have done the work although the call failed
     * @return the copy
     */
    public FailureDetails withOutcomeUnknown(boolean outcomeUnknown) {
        Builder copy = new Builder(this);
        copy.outcomeUnknown = outcomeUnknown;
        return new FailureDetails(copy);
    }

    /**
     * Returns the operation that failed.
     *
     * @return the operation, if known
     */
    public Optional<IdentityOperation> operation() {
        return Optional.ofNullable(operation);
    }

    /**
     * Returns the user that the operation was about.
     *
     * @return the user, if there is one
     */
    public Optional<UserId> user() {
        return Optional.ofNullable(user);
    }

    /**
     * Returns the HTTP status of the service's answer.
     *
     * @return the status, or nothing if there was no answer
     */
    public OptionalInt httpStatus() {
        return httpStatus == 0 ? OptionalInt.empty() : OptionalInt.of(httpStatus);
    }

    /**
     * Returns the service's own error code.
     *
     * @return the code, if the answer had one
     */
    public Optional<String> errorCode() {
        return Optional.ofNullable(errorCode);
    }

    /**
     * Returns what the service's error is about.
     *
     * @return the target, if the answer had one
     */
    public Optional<String> target() {
        return Optional.ofNullable(target);
    }

    /**
     * Returns the id under which the service can find the request.
     *
     * @return the request id, if a request was made
     */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /**
     * Returns how long to wait before the next attempt.
     *
     * @return the time to wait, if known; never negative
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /**
     * Returns whether the service may have done the work although the call failed.
     *
     * @return {@code true} if the outcome is unknown
     */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    /** Returns what is known, for logs. */
    @Override
    public String toString() {
        StringJoiner known = new StringJoiner(", ", "FailureDetails[", "]");
        operation().ifPresent(value -> known.add("operation=" + value));
        user().ifPresent(value -> known.add("user=" + value));
        httpStatus().ifPresent(value -> known.add("httpStatus=" + value));
        errorCode().ifPresent(value -> known.add("errorCode=" + value));
        target().ifPresent(value -> known.add("target=" + value));
        requestId().ifPresent(value -> known.add("requestId=" + value));
        retryAfter().ifPresent(value -> known.add("retryAfter=" + value));
        return known.add("outcomeUnknown=" + outcomeUnknown).toString();
    }

    private static final class Builder {

        private @Nullable IdentityOperation operation;
        private @Nullable UserId user;
        private int httpStatus;
        private @Nullable String errorCode;
        private @Nullable String target;
        private @Nullable String requestId;
        private @Nullable Duration retryAfter;
        private boolean outcomeUnknown;

        Builder() {}

        Builder(FailureDetails source) {
            operation = source.operation;
            user = source.user;
            httpStatus = source.httpStatus;
            errorCode = source.errorCode;
            target = source.target;
            requestId = source.requestId;
            retryAfter = source.retryAfter;
            outcomeUnknown = source.outcomeUnknown;
        }
    }
}
