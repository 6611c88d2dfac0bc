/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.CreationAttempt;
import io.github.acsidentity.directory.ExternalId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** What the contract of stores works with. */
final class Mappings {

    static final Instant NOW = Instant.parse("2026-01-31T09:00:00Z");
    static final Duration LIFE = Duration.ofMinutes(1);
    static final ExternalId ALICE = ExternalId.of("alice");
    static final ExternalId BOB = ExternalId.of("bob");

    private Mappings() {}

    static UserId user(int number) {
        return new UserId("8:acs:5f1c2a9e-0d3b-4c7a-9b1e-2f6a8c4d7e90_%08d".formatted(number));
    }

    /** Returns a new attempt that starts some milliseconds after {@link #NOW}. */
    static CreationAttempt attempt(long millis) {
        Instant start = NOW.plusMillis(millis);
        return new CreationAttempt(UUID.randomUUID(), start, start.plus(LIFE));
    }

    /** Returns ids that differ in case, blanks, form of Unicode, or the place of the border to the namespace. */
    static List<ExternalId> alike() {
        return List.of(
                ExternalId.of("a"),
                ExternalId.of("A"),
                ExternalId.of("a "),
                ExternalId.of(" a"),
                ExternalId.of("\u00e1"),
                ExternalId.of("a\u0301"),
                new ExternalId("a", "b"),
                new ExternalId("A", "b"),
                new ExternalId("a ", "b"),
                ExternalId.of("ab"),
                ExternalId.of("a/b"),
                ExternalId.of("\uD83D\uDE00"),
                ExternalId.of("x".repeat(512)),
                ExternalId.of("x".repeat(511)),
                ExternalId.of("\u6f22".repeat(512)),
                new ExternalId("x".repeat(128), "x".repeat(512)));
    }

    /** Adds a page to those before it, unless it is too long or comes back: then pages might come for ever. */
    static <T> void addPage(List<T> page, int limit, List<T> all) {
        assertThat(page).as("page").hasSizeLessThanOrEqualTo(limit);
        all.addAll(page);
        assertThat(all).as("pages together").doesNotHaveDuplicates();
    }

    /** Lets threads run a task at the same time, and throws the first failure. */
    static void inParallel(int threads, IntConsumer task) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                running.add(CompletableFuture.runAsync(
                        () -> {
                            await(start);
                            task.accept(thread);
                        },
                        pool));
            }
            start.countDown();
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                    .orTimeout(1, TimeUnit.MINUTES)
                    .join();
        } finally {
            pool.shutdownNow();
        }
    }

    private static void await(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the start", e);
        }
    }
}
