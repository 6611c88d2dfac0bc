/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a {@code String} into which the connection string of the test's emulator is injected: for HTTPS, with the
 * primary key of the first resource.
 *
 * <p>It starts the emulator. A client trusts its certificate through
 * {@link io.github.acsidentity.testing.emulator.AcsEmulator#sslContext()}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
public @interface ConnectionString {}
