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

class DirectoryQuickstartTest {

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
        DirectoryQuickstart.run(manager);

        assertThat(printed.toString(UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("Created the tables for the directory"),
                        line -> assertThat(line)
                                .matches(
                                        "Created user 8:acs:\\S+ for alice and issued a voip token, which expires at [0-9TZ:.-]+"),
                        line -> assertThat(line).startsWith("Asked again: the same token"),
                        line -> assertThat(line).isEqualTo("Revoked all tokens of alice"),
                        line -> assertThat(line).startsWith("Deleted the user of alice"),
                        line -> assertThat(line).startsWith("The directory has 0 users, 0 left to erase, and 0 "));
        assertThat(fake.service().users()).isEmpty();
    }

    @Test
    void run_aStepFails_deletesTheUserAndReportsThatStep() {
        fake.service().faults().on(IdentityOperation.GET_TOKEN).next(Fault.status(429));

        IdentityException failure =
                catchThrowableOfType(IdentityException.class, () -> DirectoryQuickstart.run(manager));

        assertThat(failure.httpStatus()).hasValue(429);
        assertThat(fake.service().users()).isEmpty();
        assertThat(printed.toString(UTF_8).lines()).last().asString().startsWith("Deleted the user of alice");
    }

    @Test
    void run_theCreationFails_reportsThatAndDeletesNobody() {
        fake.service().faults().on(IdentityOperation.CREATE_USER).next(Fault.status(401));

        IdentityException failure =
                catchThrowableOfType(IdentityException.class, () -> DirectoryQuickstart.run(manager));

        assertThat(failure.operation()).contains(IdentityOperation.CREATE_USER);
        assertThat(printed.toString(UTF_8).lines()).hasSize(1);
    }

    @Test
    void run_theDeletionFailsAsWell_reportsTheStepThatFailedFirst() {
        fake.service().faults().on(IdentityOperation.GET_TOKEN).next(Fault.status(429));
        fake.service().faults().on(IdentityOperation.DELETE_USER).next(Fault.status(503));

        IdentityException failure =
                catchThrowableOfType(IdentityException.class, () -> DirectoryQuickstart.run(manager));

        assertThat(failure.httpStatus()).hasValue(429);
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void run_onlyTheDeletionFails_reportsThat() {
        fake.service().faults().on(IdentityOperation.DELETE_USER).next(Fault.status(503));

        IdentityException failure =
                catchThrowableOfType(IdentityException.class, () -> DirectoryQuickstart.run(manager));

        assertThat(failure.operation()).contains(IdentityOperation.DELETE_USER);
    }
}
