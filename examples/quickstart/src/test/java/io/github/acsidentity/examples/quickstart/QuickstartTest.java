/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuickstartTest {

    private final FakeIdentityManager fake = FakeIdentityManager.create();
    private final CachingIdentityManager manager =
            CachingIdentityManager.builder(fake).build();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void run_aStepFails_deletesTheUserAndReportsThatStep() {
        fake.service().inject(Fault.status(429), 1, IdentityOperation.GET_TOKEN);

        IdentityException failure = catchThrowableOfType(IdentityException.class, () -> Quickstart.run(manager));

        assertThat(failure.httpStatus()).hasValue(429);
        assertThat(fake.service().users()).isEmpty();
    }

    @Test
    void run_theDeletionFailsAsWell_reportsTheStepThatFailedFirst() {
        fake.service().inject(Fault.status(429), 1, IdentityOperation.GET_TOKEN);
        fake.service().inject(Fault.status(503), 1, IdentityOperation.DELETE_USER);

        IdentityException failure = catchThrowableOfType(IdentityException.class, () -> Quickstart.run(manager));

        assertThat(failure.httpStatus()).hasValue(429);
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void run_onlyTheDeletionFails_reportsThat() {
        fake.service().inject(Fault.status(503), 1, IdentityOperation.DELETE_USER);

        IdentityException failure = catchThrowableOfType(IdentityException.class, () -> Quickstart.run(manager));

        assertThat(failure.operation()).contains(IdentityOperation.DELETE_USER);
    }
}
