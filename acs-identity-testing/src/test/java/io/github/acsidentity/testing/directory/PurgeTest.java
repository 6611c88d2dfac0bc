/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import io.github.acsidentity.directory.DirectoryStats;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.InMemoryUserMappingStore;
import io.github.acsidentity.directory.PurgeProgress;
import io.github.acsidentity.directory.PurgeReport;
import io.github.acsidentity.directory.RecoveryReport;
import io.github.acsidentity.directory.UserDirectory;
import io.github.acsidentity.directory.UserMappingStore;
import io.github.acsidentity.directory.UserMappingStoreException;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PurgeTest {

    private static final int PER_SECOND = 8;

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-31T09:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final FakeIdentityService service =
            FakeIdentityService.builder().clock(clock).scheduler(scheduler).build();
    private final IdentityManager manager = FakeIdentityManager.on(service);
    private final UserMappingStore store = new InMemoryUserMappingStore();
    private final CrashingStore crashing = new CrashingStore(store);
    private final UserDirectory directory = UserDirectory.builder(manager, crashing.store())
            .timeSource(clock)
            .scheduler(scheduler)
            .executor(Runnable::run)
            .build();
    private final List<PurgeProgress> progress = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        directory.close();
        manager.close();
    }

    @Test
    void purge_ofSomeUsers_deletesThemAndTellsHowFarItIs() {
        List<String> ids = users(3);
        UserId stays = directory.resolve("stays");

        PurgeReport report = directory.purge(List.of(ids.get(0), "nobody", ids.get(1), ids.get(2)), progress::add);

        assertThat(report.erased()).isEqualTo(3);
        assertThat(report.absent()).isEqualTo(1);
        assertThat(report.isComplete()).isTrue();
        assertThat(report.failure()).isEmpty();
        assertThat(service.users()).containsExactly(stays);
        assertThat(progress)
                .containsExactly(
                        new PurgeProgress(0, 1, 0, 4),
                        new PurgeProgress(1, 1, 0, 4),
                        new PurgeProgress(2, 1, 0, 4),
                        new PurgeProgress(3, 1, 0, 4));
        assertThat(progress.get(3).done()).isEqualTo(4);
    }

    @Test
    void purge_ofMany_keepsToItsPace() throws Exception {
        List<String> ids = users(5 * PER_SECOND);
        Instant start = clock.instant();

        PurgeReport report = advancingUntilDone(() -> directory.purge(ids, progress::add));

        assertThat(report.erased()).isEqualTo(5 * PER_SECOND);
        assertThat(Duration.between(start, clock.instant()))
                .isBetween(Duration.ofMillis(3_900), Duration.ofMillis(4_200));
    }

    @Test
    void recover_ofMany_keepsToItsPace() throws Exception {
        users(3 * PER_SECOND).forEach(id -> store.tombstone(ExternalId.of(id)));
        Instant start = clock.instant();

        RecoveryReport report = advancingUntilDone(directory::recover);

        assertThat(report.erased()).isEqualTo(3 * PER_SECOND);
        assertThat(Duration.between(start, clock.instant()))
                .isBetween(Duration.ofMillis(1_900), Duration.ofMillis(2_200));
    }

    @Test
    void purge_always_marksAllBeforeItDeletesAny() {
        List<String> ids = users(4);
        List<Long> marked = new ArrayList<>();

        PurgeReport unused =
                directory.purge(ids, state -> marked.add(directory.stats().erasing() + state.erased()));

        assertThat(marked).containsOnly(4L).hasSize(5);
    }

    @Test
    void purge_thatIsThrottled_waitsAsLongAsItIsAsked() throws Exception {
        List<String> ids = users(2);
        service.faults()
                .on(IdentityOperation.DELETE_USER)
                .next(Fault.throttled().withRetryAfter(Duration.ofSeconds(40)));
        Instant start = clock.instant();

        PurgeReport report = advancingUntilDone(() -> directory.purge(ids, progress::add));

        assertThat(report.isComplete()).isTrue();
        assertThat(report.failure()).containsInstanceOf(ThrottledException.class);
        assertThat(Duration.between(start, clock.instant())).isGreaterThanOrEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void purge_duringAnOutage_givesUpAndCanBeResumed() throws Exception {
        List<String> ids = users(20);
        service.faults().on(IdentityOperation.DELETE_USER).always(Fault.status(503));

        PurgeReport report = advancingUntilDone(() -> directory.purge(ids, progress::add));

        assertThat(report.erased()).isZero();
        assertThat(report.remaining()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(report.failure()).containsInstanceOf(ServiceUnavailableException.class);
        assertThat(report.toString()).contains("<20 ids>").doesNotContain(ids.get(0));
        service.faults().clear();

        PurgeReport rest = advancingUntilDone(() -> directory.purge(report.remaining(), progress::add));

        assertThat(rest.erased()).isEqualTo(20);
        assertThat(rest.isComplete()).isTrue();
        assertThat(service.users()).isEmpty();
    }

    @Test
    void purge_whenAllThatIsUnderWayFailsOnce_countsThatAsOneFailure() throws Exception {
        List<String> ids = users(20);
        service.faults()
                .on(IdentityOperation.DELETE_USER)
                .times(8, Fault.status(503).withLatency(Duration.ofSeconds(2)));

        PurgeReport report = advancingUntilDone(() -> directory.purge(ids, progress::add));

        assertThat(report.isComplete()).isTrue();
        assertThat(service.users()).isEmpty();
    }

    @Test
    void purge_ofAUserWhoIsRefused_goesOnWithTheRest() {
        List<String> ids = users(2);
        UserId foreign = new UserId("8:acs:0b7d6e51-8a42-4f0c-a3d9-6c1e5b2f7a84_00000001");
        store.adopt(ExternalId.of("foreign"), foreign);

        PurgeReport report = directory.purge(List.of("foreign", ids.get(0), ids.get(1)), progress::add);

        assertThat(report.erased()).isEqualTo(2);
        assertThat(report.remaining()).containsExactly("foreign");
        assertThat(report.failure()).containsInstanceOf(UserNotFoundException.class);
        assertThat(progress.get(progress.size() - 1)).isEqualTo(new PurgeProgress(2, 0, 1, 3));
    }

    @Test
    void purge_thatNobodyMayDo_stopsAtOnce() {
        List<String> ids = users(5);
        service.faults().on(IdentityOperation.DELETE_USER).always(Fault.status(403));

        PurgeReport report = directory.purge(ids, progress::add);

        assertThat(report.failure()).containsInstanceOf(AccessDeniedException.class);
        assertThat(report.remaining()).hasSize(5);
        assertThat(service.calls())
                .filteredOn(call -> call.operation() == IdentityOperation.DELETE_USER)
                .hasSize(1);
    }

    @Test
    void purge_whenTheStoreIsAwayForGoodWhileMarking_deletesNobody() throws Exception {
        List<String> ids = users(3);
        crashing.failWith(new UserMappingStoreException("away", true, null), "before tombstone");

        PurgeReport report = advancingUntilDone(() -> directory.purge(ids, progress::add));

        assertThat(report.failure()).containsInstanceOf(UserMappingStoreException.class);
        assertThat(report.remaining()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(service.users()).hasSize(3);
        assertThat(progress).isEmpty();
    }

    @Test
    void purge_whenTheStoreIsAwayForAMomentWhileMarking_waits() throws Exception {
        List<String> ids = users(3);
        crashing.beforeNext("tombstone", () -> {
            throw new UserMappingStoreException("away", true, null);
        });

        PurgeReport report = advancingUntilDone(() -> directory.purge(ids, progress::add));

        assertThat(report.erased()).isEqualTo(3);
        assertThat(report.isComplete()).isTrue();
    }

    @Test
    void purge_whenTheStoreIsBroken_saysSoAndStops() {
        List<String> ids = users(3);
        crashing.failWith(new IllegalStateException("broken"), "before tombstone");

        PurgeReport report = directory.purge(ids, progress::add);

        assertThat(report.failure()).containsInstanceOf(IllegalStateException.class);
        assertThat(report.remaining()).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void purge_ofTheSameIdTwice_countsItOnce() {
        String id = users(1).get(0);

        PurgeReport report = directory.purge(List.of(id, id, id), progress::add);

        assertThat(report.erased()).isEqualTo(1);
        assertThat(service.calls())
                .filteredOn(call -> call.operation() == IdentityOperation.DELETE_USER)
                .hasSize(1);
    }

    @Test
    void purge_thatIsAskedToWaitForYears_waitsForMinutes() throws Exception {
        List<String> ids = users(1);
        service.faults()
                .on(IdentityOperation.DELETE_USER)
                .next(Fault.throttled().withRetryAfter(Duration.ofDays(40_000)));
        Instant start = clock.instant();

        PurgeReport report = advancingUntilDone(() -> directory.purge(ids, progress::add));

        assertThat(report.isComplete()).isTrue();
        assertThat(Duration.between(start, clock.instant())).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
    }

    @Test
    void purge_whenTheDirectoryIsClosed_endsWithWhatWasBegun() {
        List<String> ids = users(4);

        PurgeReport report = directory.purge(ids, state -> {
            if (state.erased() == 2) {
                directory.close();
            }
        });

        assertThat(report.erased()).isEqualTo(2);
        assertThat(report.remaining()).hasSize(2);
        assertThat(report.failure())
                .hasValueSatisfying(failure -> assertThat(failure)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("closed"));
    }

    @Test
    void purge_whoseThreadIsInterruptedBefore_marksNobody() {
        List<String> ids = users(3);
        Thread.currentThread().interrupt();

        PurgeReport report = directory.purge(ids, progress::add);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.remaining()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(directory.stats().bound()).isEqualTo(3);
    }

    @Test
    void recover_thatIsInterrupted_countsNoFailures() {
        users(3).forEach(id -> store.tombstone(ExternalId.of(id)));
        service.faults().on(IdentityOperation.DELETE_USER).next(Fault.latency(Duration.ofSeconds(1)));
        CompletableFuture<RecoveryReport> recovery = new CompletableFuture<>();
        Thread thread = new Thread(() -> recovery.complete(directory.recover()));

        thread.start();
        while (directory.stats().erasing() == 3 && thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        thread.interrupt();

        RecoveryReport report = recovery.join();
        assertThat(report.failed()).isZero();
        assertThat(report.failure()).isEmpty();
    }

    @Test
    void purge_whoseThreadIsInterrupted_stopsAndTellsWhatRemains() {
        List<String> ids = users(3 * PER_SECOND);

        PurgeReport report = directory.purge(ids, state -> {
            if (state.erased() == 4) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.erased()).isEqualTo(4);
        assertThat(report.remaining()).hasSize(3 * PER_SECOND - 4);
        assertThat(directory.stats()).isEqualTo(new DirectoryStats(0, 0, 3 * PER_SECOND - 4, 0, 0));
    }

    @Test
    void purge_withAnIdThatCannotBeUsed_doesNothing() {
        List<String> ids = new ArrayList<>(users(1));
        ids.add(" ");

        assertThatThrownBy(() -> directory.purge(ids, progress::add)).isInstanceOf(IllegalArgumentException.class);

        assertThat(directory.stats()).isEqualTo(new DirectoryStats(1, 0, 0, 0, 0));
    }

    @Test
    void erasuresPerSecond_outOfRange_isRefused() {
        UserDirectory.Builder builder = UserDirectory.builder(manager, store);

        assertThatThrownBy(() -> builder.erasuresPerSecond(0)).hasMessageContaining("1 to 1000, but was 0");
        assertThatThrownBy(() -> builder.erasuresPerSecond(1001)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> users(int count) {
        List<String> ids =
                IntStream.range(0, count).mapToObj(i -> "person " + i).toList();
        ids.forEach(directory::resolve);
        return ids;
    }

    /** Runs a step on another thread, and lets time pass whenever that one waits for it. */
    private <T> T advancingUntilDone(Supplier<T> step) throws Exception {
        CompletableFuture<T> running = CompletableFuture.supplyAsync(step);
        while (!running.isDone()) {
            if (scheduler.pendingTasks() > 0) {
                clock.advance(Duration.ofMillis(25));
            }
            Thread.onSpinWait();
        }
        return running.get(1, TimeUnit.SECONDS);
    }
}
