/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/**
 * No malformed input hangs, fails in another way than the documentation says, or gets a secret told.
 *
 * <p>{@code -Dacs.identity.malformed.seed=…} chooses other inputs, {@code -Dacs.identity.malformed.times=4} makes
 * 243,000 of the 60,750. {@link #DIFFERENT} of each kind must differ from one another: 206,550, or 51,637.
 */
class MalformedInputTest {

    private static final long SEED = Long.getLong("acs.identity.malformed.seed", 1);
    private static final int TIMES = Integer.getInteger("acs.identity.malformed.times", 1);
    private static final double DIFFERENT = 0.85;

    @Test
    void connectionStrings_malformed_areRefused() throws Exception {
        check(new ConnectionStrings(), 15_000);
    }

    @Test
    void rawIds_malformed_areRefused() throws Exception {
        check(new RawIds(), 12_500);
    }

    @Test
    void propertiesOfPolicies_malformed_areRefused() throws Exception {
        check(new PolicyProperties(), 7_500);
    }

    @Test
    void answersOfTheService_malformed_areFailuresOfTheLibrary() throws Exception {
        try (ServiceAnswers target = new ServiceAnswers()) {
            check(target, 12_500);
        }
    }

    @Test
    void requestsToTheEmulator_malformed_areRefused() throws Exception {
        check(new EmulatorRequests(), 12_500);
    }

    @Test
    void socketsOfTheEmulator_malformed_areRefusedAndServeOn() throws Exception {
        try (EmulatorSockets target = new EmulatorSockets()) {
            check(target, 750);

            assertThat(target.isUp()).isTrue();
        }
    }

    private static void check(Target target, int cases) throws InterruptedException, ExecutionException {
        MalformedRun run = new MalformedRun(target, SEED, cases * TIMES, said -> {});

        assertThat(run.problems()).isEmpty();
        assertThat(run.distinct()).isGreaterThanOrEqualTo((int) (cases * TIMES * DIFFERENT));
        System.out.println(run.summary());
    }
}
