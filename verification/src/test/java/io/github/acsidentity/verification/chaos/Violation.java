/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

/** What has been seen and must not be. */
record Violation(String rule, String details) {}
