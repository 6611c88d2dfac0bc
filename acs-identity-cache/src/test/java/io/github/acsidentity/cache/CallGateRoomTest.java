/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.acsidentity.cache.CallGate.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Who finds room at the gate, and when, where one call more or less makes the difference. */
class CallGateRoomTest {

    private final GateAtVirtualTime at = new GateAtVirtualTime(RefreshPolicy.defaults());

    @Test
    void refreshRate_isDividedByTheReplicas() {
        GateAtVirtualTime gate =
                new GateAtVirtualTime(RefreshPolicy.builder().replicas(4).build());
        for (int i = 0; i < 30_000; i++) {
            gate.quickRefresh();
            gate.clock.advance(Duration.ofMillis(1));
        }

        assertThat(gate.departures.size()).as("16 per second, a quarter of it").isBetween(115, 121);
    }

    @Test
    void burst_isThereFromTheBeginning_howeverLowTheRate() {
        GateAtVirtualTime slow = new GateAtVirtualTime(RefreshPolicy.builder()
                .callsPerSecond(0.5)
                .refreshesPerSecond(0.5)
                .build());
        for (int i = 0; i < 4; i++) {
            slow.quickLoad("load" + i, true);
        }

        assertThat(slow.entered).as("what eight seconds allow").hasSize(4);
    }

    @Test
    void refresh_atTheEndOfAPause_countsLikeAnyCall() {
        at.gate.pause(Duration.ofSeconds(60));
        at.clock.advance(Duration.ofSeconds(60));
        assertThat(at.quickRefresh()).isTrue();

        at.quickLoad("load", true);

        assertThat(at.entered)
                .as("there is one call at once, and that was the refresh")
                .isEmpty();
        at.clock.advance(Duration.ofMillis(40));
        assertThat(at.entered).containsExactly("load");
    }

    @Test
    void load_atTheEndOfAPause_findsTheFullRateAgain() {
        at.gate.pause(Duration.ofSeconds(60));
        at.clock.advance(Duration.ofSeconds(60));

        at.quickLoad("first", true);
        at.quickLoad("second", true);

        assertThat(at.entered).containsExactly("first");
        at.clock.advance(Duration.ofMillis(40));
        assertThat(at.entered).containsExactly("first", "second");
    }

    @Test
    void takeBackRefresh_givesTheCallBackToo() {
        GateAtVirtualTime slow = new GateAtVirtualTime(
                RefreshPolicy.builder().callsPerSecond(1).refreshesPerSecond(1).build());
        for (int i = 0; i < 20; i++) {
            assertThat(slow.gate.tryEnterRefresh()).isTrue();
            slow.gate.takeBackRefresh();
        }

        for (int i = 0; i < 8; i++) {
            slow.quickLoad("load" + i, true);
        }

        assertThat(slow.entered).as("the whole burst").hasSize(8);
    }

    @Test
    void prefetch_thatACallerBeginsToWaitFor_goesOutOnce_andTheOthersKeepTheirTurn() {
        at.clock.advance(Duration.ofHours(1));
        for (int i = 0; i < 16; i++) {
            at.load("load" + i, true);
        }
        at.load("prefetch", false);
        at.load("awaited", false);
        at.entered.clear();
        at.awaited.add("awaited");

        at.gate.hurry();
        assertThat(at.turnedAway).isEmpty();
        for (int i = 0; i < 4; i++) {
            at.end();
        }

        assertThat(at.entered).containsExactly("awaited", "prefetch");
        assertThat(at.turnedAway).isEmpty();
    }

    @Test
    void prefetch_thatACallerBeginsToWaitFor_isTurnedAwayWhenTheCallersPatienceEnds() {
        at.clock.advance(Duration.ofHours(1));
        for (int i = 0; i < 16; i++) {
            at.load("load" + i, true);
        }
        at.load("awaited", false);
        at.clock.advance(Duration.ofHours(1));
        at.awaited.add("awaited");

        at.gate.hurry();

        at.clock.advance(Duration.ofMillis(4_999));
        assertThat(at.turnedAway).isEmpty();
        at.clock.advance(Duration.ofMillis(1));
        assertThat(at.turnedAway).containsExactly("awaited");
    }

    @Test
    void load_thatFindsNoSlot_isTurnedAwayWhenItsPatienceEnds_howeverLongTheGateHasBeenThere() {
        at.clock.advance(Duration.ofHours(1));
        for (int i = 0; i < 17; i++) {
            at.load("load" + i, true);
        }

        at.clock.advance(Duration.ofMillis(4_999));
        assertThat(at.turnedAway).isEmpty();
        at.clock.advance(Duration.ofMillis(1));
        assertThat(at.turnedAway).containsExactly("load16");
    }

    @Test
    void load_thatIsNotWanted_isWithdrawnOnce() {
        for (int i = 0; i < 17; i++) {
            at.load("load" + i, true);
        }
        at.unwanted.add("load16");

        at.gate.withdrawUnwanted();
        at.gate.withdrawUnwanted();
        at.end();

        assertThat(at.withdrawn).containsExactly("load16");
    }

    @Test
    void oneWhoThrowsAtItsEnd_isHeardOf_whenTheOthersHaveHadTheirs() {
        for (int i = 0; i < 18; i++) {
            at.load("load" + i, true);
        }
        at.unwanted.addAll(List.of("load16", "load17"));
        at.throwsAtItsEnd = "load16";

        assertThatIllegalStateException().isThrownBy(at.gate::withdrawUnwanted).withMessage("planted");

        assertThat(at.withdrawn).containsExactly("load16", "load17");
    }

    @Test
    void longQueue_whenTheSchedulerRefusesToTakeItOver_isWorkedOffAllTheSame() {
        for (int i = 0; i < 16; i++) {
            at.load("load" + i, true);
        }
        for (int i = 0; i < 60; i++) {
            at.quickLoad("quick" + i, true);
        }
        at.schedulerFailsOnce(new RejectedExecutionException("planted"));

        at.end();
        at.scheduler.runDueTasks();

        assertThat(at.entered).hasSize(76).doesNotHaveDuplicates();
        assertThat(at.turnedAway).isEmpty();
    }

    @Test
    void prefetch_whileRefreshesTakeAllSlotsOfBackgroundWork_waits() {
        GateAtVirtualTime narrow = new GateAtVirtualTime(
                RefreshPolicy.builder().concurrentRefreshes(4).build());
        for (int i = 0; i < 3; i++) {
            assertThat(narrow.gate.tryEnterRefresh()).isTrue();
            narrow.clock.advance(Duration.ofSeconds(1));
        }

        narrow.load("prefetch1", false);
        narrow.load("prefetch2", false);

        assertThat(narrow.entered).as("one slot is left of four").containsExactly("prefetch1");
        narrow.gate.leave(Kind.REFRESH);
        assertThat(narrow.entered).containsExactly("prefetch1", "prefetch2");
    }
}
