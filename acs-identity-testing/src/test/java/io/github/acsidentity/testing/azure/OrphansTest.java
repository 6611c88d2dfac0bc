/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.azure;

import static io.github.acsidentity.IdentityOperation.CREATE_USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.communication.identity.CommunicationIdentityAsyncClient;
import com.azure.communication.identity.CommunicationIdentityClient;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.azure.Door.Opened;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;

/** Which users count as orphans: those that exist, and whose ids nobody could learn. */
@Timeout(60)
class OrphansTest {

    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeIdentityService service =
            FakeIdentityService.builder().clock(clock).build();

    @ParameterizedTest
    @EnumSource
    void creation_withoutAReadableAnswer_leavesAnOrphan(Door door) {
        List<Fault> faults = List.of(
                Fault.lostAnswer(),
                Fault.truncatedBody(),
                Fault.malformedBody(),
                Fault.status(503).afterProcessing());
        try (Opened opened = door.open(service)) {
            for (Fault fault : faults) {
                service.faults().on().next(fault);
                assertThatThrownBy(() -> opened.manager().createUser()).isInstanceOf(IdentityException.class);
                service.faults().on().next(fault);
                assertThatThrownBy(() -> opened.manager().createUserWithToken(CHAT))
                        .isInstanceOf(IdentityException.class);
            }

            assertThat(service.orphans()).hasSize(2 * faults.size()).isEqualTo(service.users());
        }
    }

    @ParameterizedTest
    @EnumSource
    void creation_answeredLateOrNotAtAll_leavesNone(Door door) {
        try (Opened opened = door.open(service)) {
            service.faults().on().next(Fault.latency(Duration.ofMillis(1)));
            service.faults().on().next(Fault.slowBody(Duration.ofMillis(1)));
            opened.manager().createUser();
            opened.manager().createUser();
            service.faults().on().next(Fault.drop());
            assertThatThrownBy(() -> opened.manager().createUser()).isInstanceOf(IdentityException.class);

            assertThat(service.users()).hasSize(2);
            assertThat(service.orphans()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void creation_thatHangsWhenDone_leavesAnOrphan(Door door) {
        service.faults().on().next(Fault.hang().afterProcessing());
        try (Opened opened = door.open(service)) {
            CompletableFuture<UserId> hanging = opened.manager().async().createUser();
            while (service.callCount(CREATE_USER) == 0) {
                Thread.onSpinWait();
            }

            assertThat(service.orphans()).hasSize(1);
            assertThat(hanging).isNotDone();
        }
    }

    @ParameterizedTest
    @EnumSource
    void orphan_deleted_isNoneAnyMore(Door door) {
        service.faults().on().next(Fault.lostAnswer());
        try (Opened opened = door.open(service)) {
            assertThatThrownBy(() -> opened.manager().createUser()).isInstanceOf(IdentityException.class);

            opened.manager().deleteUser(service.orphans().iterator().next());

            assertThat(service.orphans()).isEmpty();
        }
    }

    @Test
    void repetition_whoseAnswerIsLostToo_leavesTwo() {
        CommunicationIdentityClient client =
                InProcessHttpClient.clientBuilder(service).buildClient();
        service.faults().on(CREATE_USER).times(2, Fault.lostAnswer());

        UserId known = new UserId(client.createUser().getId());

        assertThat(service.users()).hasSize(3).contains(known);
        assertThat(service.orphans()).hasSize(2).doesNotContain(known);
    }

    @Test
    void caller_thatGivesUpBeforeALateAnswer_leavesAnOrphan() {
        FakeIdentityService late = FakeIdentityService.builder()
                .clock(clock)
                .scheduler(new ManualScheduler(clock))
                .build();
        late.faults().on().always(Fault.latency(Duration.ofMinutes(1)));
        FakeIdentityManager fake = FakeIdentityManager.on(late);
        CommunicationIdentityAsyncClient client =
                InProcessHttpClient.clientBuilder(late).buildAsyncClient();
        CompletableFuture<UserId> cancelled = fake.async().createUser();
        CompletableFuture<UserId> timedOut = fake.async().createUser();
        Disposable disposed = client.createUser().subscribe();
        assertThat(late.users()).hasSize(3);
        assertThat(late.orphans()).isEmpty();

        cancelled.cancel(true);
        assertThat(late.orphans()).hasSize(1);
        clock.advance(Duration.ofSeconds(30));
        assertThat(timedOut).isCompletedExceptionally();
        assertThat(late.orphans()).hasSize(2);
        disposed.dispose();
        assertThat(late.orphans()).isEqualTo(late.users());
    }
}
