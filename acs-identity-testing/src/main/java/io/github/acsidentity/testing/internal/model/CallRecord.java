/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a call.
 *
 * @param status what the service answered or would have answered; 0 if it never got to that
 * @param answered whether the caller got the answer
 */
public record CallRecord(
        IdentityOperation operation,
        @Nullable UserId user,
        @Nullable String resourceId,
        long millis,
        @Nullable String requestId,
        int status,
        @Nullable String errorCode,
        boolean answered) {}
