/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The model under several threads. */
class ServiceConcurrencyTest {

    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);
    private static final int THREADS = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final FakeIdentityManager manager = FakeIdentityManager.create();
    private final FakeIdentityService service = manager.service();

    @AfterEach
    void shutDown() {
        threads.shutdownNow();
    }

    @Test
    void revokeTokens_tokenReturnedBeforeItStarted_isNotAcceptedOnceItReturned() throws Exception {
        UserId user = manager.createUser();
        Queue<AccessToken> issued = new ConcurrentLinkedQueue<>();

        AtomicBoolean done = new AtomicBoolean();
        Callable<Integer> issuer = () -> {
            for (int i = 0; i < 500; i++) {
                issued.add(manager.getToken(user, CHAT));
            }
            done.set(true);
            return 0;
        };
        Callable<Integer> revoker = () -> {
            int count = 0;
            while (!done.get()) {
                List<AccessToken> before = List.copyOf(issued);
                manager.revokeTokens(user);
                assertThat(before).noneMatch(service::isAccepted);
                count += before.size();
                issued.removeAll(before);
            }
            return count;
        };

        List<Integer> checked = inParallel(List.of(issuer, revoker));

        assertThat(checked.stream().mapToInt(Integer::intValue).sum()).isPositive();
        manager.revokeTokens(user);
        assertThat(issued).noneMatch(service::isAccepted);
        assertThat(service.isAccepted(manager.getToken(user, CHAT))).isTrue();
    }

    @Test
    void deleteUser_racingWithIssue_leavesNoTokenThatWorks() throws Exception {
        for (int round = 0; round < 100; round++) {
            UserId user = manager.createUser();
            Queue<AccessToken> issued = new ConcurrentLinkedQueue<>();

            Callable<Integer> issuer = () -> {
                try {
                    issued.add(manager.getToken(user, CHAT));
                } catch (UserNotFoundException e) {
                    assertThat(e.user()).contains(user);
                }
                return 1;
            };
            Callable<Integer> deleter = () -> {
                manager.deleteUser(user);
                return 1;
            };

            assertThat(inParallel(List.of(issuer, deleter))).containsExactly(1, 1);
            assertThat(issued).noneMatch(service::isAccepted);
        }
        assertThat(service.users()).isEmpty();
    }

    @Test
    void createUserWithToken_inParallel_givesUniqueIdsAndTokens() throws Exception {
        Set<UserId> users = ConcurrentHashMap.newKeySet();
        Set<String> tokens = ConcurrentHashMap.newKeySet();
        Callable<Integer> creator = () -> {
            for (int i = 0; i < 150; i++) {
                var created = manager.createUserWithToken(CHAT);
                users.add(created.user());
                tokens.add(created.token().value());
            }
            return 150;
        };

        List<Integer> created = inParallel(Collections.nCopies(THREADS, creator));

        int total = created.stream().mapToInt(Integer::intValue).sum();
        assertThat(users).hasSize(total);
        assertThat(tokens).hasSize(total).allMatch(service::isAccepted);
        assertThat(service.users()).hasSize(total).containsAll(users);
        assertThat(service.calls()).hasSize(total);
    }

    @Test
    void inject_inParallel_strikesExactlyTheCallsItIsMeantFor() throws Exception {
        service.faults().on().times(100, Fault.status(503));
        Callable<Integer> caller = () -> {
            int failures = 0;
            for (int i = 0; i < 50; i++) {
                failures += manager.async().createUser().isCompletedExceptionally() ? 1 : 0;
            }
            return failures;
        };

        List<Integer> failures = inParallel(Collections.nCopies(THREADS, caller));

        assertThat(failures.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
        assertThat(service.users()).hasSize(100);
    }

    private List<Integer> inParallel(List<Callable<Integer>> tasks) throws Exception {
        List<Integer> results = new ArrayList<>();
        for (Future<Integer> result : threads.invokeAll(tasks)) {
            results.add(result.get());
        }
        return results;
    }
}
