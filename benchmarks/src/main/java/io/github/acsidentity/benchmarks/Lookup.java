/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import io.github.acsidentity.UserId;

/** One way to get a user's token again that is held already. */
@FunctionalInterface
interface Lookup {

    /** Returns the token, in whatever type. */
    Object find(UserId user);
}
