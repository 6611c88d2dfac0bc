/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** That threads and memory which stay behind are noticed. */
class ResidueTest {

    private static final int BYTES = 32 << 20;

    @Test
    void aThreadThatStays_isNamed() throws InterruptedException {
        Residue before = Residue.now();
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "stays-behind");
        thread.start();

        assertThat(before.threadsLeft(Duration.ZERO)).contains("stays-behind");

        end.countDown();
        thread.join();
        assertThat(before.threadsLeft(Duration.ofSeconds(10))).doesNotContain("stays-behind");
    }

    @Test
    void memoryThatStaysInUse_isCounted() {
        Residue before = Residue.now();
        byte[] kept = new byte[BYTES];

        assertThat(before.moreBytes()).isGreaterThan(BYTES / 2);
        assertThat(kept).hasSize(BYTES);
    }

    @Test
    void whatStays_isAViolation_butForALittleMemory() {
        assertThat(Residue.judge(Set.of(), -1)).isEmpty();
        assertThat(Residue.judge(Set.of(), 8 << 20)).isEmpty();
        assertThat(Residue.judge(Set.of(), (8 << 20) + 1)).map(Violation::rule).contains("memory is left in use");
        assertThat(Residue.judge(Set.of("a thread"), 0)).map(Violation::rule).contains("threads are left behind");
    }
}
