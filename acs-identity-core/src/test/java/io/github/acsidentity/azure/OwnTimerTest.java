/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnTimerTest {

    private final OwnTimer timer = new OwnTimer();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void deadlines_areNeverFirstInTheQueue() {
        for (int call = 0; call < 100; call++) {
            Future<?> deadline = timer.schedule(() -> {}, 60, SECONDS);
            assertThat((Object) timer.getQueue().peek()).isNotSameAs(deadline);
            deadline.cancel(false);
        }

        assertThat(timer.getQueue())
                .as("one task for all, at most another a second later")
                .hasSizeBetween(1, 2);
    }

    @Test
    void taskBeforeTheDeadlines_comesAgainWithTheNextCallAfterItsEnd() {
        timer.schedule(() -> {}, 60, SECONDS).cancel(false);
        Runnable first = timer.getQueue().peek();
        assertThat(timer.remove(first)).isTrue();
        timer.schedule(() -> {}, 60, SECONDS).cancel(false);
        assertThat(timer.getQueue()).isEmpty();

        first.run();
        timer.schedule(() -> {}, 60, SECONDS).cancel(false);

        assertThat(timer.getQueue()).hasSize(1);
    }

    @Test
    void shortDelay_needsNoTaskBeforeIt() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        Future<?> unused = timer.schedule(ran::countDown, 20, MILLISECONDS);

        assertThat(timer.getQueue().size()).isLessThanOrEqualTo(1);
        assertThat(ran.await(10, SECONDS)).isTrue();
    }

    @Test
    void afterShutdown_newDeadlinesAreRefused_andThoseUnderWayStay() {
        Future<?> deadline = timer.schedule(() -> {}, 60, SECONDS);

        timer.shutdown();

        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> timer.schedule(() -> {}, 60, SECONDS));
        assertThat(deadline.isDone()).isFalse();
    }
}
