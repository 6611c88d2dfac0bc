/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.DirectoryStats;
import io.github.acsidentity.directory.InMemoryUserMappingStore;
import io.github.acsidentity.directory.UserDirectory;
import io.github.acsidentity.directory.UserMappingStore;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two directories over one store, as two processes have them. */
@Timeout(120)
class UserDirectoryStressTest {

    private static final int IDS = 100;
    private static final int THREADS = 16;

    private final FakeIdentityService service = FakeIdentityService.create();
    private final IdentityManager manager = FakeIdentityManager.on(service);
    private final UserMappingStore store = new InMemoryUserMappingStore();
    private final List<UserDirectory> directories = List.of(
            UserDirectory.builder(manager, store).build(),
            UserDirectory.builder(manager, store).build());

    @AfterEach
    void close() {
        directories.forEach(UserDirectory::close);
        manager.close();
    }

    @Test
    void resolve_byManyThreadsOfTwoDirectories_bindsOneUserEach() {
        Map<String, UserId> seen = new ConcurrentHashMap<>();

        inParallel((directory, thread) -> {
            for (int i = 0; i < IDS; i++) {
                String id = "user " + i;
                UserId user = directory.resolve(id);
                assertThat(seen.computeIfAbsent(id, unused -> user)).isEqualTo(user);
            }
        });

        assertThat(seen).hasSize(IDS);
        assertThat(service.users()).containsExactlyInAnyOrderElementsOf(seen.values());
        assertThat(directories.get(0).stats()).isEqualTo(new DirectoryStats(IDS, 0, 0, 0, 0));
    }

    @Test
    void operations_withFaults_loseNoUserThatIsNotCounted() {
        service.faults().on(IdentityOperation.CREATE_USER).atRandom(0.2, 1, Fault.lostAnswer());
        service.faults().on(IdentityOperation.CREATE_USER).atRandom(0.2, 2, Fault.status(503));
        service.faults().on(IdentityOperation.DELETE_USER).atRandom(0.3, 3, Fault.lostAnswer());
        TokenRequest chat = TokenRequest.of(TokenScope.CHAT);

        inParallel((directory, thread) -> {
            for (int i = 0; i < IDS; i++) {
                String id = "user " + (i + thread) % 10;
                try {
                    if (i % 5 == 4) {
                        directory.delete(id);
                    } else {
                        directory.getToken(id, chat);
                    }
                } catch (IdentityException e) {
                    assertThat(e.getMessage()).doesNotContain(id);
                }
            }
        });
        service.faults().clear();
        directories.forEach(UserDirectory::recover);

        DirectoryStats stats = directories.get(0).stats();
        assertThat(stats.reserved() + stats.erasing() + stats.discarded()).isZero();
        assertThat(stats.bound())
                .isEqualTo(service.users().size() - service.orphans().size());
        assertThat(stats.possiblyUnknown())
                .isGreaterThanOrEqualTo(service.orphans().size());
    }

    private void inParallel(BiConsumer<UserDirectory, Integer> task) {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                running.add(CompletableFuture.runAsync(
                        () -> {
                            meet(start);
                            task.accept(directories.get(thread % 2), thread);
                        },
                        pool));
            }
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                    .orTimeout(100, TimeUnit.SECONDS)
                    .join();
        } finally {
            pool.shutdownNow();
        }
    }

    private static void meet(CyclicBarrier start) {
        try {
            start.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("The threads did not meet", e);
        }
    }
}
