/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What one JVM measured.
 *
 * @param nanos the time of an operation, the median of the iterations
 * @param bytes what an operation allocates
 */
record Fork(double nanos, double bytes) {

    /** Starts a JVM that measures one case. */
    static Fork of(Case measured, boolean quick) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include("\\." + HitBenchmark.class.getSimpleName() + "\\." + measured.key() + "$")
                .param("rival", measured.rival().name())
                .threads(measured.threads())
                .forks(1)
                .jvmArgs("-Xms1g", "-Xmx1g", "-XX:+UseG1GC")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .warmupIterations(quick ? 2 : 3)
                .warmupTime(TimeValue.milliseconds(quick ? 350 : 300))
                .measurementIterations(quick ? 3 : 4)
                .measurementTime(TimeValue.milliseconds(200))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        RunResult result = new Runner(options.build()).runSingle();
        return new Fork(
                result.getPrimaryResult().getStatistics().getPercentile(50),
                requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                        .getScore());
    }

    /**
     * What is measured.
     *
     * @param key the benchmark's method
     */
    record Case(Rival rival, String key, int threads) {}
}
