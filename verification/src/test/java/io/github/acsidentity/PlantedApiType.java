/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import org.assertj.core.api.Assertions;

/** Breaks the rule that the API package needs nothing but the JDK. */
public final class PlantedApiType {

    Class<?> foreign() {
        return Assertions.class;
    }
}
