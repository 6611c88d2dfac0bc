/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.cache.CacheListener.LoadOutcome;
import io.github.acsidentity.cache.CacheListener.LoadReason;
import io.github.acsidentity.cache.CacheListener.RefreshOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecorderTest {

    private final WrittenEvents listener = new WrittenEvents();
    private final Recorder recorder = new Recorder(listener);

    /** Each event, the number that it moves, and what the listener hears. */
    static Stream<Event> events() {
        return Stream.of(
                new Event("fresh hit", Recorder::freshHit, CacheStats::freshHits),
                new Event("due hit", to -> to.dueHit(1500), CacheStats::dueHits),
                new Event("outage hit", to -> to.outageHit(90_000), CacheStats::outageHits, "return PT1M30S"),
                new Event("refusal", Recorder::refused, CacheStats::refusals),
                new Event("join", Recorder::joined, CacheStats::joins),
                new Event("skipped refresh", Recorder::refreshSkipped, CacheStats::skippedRefreshes),
                new Event("revocation", to -> to.revoked(true), CacheStats::revocations, "revocation true"),
                new Event("failed revocation", to -> to.revoked(false), CacheStats::revocations, "revocation false"),
                new Event("eviction", RecorderTest::evict, CacheStats::evictions, "eviction"));
    }

    /** A due hit is heard now and then only. */
    static Stream<Event> heardEvents() {
        return events().filter(event -> !event.name().equals("due hit"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void event_movesItsNumberAndNoOther(Event event) {
        List<Event> others =
                events().filter(other -> !isSameNumber(event, other)).toList();

        event.happens().accept(recorder);
        event.happens().accept(recorder);

        CacheStats stats = recorder.stats(0);
        assertThat(event.number().applyAsLong(stats)).isEqualTo(2);
        assertThat(others)
                .allSatisfy(other -> assertThat(other.number().applyAsLong(stats))
                        .as(other.name())
                        .isZero());
        assertThat(stats.calls()).isZero();
    }

    @ParameterizedTest
    @MethodSource("heardEvents")
    void event_isHeard(Event event) {
        event.happens().accept(recorder);
        event.happens().accept(recorder);

        List<String> heard = new ArrayList<>(event.heard());
        heard.addAll(event.heard());
        assertThat(listener.events).isEqualTo(heard);
    }

    @Test
    void dueHits_areHeardOnceIn64() {
        for (int i = 1; i <= 129; i++) {
            recorder.dueHit(i * 1000L);
        }

        assertThat(listener.events).containsExactly("return PT1S", "return PT1M5S", "return PT2M9S");
        assertThat(recorder.stats(0).dueHits()).isEqualTo(129);
    }

    @ParameterizedTest
    @EnumSource
    void loaded_countsReasonAndOutcome(LoadOutcome outcome) {
        recorder.loaded(LoadReason.FORCED, outcome, 2_000_000);
        recorder.loaded(LoadReason.ABSENT, outcome, 3_000_000);

        CacheStats stats = recorder.stats(0);
        assertThat(stats.loads()).containsOnlyKeys(LoadReason.values());
        assertThat(stats.loads(LoadReason.FORCED)).isEqualTo(1);
        assertThat(stats.loads(LoadReason.ABSENT)).isEqualTo(1);
        assertThat(stats.loads(LoadReason.SPENT)).isZero();
        assertThat(stats.loadOutcomes()).containsOnlyKeys(LoadOutcome.values());
        for (LoadOutcome other : LoadOutcome.values()) {
            assertThat(stats.loads(other)).isEqualTo(other == outcome ? 2 : 0);
        }
        assertThat(stats.calls()).isEqualTo(2);
        assertThat(listener.events)
                .containsExactly("load FORCED " + outcome + " PT0.002S", "load ABSENT " + outcome + " PT0.003S");
    }

    @ParameterizedTest
    @EnumSource
    void refreshed_countsTheOutcome(RefreshOutcome outcome) {
        recorder.refreshed(outcome, 5_000_000);

        CacheStats stats = recorder.stats(0);
        assertThat(stats.refreshes()).containsOnlyKeys(RefreshOutcome.values());
        for (RefreshOutcome other : RefreshOutcome.values()) {
            assertThat(stats.refreshes(other)).isEqualTo(other == outcome ? 1 : 0);
        }
        assertThat(stats.calls()).isEqualTo(1);
        assertThat(listener.events).containsExactly("refresh " + outcome + " PT0.005S");
    }

    @Test
    void returned_isHeardAndNotCounted() {
        recorder.returned(1000);

        assertThat(listener.events).containsExactly("return PT1S");
        assertThat(recorder.stats(7)).isEqualTo(new Recorder(listener).stats(7));
    }

    @Test
    void stats_areASnapshot() {
        recorder.freshHit();
        CacheStats before = recorder.stats(3);

        recorder.freshHit();
        recorder.dueHit(1);

        assertThat(before.hits()).isEqualTo(1);
        assertThat(before.users()).isEqualTo(3);
        assertThat(recorder.stats(3).hits()).isEqualTo(3);
    }

    @Test
    void stats_withoutANumber_sayZero() {
        CacheStats empty = new CacheStats(0, 0, 0, 0, 0, Map.of(), Map.of(), Map.of(), 0, 0, 0, 0);

        assertThat(empty.loads(LoadReason.ABSENT)).isZero();
        assertThat(empty.loads(LoadOutcome.ISSUED)).isZero();
        assertThat(empty.refreshes(RefreshOutcome.FAILED)).isZero();
        assertThat(empty.calls()).isZero();
    }

    @Test
    void listenerThatThrows_harmsNothing_andIsLoggedOnce() {
        List<Throwable> logged = new ArrayList<>();
        Recorder troubled = new Recorder(new Troubled(), new ListLogger(logged));

        troubled.returned(1);
        evict(troubled);
        evict(troubled);

        assertThat(troubled.stats(0).evictions()).isEqualTo(2);
        assertThat(logged).singleElement().isInstanceOf(LinkageError.class);
    }

    private static void evict(Recorder recorder) {
        recorder.evicted();
        recorder.tellEviction();
    }

    private static boolean isSameNumber(Event one, Event other) {
        boolean revocations = one.name().endsWith("revocation") && other.name().endsWith("revocation");
        return revocations || one.name().equals(other.name());
    }

    record Event(String name, Consumer<Recorder> happens, ToLongFunction<CacheStats> number, List<String> heard) {

        Event(String name, Consumer<Recorder> happens, ToLongFunction<CacheStats> number, String... heard) {
            this(name, happens, number, List.of(heard));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final class Troubled implements CacheListener {

        @Override
        public void onReturn(Duration remaining) {
            throw new NoClassDefFoundError("the metrics library is missing");
        }

        @Override
        public void onEviction() {
            throw new IllegalStateException("mistake of the listener");
        }
    }

    private record ListLogger(List<Throwable> logged) implements System.Logger {

        @Override
        public String getName() {
            return "list";
        }

        @Override
        public boolean isLoggable(Level level) {
            return level == Level.WARNING;
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String message, Throwable thrown) {
            logged.add(thrown);
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String format, Object... parameters) {
            throw new AssertionError(format);
        }
    }
}
