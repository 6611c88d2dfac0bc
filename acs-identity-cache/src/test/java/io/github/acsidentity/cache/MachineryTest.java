/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a manager runs on, and what its keys are made of. */
class MachineryTest {

    private static final String CLIENT = "11111111-1111-4111-8111-111111111111";
    private static final String PERSON = "22222222-2222-4222-8222-222222222222";

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final ManualScheduler executor = new ManualScheduler(clock);
    private final Machinery machinery = machinery();
    private final List<String> done = new ArrayList<>();

    @Test
    void keepHouse_whenTheSchedulerIsShutDown_isDoneByTheThreadAtHand() {
        machinery.keepHouse(() -> done.add("by the timer"));
        assertThat(done).isEmpty();
        scheduler.runDueTasks();

        scheduler.shutdownNow();
        machinery.keepHouse(() -> done.add("at hand"));

        assertThat(done).containsExactly("by the timer", "at hand");
    }

    @Test
    void execute_whenTheExecutorIsShutDown_isDoneByTheThreadAtHand() {
        machinery.execute(() -> done.add("by the executor"));
        assertThat(done).isEmpty();
        executor.runDueTasks();

        executor.shutdownNow();
        machinery.execute(() -> done.add("at hand"));

        assertThat(done).containsExactly("by the executor", "at hand");
    }

    @Test
    void ownScheduler_keepsNoTimerThatWasCancelled() {
        ScheduledExecutorService scheduler = OwnThreads.scheduler();
        ScheduledFuture<?> timer = scheduler.schedule(() -> {}, 1, TimeUnit.HOURS);

        timer.cancel(false);

        assertThat(scheduler.shutdownNow()).isEmpty();
    }

    @Test
    void teamsKey_isOfTheEntraTokenAndOfWhomItIsFor() {
        TeamsKey key = TeamsKey.of(new TeamsTokenRequest("entra", CLIENT, PERSON));

        assertThat(key)
                .isEqualTo(TeamsKey.of(new TeamsTokenRequest("entra", CLIENT, PERSON)))
                .isNotEqualTo(TeamsKey.of(new TeamsTokenRequest("another", CLIENT, PERSON)))
                .isNotEqualTo(TeamsKey.of(new TeamsTokenRequest("entra", PERSON, PERSON)))
                .isNotEqualTo(TeamsKey.of(new TeamsTokenRequest("entra", CLIENT, CLIENT)))
                .hasToString("TeamsKey");
    }

    private Machinery machinery() {
        return Machinery.of(RefreshPolicy.defaults(), clock, () -> 0, scheduler, executor, new CacheListener() {});
    }
}
