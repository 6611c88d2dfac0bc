/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import io.github.acsidentity.IdentityManager;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** The run for checks that look at something else than its rules. */
public final class ChaosRun {

    private ChaosRun() {}

    /**
     * Runs.
     *
     * @param decorator what stands between the cache and its callers
     * @return what was injected and what callers saw
     */
    public static String report(long seed, Duration duration, UnaryOperator<IdentityManager> decorator) {
        return new Chaos(seed, decorator).run(duration).text();
    }
}
