/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** The run for checks that look at something else than its rules. */
public final class ChaosRun {

    private ChaosRun() {}

    /**
     * Runs.
     *
     * @param witness sees what comes back to callers
     * @return what was injected and what callers saw
     */
    public static String report(long seed, Duration duration, Witness witness) {
        return new Chaos(seed, UnaryOperator.identity(), witness).run(duration).text();
    }
}
