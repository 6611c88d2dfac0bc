/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import java.util.List;

/** Measures something and says it in ratios. */
@FunctionalInterface
interface Measurement {

    /**
     * Runs.
     *
     * @param quick whether a rough result within a minute or so is enough
     * @return the lines of a short table
     * @throws Exception if it cannot be measured
     */
    List<String> run(boolean quick) throws Exception;
}
