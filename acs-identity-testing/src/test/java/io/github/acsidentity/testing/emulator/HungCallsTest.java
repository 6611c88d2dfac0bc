/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.Faults;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the connections of calls that are not answered. */
@Timeout(60)
class HungCallsTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-31T09:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final FakeIdentityService service =
            FakeIdentityService.builder().clock(clock).scheduler(scheduler).build();
    private final AcsEmulator emulator =
            AcsEmulator.builder().service(service).httpPort(0).start();
    private final List<RawConnection> connections = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        emulator.close();
        for (RawConnection connection : connections) {
            connection.close();
        }
    }

    @Test
    void hang_whenAllFaultsAreCleared_losesItsConnection() throws Exception {
        service.faults().on().times(3, Fault.hang());
        List<RawConnection> hanging = List.of(hang(), hang(), hang());

        service.faults().clear();

        for (RawConnection connection : hanging) {
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void hang_whenItsRuleIsRemoved_losesItsConnection() throws Exception {
        Faults.Rule rule = service.faults().on().always(Fault.hang().afterProcessing());
        RawConnection hanging = hang();

        rule.remove();

        assertThat(hanging.readToEnd()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"POST, reset", "DELETE, faults", "DELETE, faults/1"})
    void hang_whenAnAdministratorEndsIt_losesItsConnection(String method, String path) throws Exception {
        AdminClient admin = new AdminClient(emulator, emulator.httpEndpoint());
        admin.post("/__emulator/faults", "{\"kind\":\"hang\",\"always\":true}");
        RawConnection hanging = hang();

        admin.send(method, "/__emulator/" + path, "", "Content-Type", "application/json");

        assertThat(hanging.readToEnd()).isEmpty();
    }

    @Test
    void hang_forLongerThanAnyoneWaits_losesItsConnection() throws Exception {
        service.faults().on().always(Fault.hang());
        RawConnection hanging = hang();

        clock.advance(LIMIT.minusNanos(1));
        scheduler.runDueTasks();
        assertThat(scheduler.pendingTasks()).isEqualTo(1);
        clock.advance(Duration.ofNanos(1));
        scheduler.runDueTasks();

        assertThat(hanging.readToEnd()).isEmpty();
    }

    @Test
    void hang_afterALatencyInWhichItWasTakenBack_losesItsConnectionThen() throws Exception {
        service.faults().on().always(Fault.hang().withLatency(Duration.ofSeconds(1)));
        RawConnection hanging = hang();

        service.faults().clear();
        clock.advance(Duration.ofSeconds(1));
        scheduler.runDueTasks();

        assertThat(hanging.readToEnd()).isEmpty();
    }

    @Test
    void hang_whenItIsOver_isNoLongerUnderWay() throws Exception {
        for (int i = 0; i < 3; i++) {
            service.faults().on().always(Fault.hang());
            RawConnection hanging = hang();
            service.faults().clear();
            assertThat(hanging.readToEnd()).isEmpty();
        }

        assertThat(service.maximumConcurrency(IdentityOperation.CREATE_USER)).isEqualTo(1);
    }

    @Test
    void hang_whenTheEmulatorStops_losesItsConnection() throws Exception {
        service.faults().on().always(Fault.hang());
        RawConnection hanging = hang();

        emulator.close();

        assertThat(hanging.readToEnd()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void late_whenTheEmulatorStops_isOverAndLeavesAnOrphan(boolean body) throws Exception {
        Duration late = Duration.ofMinutes(1);
        service.faults().on().always(body ? Fault.slowBody(late) : Fault.latency(late));
        RawConnection waiting = hang();

        emulator.close();

        assertThat(waiting.readToEnd()).doesNotContain("}");
        assertThat(service.orphans()).isEqualTo(service.users()).hasSize(1);
        service.clearCalls();
        assertThat(service.maximumConcurrency(IdentityOperation.CREATE_USER)).isZero();
        assertThat(scheduler.pendingTasks()).isZero();
    }

    @Test
    void hang_afterTheEnd_doesNotWait() {
        Waits waits = new Waits(scheduler);
        waits.close();
        CompletableFuture<@Nullable Void> release = new CompletableFuture<>();

        waits.hang(release);

        assertThat(release).isNotDone();
        assertThat(waits.pass(Duration.ofDays(1))).isFalse();
        assertThat(scheduler.pendingTasks()).isZero();
    }

    @Test
    void hang_onASchedulerThatHasEnded_doesNotWait() {
        ScheduledThreadPoolExecutor ended = new ScheduledThreadPoolExecutor(0);
        ended.shutdown();

        assertThat(new Waits(ended).pass(Duration.ofDays(1))).isFalse();
    }

    @Test
    void hang_whoseRuleIsTakenBackWhileItIsAsked_losesItsConnection() throws Exception {
        service.faults()
                .on()
                .whileTrue(
                        () -> {
                            service.faults().clear();
                            return true;
                        },
                        Fault.hang());

        assertThat(send().readToEnd()).isEmpty();
    }

    /** Sends a call that hangs, and returns when the emulator waits for the end of that. */
    private RawConnection hang() throws Exception {
        int before = scheduler.pendingTasks();
        RawConnection connection = send();
        while (scheduler.pendingTasks() == before) {
            assertThat(Thread.interrupted()).isFalse();
            Thread.onSpinWait();
        }
        return connection;
    }

    private RawConnection send() throws Exception {
        URI endpoint = emulator.httpEndpoint();
        RawConnection connection = new RawConnection(endpoint);
        connections.add(connection);
        connection.send(String.join(
                "\r\n",
                "POST /identities?api-version=2023-10-01 HTTP/1.1",
                "Host: " + endpoint.getAuthority(),
                "Authorization: Bearer opaque",
                "Content-Length: 0",
                "",
                ""));
        return connection;
    }
}
