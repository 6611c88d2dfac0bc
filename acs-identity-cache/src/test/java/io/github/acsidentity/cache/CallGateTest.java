/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.TimeSource;
import io.github.acsidentity.cache.CallGate.Kind;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallGateTest {

    private static final Duration WINDOW = Duration.ofSeconds(30);

    private final GateAtVirtualTime at = new GateAtVirtualTime(RefreshPolicy.defaults());

    @Test
    void loads_asManyAsTheGateTakes_stayBelowTheQuotaInEveryWindow() {
        for (int tenth = 0; tenth < 1800; tenth++) {
            boolean rest = tenth >= 600 && tenth < 900;
            for (int i = 0; i < (rest ? 0 : 40); i++) {
                at.quickLoad("load", true);
            }
            at.clock.advance(Duration.ofMillis(100));
        }

        assertThat(at.mostDeparturesIn(WINDOW)).isBetween(945, 950);
        assertThat(at.departures.size()).as("200 + 60 s, the queue, 200 + 90 s").isBetween(4270, 4280);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void callsOfAllKinds_stayBelowTheQuotaInEveryWindow(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        while (at.time.nanos() < Duration.ofMinutes(5).toNanos()) {
            int many = random.nextInt(60);
            switch (random.nextInt(4)) {
                case 0 -> Collections.nCopies(many, "load").forEach(name -> at.quickLoad(name, true));
                case 1 -> Collections.nCopies(many, "prefetch").forEach(name -> at.quickLoad(name, false));
                case 2 -> Collections.nCopies(many, "refresh").forEach(name -> at.quickRefresh());
                default -> at.clock.advance(Duration.ofMillis(random.nextLong(random.nextInt(20) == 0 ? 20_000 : 900)));
            }
        }

        assertThat(at.mostDeparturesIn(WINDOW)).isBetween(700, 950);
    }

    @ParameterizedTest
    @CsvSource({"25, 1, 950", "25, 10, 95", "5, 1, 190", "1, 1, 38", "0.1, 1, 4", "100, 4, 950"})
    void rate_isDividedByTheReplicas(double callsPerSecond, int replicas, int inEachWindow) {
        RefreshPolicy policy = RefreshPolicy.builder()
                .callsPerSecond(callsPerSecond)
                .refreshesPerSecond(Math.min(callsPerSecond, 16))
                .replicas(replicas)
                .build();
        GateAtVirtualTime gate = new GateAtVirtualTime(policy);
        for (int i = 0; i < 2000; i++) {
            gate.quickLoad("load", true);
            gate.clock.advance(Duration.ofMillis(33));
        }

        assertThat(gate.mostDeparturesIn(WINDOW)).isBetween(inEachWindow * 9 / 10, inEachWindow);
    }

    @Test
    void refreshes_areAtMost16PerSecondAndEvenlySpread() {
        for (int i = 0; i < 30_000; i++) {
            at.quickRefresh();
            at.clock.advance(Duration.ofMillis(1));
        }

        assertThat(at.mostDeparturesIn(Duration.ofSeconds(1))).isEqualTo(16);
        assertThat(at.mostDeparturesIn(Duration.ofMillis(62))).isEqualTo(1);
        assertThat(at.departures.size()).isBetween(470, 480);
    }

    @Test
    void loads_beyondTheConcurrencyLimit_waitForTheEndOfACall() {
        for (int i = 0; i < 18; i++) {
            at.load("load" + i, true);
        }

        assertThat(at.entered.size()).isEqualTo(16);
        at.end();
        assertThat(at.entered).hasSize(17).endsWith("load16");
        at.end();
        assertThat(at.entered).hasSize(18).endsWith("load17");
        assertThat(at.turnedAway).isEmpty();
    }

    @Test
    void refreshes_beyondTheConcurrencyLimit_areNotBegun() {
        for (int i = 0; i < 8; i++) {
            assertThat(at.gate.tryEnterRefresh()).isTrue();
            at.clock.advance(Duration.ofSeconds(1));
        }

        assertThat(at.gate.tryEnterRefresh()).isFalse();
        at.gate.leave(Kind.REFRESH);
        assertThat(at.gate.tryEnterRefresh()).isTrue();
    }

    @Test
    void refresh_whileThereIsKnownToBeNoRoom_takesNoLock() throws Exception {
        assertThat(at.gate.tryEnterRefresh()).isTrue();
        assertThat(at.gate.tryEnterRefresh()).as("the rate is used up").isFalse();
        FutureTask<Boolean> another = new FutureTask<>(at.gate::tryEnterRefresh);
        Thread thread = new Thread(another);

        synchronized (at.gate) {
            thread.start();
            assertThat(another.get(10, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void prefetches_leaveCallersAndRefreshesTheirSlots() {
        for (int i = 0; i < 16; i++) {
            at.load("prefetch", false);
        }
        assertThat(at.entered).containsOnly("prefetch").hasSize(4);

        for (int i = 0; i < 4; i++) {
            assertThat(at.gate.tryEnterRefresh()).isTrue();
            at.clock.advance(Duration.ofSeconds(1));
        }
        assertThat(at.gate.tryEnterRefresh())
                .as("half of the slots are for callers")
                .isFalse();
        for (int i = 0; i < 8; i++) {
            at.load("load", true);
        }
        assertThat(at.entered).hasSize(12).endsWith("load");
        at.end();
        assertThat(at.entered)
                .as("a prefetch has made room for a prefetch")
                .hasSize(13)
                .endsWith("prefetch");
    }

    @Test
    void load_thatFindsNoSlotInTime_isToldSo() {
        for (int i = 0; i < 17; i++) {
            at.load("load" + i, true);
        }

        at.clock.advance(Duration.ofSeconds(5));

        assertThat(at.turnedAway).containsExactly("load16");
        assertThat(at.reasons).containsExactly("16 calls are under way, as many as may be");
        assertThat(at.retryAfters).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void oneWhoThrowsAtItsEnd_doesNotKeepTheOthersFromTheirs() {
        for (int i = 0; i < 18; i++) {
            at.load("load" + i, true);
        }
        at.throwsAtItsEnd = "load16";

        at.clock.advance(Duration.ofSeconds(5));

        assertThat(at.turnedAway).containsExactly("load16", "load17");
    }

    @Test
    void fencedLoadInTheQueue_isWithdrawnAtOnce() {
        for (int i = 0; i < 18; i++) {
            at.load("load" + i, true);
        }
        at.unwanted.add("load16");

        at.gate.withdrawUnwanted();

        assertThat(at.withdrawn).containsExactly("load16");
        at.end();
        assertThat(at.entered).endsWith("load17");
    }

    @Test
    void schedulerThatFailsOnce_failsThoseWhoWait_andNobodyElse() {
        for (RuntimeException failure :
                List.of(new IllegalStateException("planted"), new RejectedExecutionException("planted"))) {
            GateAtVirtualTime troubled = new GateAtVirtualTime(RefreshPolicy.builder()
                    .callsPerSecond(1)
                    .refreshesPerSecond(1)
                    .build());
            for (int i = 0; i < 8; i++) {
                troubled.quickLoad("burst", true);
            }
            troubled.schedulerFailsOnce(failure);

            troubled.quickLoad("first", true);
            assertThat(troubled.turnedAway).containsExactly("first");

            troubled.quickLoad("second", true);
            troubled.clock.advance(Duration.ofSeconds(1));
            assertThat(troubled.entered).endsWith("second");
        }
    }

    @Test
    void prefetchThatNobodyWantsAnyMore_isWithdrawn_andMakesRoomForTheNext() {
        for (int i = 0; i < 16; i++) {
            at.load("load" + i, true);
        }
        at.load("unwanted", false);
        at.load("wanted", false);
        at.unwanted.add("unwanted");

        at.end();

        assertThat(at.withdrawn).containsExactly("unwanted");
        assertThat(at.entered).hasSize(17).endsWith("wanted");
        at.end();
        assertThat(at.entered).as("it does not come again").hasSize(17);
    }

    @Test
    void refresh_takenBack_makesRoomAtOnce() {
        assertThat(at.gate.tryEnterRefresh()).isTrue();
        assertThat(at.gate.tryEnterRefresh()).isFalse();

        at.gate.takeBackRefresh();

        assertThat(at.gate.tryEnterRefresh()).isTrue();
    }

    @Test
    void refresh_afterAPause_isBegunAgainAtItsEndAndNotBefore() {
        at.gate.pause(Duration.ofSeconds(5));
        at.clock.advance(Duration.ofMillis(4_999));
        assertThat(at.gate.tryEnterRefresh()).isFalse();

        at.clock.advance(Duration.ofMillis(1));

        assertThat(at.gate.tryEnterRefresh()).isTrue();
    }

    @Test
    void refreshes_leaveLoadsTheirRoom() {
        for (int i = 0; i < 8; i++) {
            assertThat(at.gate.tryEnterRefresh()).isTrue();
            at.clock.advance(Duration.ofSeconds(1));
        }
        for (int i = 0; i < 8; i++) {
            at.load("load", true);
        }
        at.gate.leave(Kind.REFRESH);

        assertThat(at.entered.size()).isEqualTo(8);
        assertThat(at.gate.tryEnterRefresh()).as("there is room").isTrue();
        assertThat(at.gate.tryEnterRefresh()).as("all room is taken").isFalse();
        at.load("late", true);
        at.gate.leave(Kind.REFRESH);
        assertThat(at.entered).endsWith("late");
    }

    @Test
    void refresh_whileALoadWaits_isNotBegun() {
        for (int i = 0; i < 17; i++) {
            at.load("load" + i, true);
        }
        at.clock.advance(Duration.ofSeconds(1));

        assertThat(at.gate.tryEnterRefresh()).isFalse();
    }

    @Test
    void takeBackRefresh_makesRoomForWhoWaits() {
        GateAtVirtualTime narrow = new GateAtVirtualTime(RefreshPolicy.builder()
                .concurrentLoads(1)
                .concurrentRefreshes(1)
                .build());
        assertThat(narrow.gate.tryEnterRefresh()).isTrue();
        narrow.load("prefetch", false);
        assertThat(narrow.entered).isEmpty();

        narrow.gate.takeBackRefresh();

        assertThat(narrow.entered).containsExactly("prefetch");
        narrow.end();
        assertThat(narrow.gate.tryEnterRefresh())
                .as("the rate was given back too")
                .isTrue();
    }

    @Test
    void load_goesBeforePrefetches() {
        for (int i = 0; i < 16; i++) {
            at.load("first", true);
        }
        at.load("prefetch1", false);
        at.load("load1", true);
        at.load("prefetch2", false);
        at.load("load2", true);
        at.entered.clear();

        for (int i = 0; i < 4; i++) {
            at.end();
        }

        assertThat(at.entered).containsExactly("load1", "load2", "prefetch1", "prefetch2");
    }

    @Test
    void prefetches_leaveHalfOfTheBurstToOthersAndTheRateToRefreshes() {
        for (int i = 0; i < 10_000; i++) {
            at.quickLoad("prefetch", false);
        }
        assertThat(at.entered.size()).isEqualTo(100);

        for (int i = 0; i < 90; i++) {
            at.quickLoad("load", true);
        }
        assertThat(at.entered.size()).isEqualTo(190);

        int refreshes = 0;
        for (int i = 0; i < 60_000; i++) {
            refreshes += at.quickRefresh() ? 1 : 0;
            at.clock.advance(Duration.ofMillis(1));
        }
        assertThat(refreshes).isBetween(950, 960);
        assertThat(at.departures.size()).isBetween(1590, 1700);
    }

    @Test
    void prefetches_usedUpAtTheRate() {
        for (int i = 0; i < 1000; i++) {
            at.quickLoad("prefetch", false);
        }

        at.clock.advance(Duration.ofSeconds(35));
        assertThat(at.entered.size()).isBetween(970, 980);
        at.clock.advance(Duration.ofSeconds(2));
        assertThat(at.entered.size()).isEqualTo(1000);
        assertThat(at.scheduler.pendingTasks()).isZero();
    }

    @Test
    void load_thatWouldWaitTooLong_isTurnedAwayAtOnce() {
        GateAtVirtualTime slow = new GateAtVirtualTime(
                RefreshPolicy.builder().callsPerSecond(1).refreshesPerSecond(1).build());
        for (int i = 1; i <= 15; i++) {
            slow.quickLoad("load" + i, true);
        }

        assertThat(slow.entered.size()).isEqualTo(8);
        assertThat(slow.turnedAway).containsExactly("load14", "load15");
        assertThat(slow.retryAfters).containsExactly(Duration.ofSeconds(6), Duration.ofSeconds(6));
        slow.clock.advance(Duration.ofSeconds(5));
        assertThat(slow.entered).hasSize(13).endsWith("load13");
    }

    @Test
    void loads_whoseTurnComesWithinTheBurst_queueUpInNumbers() {
        for (int i = 0; i < 400; i++) {
            at.load("load", true);
        }

        assertThat(at.entered.size()).isEqualTo(16);
        assertThat(at.turnedAway.size())
                .as("200 at once and 125 in five seconds are not")
                .isEqualTo(75);
        at.clock.advance(Duration.ofMillis(100));
        for (int i = 0; i < 190; i++) {
            at.end();
        }
        assertThat(at.entered.size()).isBetween(200, 206);
    }

    @Test
    void load_behindCallsThatHang_isTurnedAwayAfterTheJoinTimeout() {
        for (int i = 0; i < 17; i++) {
            at.load("load" + i, true);
        }

        at.clock.advance(Duration.ofMillis(4999));
        assertThat(at.turnedAway).isEmpty();
        at.clock.advance(Duration.ofMillis(1));
        assertThat(at.turnedAway).containsExactly("load16");
        at.end();
        assertThat(at.entered.size()).isEqualTo(16);
    }

    @Test
    void pause_stopsRefreshesAndPrefetches_andLoadsGoOnAtAQuarterOfTheRate() {
        at.gate.pause(Duration.ofSeconds(20));
        at.quickLoad("prefetch", false);

        assertThat(at.gate.tryEnterRefresh()).isFalse();
        long start = at.time.nanos();
        for (int i = 0; i < 200; i++) {
            at.quickLoad("load", true);
            at.clock.advance(Duration.ofMillis(100));
        }
        assertThat(at.entered).doesNotContain("prefetch");
        assertThat(at.departuresSince(start)).isBetween(124L, 127L);
        assertThat(at.mostDeparturesIn(Duration.ofSeconds(1))).isLessThanOrEqualTo(7);
    }

    @Test
    void pause_endsByItself() {
        at.gate.pause(Duration.ofSeconds(20));
        at.quickLoad("prefetch", false);

        at.clock.advance(Duration.ofMillis(19_999));
        assertThat(at.gate.tryEnterRefresh()).isFalse();
        at.clock.advance(Duration.ofMillis(1));
        assertThat(at.gate.tryEnterRefresh()).isTrue();
        assertThat(at.entered)
                .as("before half of the burst is there for others")
                .isEmpty();
        at.clock.advance(Duration.ofSeconds(5));
        assertThat(at.entered).containsExactly("prefetch");
    }

    @Test
    void pause_savesUpNoBurst() {
        at.gate.pause(Duration.ofSeconds(200));
        at.clock.advance(Duration.ofSeconds(199));
        for (int i = 0; i < 40; i++) {
            at.quickLoad("load", true);
        }
        assertThat(at.entered).as("during the pause").hasSize(1);

        at.clock.advance(Duration.ofSeconds(1));
        int before = at.entered.size();
        for (int i = 0; i < 100; i++) {
            at.quickLoad("load", true);
        }
        assertThat(at.entered.size() - before).as("at its end").isLessThan(10);
    }

    @Test
    void pause_whileOneGoesOn_countsIfItIsLonger() {
        at.gate.pause(Duration.ofSeconds(20));
        at.clock.advance(Duration.ofSeconds(10));
        at.gate.pause(Duration.ofSeconds(5));
        at.clock.advance(Duration.ofSeconds(9));
        assertThat(at.gate.tryEnterRefresh()).isFalse();

        at.gate.pause(Duration.ofSeconds(20));
        at.clock.advance(Duration.ofSeconds(19));
        assertThat(at.gate.tryEnterRefresh()).isFalse();
        at.clock.advance(Duration.ofSeconds(1));
        assertThat(at.gate.tryEnterRefresh()).isTrue();
    }

    @Test
    void close_endsTheWaitOfAllAndTurnsAwayWhoComesLater() {
        for (int i = 0; i < 17; i++) {
            at.load("load" + i, true);
        }
        at.load("prefetch", false);

        at.gate.close(new IllegalStateException("closed"));
        at.load("later", true);
        at.load("later prefetch", false);

        assertThat(at.turnedAway).containsExactly("load16", "prefetch", "later", "later prefetch");
        at.end();
        assertThat(at.entered.size()).isEqualTo(16);
    }

    @Test
    void load_whenTheSchedulerTakesNoTasks_isTurnedAwayInsteadOfWaitingForEver() {
        at.scheduler.shutdownNow();
        for (int i = 0; i < 17; i++) {
            at.load("load" + i, true);
        }

        assertThat(at.entered.size()).isEqualTo(16);
        assertThat(at.turnedAway).containsExactly("load16");
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void everyLoad_getsOneAnswer_whateverHappensBefore(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int loads = 0;
        int refreshes = 0;
        for (int step = 0; step < 3000; step++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> at.load("load" + loads++, true);
                case 3, 4 -> at.load("load" + loads++, false);
                case 5, 6 -> at.clock.advance(Duration.ofMillis(random.nextLong(400)));
                case 7 -> {
                    if (at.gate.tryEnterRefresh()) {
                        if (random.nextBoolean()) {
                            at.gate.takeBackRefresh();
                        } else {
                            refreshes++;
                        }
                    }
                }
                case 8 -> {
                    if (random.nextInt(20) == 0) {
                        at.gate.pause(Duration.ofMillis(random.nextLong(5000)));
                    }
                }
                default -> {
                    if (!at.underway.isEmpty()) {
                        at.end();
                    } else if (refreshes > 0) {
                        refreshes--;
                        at.gate.leave(Kind.REFRESH);
                    }
                }
            }
            assertThat(at.underway.size() + refreshes).isLessThanOrEqualTo(16);
            assertThat(refreshes).isLessThanOrEqualTo(8);
        }
        for (; refreshes > 0; refreshes--) {
            at.gate.leave(Kind.REFRESH);
        }
        while (at.entered.size() + at.turnedAway.size() < loads) {
            int before = at.entered.size() + at.turnedAway.size();
            while (!at.underway.isEmpty()) {
                at.end();
            }
            at.clock.advance(Duration.ofMinutes(1));
            assertThat(at.entered.size() + at.turnedAway.size())
                    .as("somebody moves")
                    .isGreaterThan(before);
        }

        assertThat(at.entered).doesNotHaveDuplicates().doesNotContainAnyElementsOf(at.turnedAway);
        assertThat(at.turnedAway).doesNotHaveDuplicates();
        assertThat(at.mostDeparturesIn(WINDOW)).isLessThanOrEqualTo(950);
    }

    @Test
    void loadsOfManyThreads_allGetThrough() throws Exception {
        int threads = 4;
        int loadsOfEach = 2000;
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        ExecutorService service = Executors.newSingleThreadExecutor();
        CountDownLatch ended = new CountDownLatch(threads * loadsOfEach);
        CallGate gate = new CallGate(
                RefreshPolicy.builder()
                        .callsPerSecond(10_000)
                        .concurrentLoads(3)
                        .concurrentRefreshes(3)
                        .joinTimeout(Duration.ofMinutes(1))
                        .build(),
                new CacheTime(TimeSource.system()),
                scheduler);
        try {
            for (int thread = 0; thread < threads; thread++) {
                boolean urgent = thread % 2 == 0;
                callers.execute(() -> {
                    for (int i = 0; i < loadsOfEach; i++) {
                        gate.enter(new Call(gate, service, ended, urgent));
                        if (gate.tryEnterRefresh()) {
                            gate.takeBackRefresh();
                        }
                    }
                });
            }
            assertThat(ended.await(30, TimeUnit.SECONDS)).as("all got through").isTrue();
        } finally {
            callers.shutdownNow();
            service.shutdownNow();
            scheduler.shutdownNow();
        }
    }

    private record Call(CallGate gate, ExecutorService service, CountDownLatch ended, boolean isUrgent)
            implements CallGate.Entrant {

        @Override
        public void enter(Kind kind) {
            service.execute(() -> {
                ended.countDown();
                gate.leave(kind);
            });
        }

        @Override
        public void turnAway(String reason, Duration retryAfter) {
            throw new AssertionError("Nobody is to be turned away");
        }

        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public void withdraw() {
            throw new AssertionError("Everybody is wanted");
        }

        @Override
        public void abandon(Throwable reason) {
            throw new AssertionError("Nobody is to be abandoned", reason);
        }
    }
}
