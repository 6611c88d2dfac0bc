/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.Faults;
import io.github.acsidentity.testing.RecordedCall;
import io.github.acsidentity.testing.azure.Door.Opened;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which faults strike a call whose credential the service refuses; the fake manager makes no such calls. */
@Timeout(60)
class RefusedCredentialTest {

    private final FakeIdentityService service = FakeIdentityService.create();

    @ParameterizedTest
    @EnumSource(names = {"IN_PROCESS", "EMULATOR"})
    void faultsOfTheService_neitherStrikeItNorAreUsedUp(Door door) {
        List<Fault> faults = List.of(
                Fault.status(503),
                Fault.throttled(),
                Fault.lostAnswer(),
                Fault.hang().afterProcessing(),
                Fault.latency(Duration.ofMillis(1)),
                Fault.truncatedBody(),
                Fault.malformedBody(),
                Fault.slowBody(Duration.ofMillis(1)));
        try (Opened opened = door.open(service)) {
            service.resource().regeneratePrimaryKey();
            for (Fault fault : faults) {
                Faults.Rule rule = service.faults().on().next(fault);

                assertThatThrownBy(() -> opened.manager().createUser()).isInstanceOf(AccessDeniedException.class);

                assertThat(rule.isActive()).isTrue();
                rule.remove();
            }
            assertThat(service.calls()).hasSize(faults.size()).allMatch(RecordedCall::answered);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IN_PROCESS", "EMULATOR"})
    void brokenConnection_strikesItWhateverWasInjectedBefore(Door door) {
        try (Opened opened = door.open(service)) {
            service.resource().regeneratePrimaryKey();
            Faults.Rule throttling = service.faults().on().next(Fault.throttled());
            Faults.Rule breaking = service.faults().on().next(Fault.drop());

            assertThatThrownBy(() -> opened.manager().createUser()).isInstanceOf(ServiceUnavailableException.class);

            assertThat(breaking.isActive()).isFalse();
            assertThat(throttling.isActive()).isTrue();
            assertThatThrownBy(() -> opened.manager().createUser()).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> FakeIdentityManager.on(service).createUser())
                    .hasMessageContaining("429");
            assertThat(throttling.isActive()).isFalse();
        }
    }
}
