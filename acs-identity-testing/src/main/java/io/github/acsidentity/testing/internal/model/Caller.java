/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a call is made.
 *
 * @param resource the resource that is called
 * @param key the access key with which the call was signed; {@code null} if it came with a bearer token
 */
public record Caller(Resource resource, @Nullable AccessKey key) {}
