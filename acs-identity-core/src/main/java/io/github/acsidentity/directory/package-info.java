/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
/**
 * Which of an application's users belongs to which communication user.
 *
 * <p>{@link io.github.acsidentity.directory.UserDirectory} is the entry point, and a
 * {@link io.github.acsidentity.directory.UserMappingStore} keeps the mappings: exactly one communication user is ever
 * bound to an external id, under any concurrency and across processes.
 *
 * <p>External ids may be personal data, such as e-mail addresses: no message, log line or {@code toString} of this
 * package holds one.
 */
@NullMarked
package io.github.acsidentity.directory;

import org.jspecify.annotations.NullMarked;
