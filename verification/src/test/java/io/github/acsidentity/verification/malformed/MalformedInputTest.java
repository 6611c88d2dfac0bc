/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * No malformed input hangs, fails in another way than the documentation says, or gets a secret told.
 *
 * <p>{@code -Dacs.identity.malformed.seed=…} chooses other inputs, {@code -Dacs.identity.malformed.times=4} makes
 * 213,000 of the 53,250.
 */
class MalformedInputTest {

    private static final long SEED = Long.getLong("acs.identity.malformed.seed", 1);
    private static final int TIMES = Integer.getInteger("acs.identity.malformed.times", 1);

    @Test
    void connectionStrings_malformed_areRefused(TestReporter reporter) throws Exception {
        check(new ConnectionStrings(), 12_500, reporter);
    }

    @Test
    void rawIds_malformed_areRefused(TestReporter reporter) throws Exception {
        check(new RawIds(), 10_000, reporter);
    }

    @Test
    void propertiesOfPolicies_malformed_areRefused(TestReporter reporter) throws Exception {
        check(new PolicyProperties(), 7_500, reporter);
    }

    @Test
    void answersOfTheService_malformed_areFailuresOfTheLibrary(TestReporter reporter) throws Exception {
        try (ServiceAnswers target = new ServiceAnswers()) {
            check(target, 10_000, reporter);
        }
    }

    @Test
    void requestsToTheEmulator_malformed_areRefused(TestReporter reporter) throws Exception {
        check(new EmulatorRequests(), 12_500, reporter);
    }

    @Test
    void socketsOfTheEmulator_malformed_areRefusedAndServeOn(TestReporter reporter) throws Exception {
        try (EmulatorSockets target = new EmulatorSockets()) {
            check(target, 750, reporter);

            assertThat(target.isUp()).isTrue();
        }
    }

    private static void check(Target target, int cases, TestReporter reporter)
            throws InterruptedException, ExecutionException {
        MalformedRun run = new MalformedRun(target, SEED, cases * TIMES);

        assertThat(run.problems()).isEmpty();
        reporter.publishEntry(run.summary());
    }
}
