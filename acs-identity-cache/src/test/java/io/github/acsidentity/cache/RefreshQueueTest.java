/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.cache.CallGate.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RefreshQueueTest {

    private final GateAtVirtualTime at = new GateAtVirtualTime(RefreshPolicy.defaults());
    private final Recorder recorder = new Recorder(new CacheListener() {});
    private final RefreshQueue queue = new RefreshQueue(at.gate, at.time, at.scheduler, recorder);
    private final List<String> begun = new ArrayList<>();
    private final Set<String> unneeded = new HashSet<>();

    @Test
    void turns_beginAt16PerSecond_whoseTokenIsSpentFirstFirst() {
        at.quickRefresh();
        SplittableRandom random = new SplittableRandom(1);
        random.ints(160, 0, 100_000).forEach(seconds -> add("%05d".formatted(seconds), Duration.ofHours(1 + seconds)));

        at.clock.advance(Duration.ofSeconds(11));

        assertThat(begun).hasSize(160).isSorted();
        assertThat(at.mostDeparturesIn(Duration.ofSeconds(1))).isEqualTo(16);
        assertThat(at.departures.get(160)).isEqualTo(Duration.ofSeconds(10).toNanos());
        assertThat(at.scheduler.pendingTasks()).isZero();
    }

    @Test
    void turn_thatFindsRoom_beginsAtOnce() {
        add("first", Duration.ofHours(1));

        assertThat(begun).containsExactly("first");
        assertThat(at.scheduler.pendingTasks()).isZero();
    }

    @Test
    void tryEnter_whileOthersWait_goesBehindThem() {
        assertThat(queue.tryEnter()).isTrue();
        at.gate.leave(Kind.REFRESH);
        add("waits", Duration.ofHours(1));
        at.scheduler.shutdownNow();
        at.clock.advance(Duration.ofSeconds(1));

        assertThat(queue.tryEnter()).isFalse();
        add("comes later, more urgent", Duration.ofMinutes(1));
        assertThat(begun).containsExactly("comes later, more urgent");
    }

    @Test
    void turn_whoseTokenIsSpentMeanwhile_isDroppedCountedAndCostsNoBudget() {
        at.gate.pause(Duration.ofMinutes(10));
        add("spent in 5 min", Duration.ofMinutes(5));
        add("spent in 10 min", Duration.ofMinutes(10));
        add("spent in 11 min", Duration.ofMinutes(11));

        at.clock.advance(Duration.ofMinutes(10));

        assertThat(begun).containsExactly("spent in 11 min");
        assertThat(recorder.stats(0).skippedRefreshes()).isEqualTo(2);
    }

    @Test
    void turn_thatIsNotNeededAnyMore_isDroppedWithoutMoreAdo() {
        at.quickRefresh();
        add("revoked", Duration.ofMinutes(5));
        add("needed", Duration.ofMinutes(10));
        unneeded.add("revoked");

        at.clock.advance(Duration.ofMillis(63));

        assertThat(begun).containsExactly("needed");
        assertThat(recorder.stats(0).skippedRefreshes()).isZero();
    }

    @Test
    void turn_whileCallersWaitAtTheGate_comesAfterThem() {
        for (int i = 0; i < 17; i++) {
            at.load("load", true);
        }
        add("refresh", Duration.ofHours(1));
        at.clock.advance(Duration.ofSeconds(2));
        assertThat(begun).isEmpty();

        at.end();
        at.end();
        at.clock.advance(Duration.ofSeconds(1));

        assertThat(begun).containsExactly("refresh");
    }

    @Test
    void turn_whileAsManyRefreshesAreUnderWayAsMayBe_comesWithinASecondOfTheEndOfOne() {
        for (int i = 0; i < 8; i++) {
            assertThat(queue.tryEnter()).isTrue();
            at.clock.advance(Duration.ofSeconds(1));
        }
        add("ninth", Duration.ofHours(1));
        at.clock.advance(Duration.ofMinutes(1));
        assertThat(begun).isEmpty();

        at.gate.leave(Kind.REFRESH);
        at.clock.advance(Duration.ofSeconds(1));

        assertThat(begun).containsExactly("ninth");
    }

    @Test
    void oneTimer_isEnoughForAll() {
        at.quickRefresh();
        for (int i = 0; i < 10; i++) {
            add("refresh", Duration.ofHours(1));
        }

        assertThat(at.scheduler.pendingTasks()).isOne();
    }

    @Test
    void schedulerThatIsClosed_endsTheLineWithoutAnException() {
        at.quickRefresh();
        at.scheduler.shutdownNow();

        add("refresh", Duration.ofHours(1));
        at.clock.advance(Duration.ofSeconds(1));

        assertThat(begun).isEmpty();
        assertThat(queue.tryEnter()).isTrue();
    }

    @Test
    void close_forgetsAll() {
        at.quickRefresh();
        add("refresh", Duration.ofHours(1));

        queue.close();
        at.clock.advance(Duration.ofSeconds(1));

        assertThat(begun).isEmpty();
        assertThat(at.scheduler.pendingTasks()).isZero();
    }

    private void add(String name, Duration life) {
        long spentAt = at.time.millis() + life.toMillis();
        queue.add(new RefreshQueue.Turn() {
            @Override
            public long spentAt() {
                return spentAt;
            }

            @Override
            public boolean isNeeded() {
                return !unneeded.contains(name);
            }

            @Override
            public void begin() {
                begun.add(name);
                at.departures.add(at.time.nanos());
                at.gate.leave(Kind.REFRESH);
            }
        });
    }
}
