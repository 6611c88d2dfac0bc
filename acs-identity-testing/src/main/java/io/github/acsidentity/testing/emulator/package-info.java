/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
/**
 * The service behind real sockets: an HTTPS and HTTP server on the loopback interface that unmodified SDKs talk to.
 *
 * <p>{@link io.github.acsidentity.testing.emulator.AcsEmulator} is the entry point. The package needs nothing but the
 * JDK, so it is also packed as a program of its own that other languages' tests can start.
 */
@NullMarked
package io.github.acsidentity.testing.emulator;

import org.jspecify.annotations.NullMarked;
