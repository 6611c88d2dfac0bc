/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.directory.CreationAttempt;
import io.github.acsidentity.directory.DirectoryStats;
import io.github.acsidentity.directory.DiscardedUser;
import io.github.acsidentity.directory.ExternalId;
import io.github.acsidentity.directory.RecoveryReport;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A directory over the tables of a database, used by two processes of an application. */
@Timeout(300)
abstract class DirectoryTests {

    private static final String TABLE = "directory_users";
    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);
    private static final ExternalId ALICE = ExternalId.of("alice");
    private static final DirectoryStats EMPTY = new DirectoryStats(0, 0, 0, 0, 0);

    private final FakeIdentityService service = FakeIdentityService.create();
    private final MutableClock clock = MutableClock.following(TimeSource.system());
    private final Replica first;
    private final Replica second;

    DirectoryTests(Server server) {
        first = Replica.start(server, TABLE, service, clock);
        second = Replica.start(server, TABLE, service, clock);
    }

    @BeforeEach
    void empty() {
        Databases.execute(first.pool(), "DELETE FROM " + TABLE, "DELETE FROM " + TABLE + "_attempt");
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    void getToken_inBothProcesses_isForTheSameUser() {
        AccessToken token = first.directory().getToken("alice", CHAT);
        AccessToken other = second.directory().getToken("alice", CHAT);

        assertThat(service.isAccepted(token)).isTrue();
        assertThat(service.isAccepted(other)).isTrue();
        UserId user = first.directory().find("alice").orElseThrow();
        assertThat(service.users()).containsExactly(user);
        assertThat(second.directory().externalId(user)).contains(ALICE);
    }

    @Test
    void resolve_idsThatDatabasesMayConfuse_areDifferentUsers() {
        List<String> ids = List.of(
                "Zoë", "zoë", "ZOE", "zoe", "zoe ", " zoe", "ｚｏｅ", "Zoe\u0308", "straße", "strasse", "😀", "😁");

        ids.forEach(first.directory()::resolve);

        assertThat(service.users()).hasSize(ids.size());
        for (String id : ids) {
            UserId user = second.directory().find(id).orElseThrow();
            assertThat(second.directory().externalId(user)).contains(ExternalId.of(id));
        }
    }

    @Test
    void revokeTokens_inOneProcess_endsThoseOfTheOther() {
        AccessToken token = first.directory().getToken("alice", CHAT);

        second.directory().revokeTokens("alice");

        assertThat(service.isAccepted(token)).isFalse();
        assertThat(service.isAccepted(first.directory().getToken("alice", CHAT)))
                .isTrue();
    }

    @Test
    void delete_inOneProcess_isSeenByTheOther() {
        UserId user = first.directory().resolve("alice");

        assertThat(second.directory().delete("alice")).isTrue();

        assertThat(service.users()).isEmpty();
        assertThat(first.directory().find("alice")).isEmpty();
        assertThat(first.directory().externalId(user)).isEmpty();
        assertThat(first.directory().delete("alice")).isFalse();
        assertThat(first.directory().stats()).isEqualTo(EMPTY);
        assertThat(first.directory().resolve("alice")).isNotEqualTo(user);
    }

    @Test
    void adopt_userThatExists_isFoundByBoth() {
        UserId user = first.manager().createUser();

        first.directory().adopt("alice", user);
        second.directory().adopt("alice", user);

        assertThat(second.directory().resolve("alice")).isEqualTo(user);
        assertThatIllegalStateException()
                .isThrownBy(() -> second.directory().adopt("bob", user))
                .withMessageNotContainingAny("alice", "bob");
        UserId other = first.manager().createUser();
        assertThatIllegalStateException()
                .isThrownBy(() -> second.directory().adopt("alice", other))
                .withMessageNotContainingAny("alice");
    }

    @Test
    void resolve_sameIdInTwoNamespaces_areDifferentUsers() {
        UserId here = first.directory().inNamespace("here").resolve("alice");
        UserId there = second.directory().inNamespace("there").resolve("alice");

        assertThat(there).isNotEqualTo(here);
        assertThat(first.directory().externalId(there)).contains(new ExternalId("there", "alice"));
        assertThat(second.directory().inNamespace("here").find("alice")).contains(here);
        assertThat(first.directory().find("alice")).isEmpty();
    }

    @Test
    void purge_ofUsersThatWereAdopted_leavesNothing() {
        Map<String, UserId> users = Map.of(
                "alice", first.manager().createUser(),
                "bob", first.manager().createUser());

        assertThat(first.directory().adoptAll(users).adopted()).isEqualTo(2);
        assertThat(second.directory()
                        .purge(List.of("alice", "bob", "carol"), progress -> {})
                        .erased())
                .isEqualTo(2);

        assertThat(service.users()).isEmpty();
        assertThat(first.directory().stats()).isEqualTo(EMPTY);
    }

    @Test
    void recover_afterAnErasureThatFailed_finishesIt() {
        AccessToken token = first.directory().getToken("alice", CHAT);
        service.faults().on(IdentityOperation.DELETE_USER).always(Fault.status(503));

        assertThat(catchThrowable(() -> first.directory().delete("alice")))
                .isInstanceOf(ServiceUnavailableException.class);
        assertThat(first.directory().stats()).isEqualTo(new DirectoryStats(0, 0, 1, 0, 0));
        service.faults().clear();
        RecoveryReport report = second.directory().recover();

        assertThat(report.erased()).isEqualTo(1);
        assertThat(report.left()).isEqualTo(EMPTY);
        assertThat(service.isAccepted(token)).isFalse();
        assertThat(service.users()).isEmpty();
    }

    @Test
    void recover_afterProcessesThatEnded_deletesWhatIsNobodysAndCountsTheRest() {
        first.store().reserve(ALICE, attempt());
        first.store()
                .discard(
                        ExternalId.of("bob"),
                        new DiscardedUser(attempt(), first.manager().createUser()));
        assertThat(second.directory().stats()).isEqualTo(new DirectoryStats(0, 1, 0, 1, 0));

        clock.advance(Duration.ofMinutes(1));
        RecoveryReport report = second.directory().recover();

        assertThat(report.deleted()).isEqualTo(1);
        assertThat(report.left()).isEqualTo(new DirectoryStats(0, 0, 0, 0, 1));
        assertThat(service.users()).isEmpty();
        assertThat(second.directory().resolve("alice")).isIn(service.users());
    }

    @Test
    void resolve_byManyThreadsOfTwoProcesses_bindsOneUserEach() {
        int threads = Figures.WANTED ? 64 : 8;
        int users = Figures.WANTED ? 1_000 : 80;
        service.faults().on(IdentityOperation.CREATE_USER).always(Fault.latency(Duration.ofMillis(2)));
        Map<String, UserId> seen = new ConcurrentHashMap<>();
        AtomicLong resolved = new AtomicLong();

        // the same thread of both goes for the same users in the same order
        double seconds = Crowd.run(2 * threads, thread -> {
            Replica replica = thread % 2 == 0 ? first : second;
            int start = thread / 2 * users / threads;
            for (int i = 0; i < users; i++) {
                String id = "user " + (start + i) % users;
                UserId user = replica.directory().resolve(id);
                assertThat(seen.computeIfAbsent(id, unused -> user)).isEqualTo(user);
                resolved.incrementAndGet();
            }
        });

        DirectoryStats stats = first.directory().stats();
        Figures.print(
                "%s: 2 directories x %d threads, each resolving the same %d new users: %d resolves in %.1f s; bound %d,"
                        + " at the service %d, created %d, discarded %d, possibly unknown %d",
                getClass().getSimpleName(),
                threads,
                users,
                resolved.get(),
                seconds,
                stats.bound(),
                service.users().size(),
                service.usersCreated().size(),
                stats.discarded(),
                stats.possiblyUnknown());
        assertThat(stats).isEqualTo(new DirectoryStats(users, 0, 0, 0, 0));
        assertThat(seen).hasSize(users);
        assertThat(service.users()).containsExactlyInAnyOrderElementsOf(seen.values());
        assertThat(service.usersCreated()).hasSize(users);
        assertThat(first.connectionsInUse() + second.connectionsInUse()).isZero();
    }

    @Test
    void operations_withFaultsOfTheService_loseNoUserThatIsNotCounted() {
        service.faults().on(IdentityOperation.CREATE_USER).atRandom(0.2, 1, Fault.lostAnswer());
        service.faults().on(IdentityOperation.CREATE_USER).atRandom(0.2, 2, Fault.status(503));
        service.faults().on(IdentityOperation.DELETE_USER).atRandom(0.3, 3, Fault.lostAnswer());

        double unused = Crowd.run(8, thread -> {
            Replica replica = thread % 2 == 0 ? first : second;
            for (int i = 0; i < 40; i++) {
                String id = "user " + (i + thread) % 10;
                try {
                    if (i % 5 == 4) {
                        replica.directory().delete(id);
                    } else {
                        replica.directory().getToken(id, CHAT);
                    }
                } catch (IdentityException e) {
                    assertThat(e.getMessage()).doesNotContain(id);
                }
            }
        });
        service.faults().clear();
        first.directory().recover();
        second.directory().recover();

        DirectoryStats stats = first.directory().stats();
        assertThat(stats.reserved() + stats.erasing() + stats.discarded()).isZero();
        assertThat(stats.bound())
                .isEqualTo(service.users().size() - service.orphans().size());
        assertThat(stats.possiblyUnknown())
                .isGreaterThanOrEqualTo(service.orphans().size());
        assertThat(first.connectionsInUse() + second.connectionsInUse()).isZero();
    }

    private CreationAttempt attempt() {
        Instant now = Instant.ofEpochMilli(clock.millis());
        return new CreationAttempt(UUID.randomUUID(), now, now.plusSeconds(60));
    }
}
