/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

/** Thrown when an administrator's request makes no sense; the message says why, for the answer. */
final class BadAdminRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadAdminRequestException(String message) {
        super(message);
    }
}
