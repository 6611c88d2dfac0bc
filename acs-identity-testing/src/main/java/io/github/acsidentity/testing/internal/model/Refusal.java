/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An error answer of the service.
 *
 * @param status the HTTP status
 * @param code the error code, or {@code null} for an answer without a body
 * @param target what the error is about
 * @param message what went wrong, without secrets
 * @param retryAfter when to come back
 * @param fromFramework whether the service's framework refused before its own code ran: such answers lack the list of
 *     versions
 */
public record Refusal(
        int status,
        @Nullable String code,
        @Nullable String target,
        String message,
        @Nullable Duration retryAfter,
        boolean fromFramework) {

    /** The code of an argument that is not as it should be. */
    public static final String VALIDATION_ERROR = "ValidationError";

    /** Returns an error answer without a target. */
    public static Refusal of(int status, String code, String message) {
        return new Refusal(status, code, null, message, null, false);
    }

    /** Returns a 400 about one argument. */
    public static Refusal invalid(String target, String message) {
        return new Refusal(400, VALIDATION_ERROR, target, message, null, false);
    }

    /** Returns a 401 about the caller's own credential. */
    public static Refusal denied(String message) {
        return of(401, "Denied", message).byFramework();
    }

    /** Returns the answer for a user of another resource. */
    public static Refusal notOwned() {
        return of(401, "IdentityNotOwned", "The identity does not belong to the resource that was called.");
    }

    /** Returns the answer for a user that does not exist. */
    public static Refusal notFound() {
        return of(404, "IdentityNotFound", "The identity does not exist, or was deleted.");
    }

    /** Returns the answer to a call too many. */
    public static Refusal tooManyRequests(@Nullable Duration retryAfter) {
        return new Refusal(
                429, "TooManyRequests", null, "The resource was called too often; try again later.", retryAfter, true);
    }

    /** Returns a copy that comes from the framework. */
    public Refusal byFramework() {
        return new Refusal(status, code, target, message, retryAfter, true);
    }

    /** Returns what is left for a caller who cannot read the body. */
    public Refusal withoutBody() {
        return new Refusal(status, null, null, "The body of the answer cannot be read.", retryAfter, fromFramework);
    }

    /** Returns the exception that carries this answer to the door. */
    public RefusedException exception() {
        return new RefusedException(this);
    }
}
