/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.azure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.acsidentity.IdentityException;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.UserNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What callers can see of a failure, but for its message and request id. */
record Failure(
        Class<?> type, List<Object> details, Optional<String> errorCode, boolean outcomeUnknown, boolean hasRequestId) {

    static Failure of(IdentityException thrown) {
        return new Failure(
                thrown.getClass(),
                List.of(
                        thrown.operation(),
                        thrown.user(),
                        thrown.httpStatus(),
                        thrown.target(),
                        thrown.retryAfter(),
                        thrown.isTransient(),
                        thrown instanceof UserNotFoundException absent && absent.isForeignResource(),
                        thrown instanceof ThrottledException throttled && throttled.isLocal()),
                thrown.errorCode(),
                thrown.outcomeUnknown(),
                thrown.requestId().isPresent());
    }

    static Failure of(CompletableFuture<?> future) {
        Throwable thrown = catchThrowable(future::join);
        assertThat(thrown).isInstanceOf(CompletionException.class);
        return of((IdentityException) requireNonNull(thrown.getCause()));
    }
}
