/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.planted.impl;

import io.github.acsidentity.verification.planted.BrokenRules;

/** Public, in a package that no module exports, whose name says nothing, and that is not marked. */
public final class BrokenNames {

    Class<?> oneHalfOfACycle() {
        return BrokenRules.Cycle.class;
    }
}
