/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.UserDirectory;
import io.github.acsidentity.directory.UserMapping;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two directories above one store, each with a look-aside and a token cache of its own, as in two processes. */
class CachedDirectoryTest {

    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);
    private static final ExternalId ALICE = ExternalId.of("alice");

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final FakeIdentityService service =
            FakeIdentityService.builder().clock(clock).build();
    private final SteppedMappingStore shared = new SteppedMappingStore();
    private final Node first = new Node();
    private final Node second = new Node();

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    void getToken_again_isOfTheSameUserEverywhere() {
        AccessToken token = first.directory.getToken("alice", CHAT);

        assertThat(first.directory.getToken("alice", CHAT)).isEqualTo(token);
        assertThat(second.directory.resolve("alice")).isEqualTo(first.directory.resolve("alice"));
        assertThat(service.usersCreated()).hasSize(1);
    }

    @Test
    void getToken_thatIsHeld_asksNeitherStoreNorService() {
        AccessToken token = first.directory.getToken("alice", CHAT);
        int reads = shared.finds();
        int calls = service.calls().size();

        assertThat(first.directory.getToken("alice", CHAT)).isEqualTo(token);

        assertThat(shared.finds()).isEqualTo(reads);
        assertThat(service.calls()).hasSize(calls);
    }

    @Test
    void getToken_thatIsNotHeld_readsTheStoreBeforeAndAfter() {
        first.directory.getToken("alice", CHAT);
        int reads = shared.finds();

        first.directory.getToken("alice", TokenRequest.of(TokenScope.VOIP));

        assertThat(shared.finds()).isEqualTo(reads + 2);
    }

    @Test
    void delete_isSeenHereAtOnce() {
        AccessToken token = first.directory.getToken("alice", CHAT);
        UserId erased = first.directory.resolve("alice");
        first.store.recall(ALICE);

        assertThat(first.directory.delete("alice")).isTrue();

        assertThat(first.store.recall(ALICE)).isEmpty();
        assertThat(first.directory.getToken("alice", CHAT)).isNotEqualTo(token);
        assertThat(first.directory.resolve("alice")).isNotEqualTo(erased);
    }

    @Test
    void delete_isSeenElsewhereWithin30Seconds() {
        first.directory.getToken("alice", CHAT);
        AccessToken token = second.directory.getToken("alice", CHAT);
        UserId erased = second.directory.resolve("alice");
        assertThat(second.store.recall(ALICE)).contains(new UserMapping.Bound(ALICE, erased));

        assertThat(first.directory.delete("alice")).isTrue();
        clock.advance(Duration.ofSeconds(30));

        assertThat(second.store.recall(ALICE)).isEmpty();
        assertThat(second.directory.getToken("alice", CHAT)).isNotEqualTo(token);
        assertThat(second.directory.resolve("alice")).isNotEqualTo(erased);
    }

    @Test
    void delete_thatIsUnfinished_givesNobodyATokenAfter30Seconds() {
        first.directory.getToken("alice", CHAT);
        second.directory.getToken("alice", CHAT);
        second.store.recall(ALICE);
        service.faults().on(IdentityOperation.DELETE_USER).always(Fault.status(503));
        assertThatThrownBy(() -> first.directory.delete("alice")).isInstanceOf(IdentityException.class);

        assertThatThrownBy(() -> first.directory.getToken("alice", CHAT)).isInstanceOf(IdentityException.class);
        clock.advance(Duration.ofSeconds(30));
        assertThatThrownBy(() -> second.directory.getToken("alice", CHAT)).isInstanceOf(IdentityException.class);
    }

    /** A process. */
    private final class Node {

        private final CachingUserMappingStore store =
                CachingUserMappingStore.builder(shared).timeSource(clock).build();
        private final IdentityManager manager = CachingIdentityManager.builder(FakeIdentityManager.on(service))
                .timeSource(clock)
                .scheduler(scheduler)
                .executor(Runnable::run)
                .build();
        private final UserDirectory directory = UserDirectory.builder(manager, store)
                .timeSource(clock)
                .scheduler(scheduler)
                .executor(Runnable::run)
                .build();

        void close() {
            directory.close();
            manager.close();
        }
    }
}
