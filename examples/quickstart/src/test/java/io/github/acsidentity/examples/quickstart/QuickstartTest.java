/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuickstartTest {

    private final FakeIdentityManager fake = FakeIdentityManager.create();
    private final CachingIdentityManager manager =
            CachingIdentityManager.builder(fake).build();
    private final PrintStream console = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void keepWhatIsPrinted() {
        System.setOut(new PrintStream(printed, true, UTF_8));
    }

    @AfterEach
    void giveTheConsoleBack() {
        System.setOut(console);
        manager.close();
    }

    @Test
    void run_always_printsWhatItDoesAndNoToken() {
        Quickstart.run(manager);

        assertThat(printed.toString(UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("Created user 8:acs:"),
                        line -> assertThat(line).matches("Issued a voip token, which expires at [0-9TZ:.-]+"),
                        line -> assertThat(line).startsWith("Asked again: the same token"),
                        line -> assertThat(line).startsWith("Revoked all tokens of 8:acs:"),
                        line -> assertThat(line).startsWith("Deleted user 8:acs:"));
    }

    @Test
    void run_aStepFails_deletesTheUserAndReportsThatStep() {
        fake.service().faults().on(IdentityOperation.GET_TOKEN).next(Fault.status(429));

        IdentityException failure = catchThrowableOfType(IdentityException.class, () -> Quickstart.run(manager));

        assertThat(failure.httpStatus()).hasValue(429);
        assertThat(fake.service().users()).isEmpty();
        assertThat(printed.toString(UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("Created user 8:acs:"),
                        line -> assertThat(line).startsWith("Deleted user 8:acs:"));
    }

    @Test
    void run_theDeletionFailsAsWell_reportsTheStepThatFailedFirst() {
        fake.service().faults().on(IdentityOperation.GET_TOKEN).next(Fault.status(429));
        fake.service().faults().on(IdentityOperation.DELETE_USER).next(Fault.status(503));

        IdentityException failure = catchThrowableOfType(IdentityException.class, () -> Quickstart.run(manager));

        assertThat(failure.httpStatus()).hasValue(429);
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void run_onlyTheDeletionFails_reportsThat() {
        fake.service().faults().on(IdentityOperation.DELETE_USER).next(Fault.status(503));

        IdentityException failure = catchThrowableOfType(IdentityException.class, () -> Quickstart.run(manager));

        assertThat(failure.operation()).contains(IdentityOperation.DELETE_USER);
    }
}
