/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
/**
 * Tests of what every implementation of an interface of this library does, as interfaces with default methods: a test
 * class implements one and says how to make the object under test.
 *
 * <p>They need JUnit Jupiter 5.10 and AssertJ 3.21, or later ones, which do not come with this module.
 */
@NullMarked
package io.github.acsidentity.testing.contract;

import org.jspecify.annotations.NullMarked;
