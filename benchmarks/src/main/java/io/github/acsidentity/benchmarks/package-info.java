/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
/** Programs that measure the library; {@code benchmarks/run} starts them. */
@NullMarked
package io.github.acsidentity.benchmarks;

import org.jspecify.annotations.NullMarked;
