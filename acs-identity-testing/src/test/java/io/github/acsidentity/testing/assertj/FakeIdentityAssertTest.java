/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.assertj;

import static io.github.acsidentity.IdentityOperation.CREATE_USER;
import static io.github.acsidentity.IdentityOperation.CREATE_USER_WITH_TOKEN;
import static io.github.acsidentity.IdentityOperation.GET_TOKEN;
import static io.github.acsidentity.testing.assertj.AcsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.communication.identity.CommunicationIdentityClient;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.azure.InProcessHttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FakeIdentityAssertTest {

    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);

    private final FakeIdentityService service = FakeIdentityService.builder()
            .clock(MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z")))
            .build();
    private final FakeIdentityManager fake = FakeIdentityManager.on(service);

    @Test
    void issued_countsEachTokenOfTheUser() {
        UserWithToken first = fake.createUserWithToken(CHAT);
        UserId second = fake.createUser();
        fake.getToken(first.user(), CHAT);

        assertThat(fake)
                .issued(2)
                .tokensFor(first.user())
                .issued(0)
                .tokensFor(second)
                .issued(2)
                .tokens();
        assertFails(
                () -> assertThat(fake).issued(1).tokensFor(first.user()),
                "Expected 1 token issued for " + first.user().rawId() + ", but found 2\nThe service saw 3 calls:"
                        + "\n  2026-01-01T00:00:00Z CREATE_USER_WITH_TOKEN "
                        + first.user().rawId() + " -> 201\n");
        assertFails(() -> assertThat(service).issued(1).tokens(), "Expected 1 token issued, but found 2");
    }

    @Test
    void issued_countsLostTokensAndNoRefusedOnes() {
        UserId user = fake.createUser();
        service.faults().on(GET_TOKEN).next(Fault.lostAnswer());
        assertThatThrownBy(() -> fake.getToken(user, CHAT)).isInstanceOf(ServiceUnavailableException.class);
        service.faults().on(GET_TOKEN).next(Fault.status(503));
        assertThatThrownBy(() -> fake.getToken(user, CHAT)).isInstanceOf(ServiceUnavailableException.class);

        assertThat(service).issued(1).tokensFor(user);
        assertFails(
                () -> assertThat(service).issued(2).tokensFor(user),
                "GET_TOKEN " + user.rawId() + " -> no answer (it was 200)\n",
                "GET_TOKEN " + user.rawId() + " -> 503");
    }

    @Test
    void issued_afterForgottenCalls_doesNotGuess() {
        FakeIdentityManager forgetful = FakeIdentityManager.on(
                FakeIdentityService.builder().maximumRecordedCalls(2).build());
        UserId user = forgetful.createUser();
        forgetful.getToken(user, CHAT);
        forgetful.getToken(user, CHAT);
        assertThat(forgetful).issued(2).tokensFor(user);

        forgetful.getToken(user, CHAT);

        assertFails(() -> assertThat(forgetful).issued(2).tokensFor(user), "raise its maximumRecordedCalls");
        assertThat(forgetful).hasCalled(GET_TOKEN, 3);
    }

    @Test
    void calls_areCounted() {
        assertThat(service).hasNoCalls().hasNotCalled(CREATE_USER);
        assertFails(
                () -> assertThat(service).hasCalled(CREATE_USER),
                "Expected calls of CREATE_USER, but found none\nThe service saw no calls");

        fake.createUser();

        assertThat(service).hasCalled(CREATE_USER).hasCalled(CREATE_USER, 1).hasNotCalled(CREATE_USER_WITH_TOKEN);
        assertFails(() -> assertThat(service).hasNoCalls(), "Expected no calls, but found 1");
        assertFails(
                () -> assertThat(service).hasNotCalled(CREATE_USER),
                "Expected 0 calls of CREATE_USER, but found 1\nThe service saw 1 call:\n");
        assertFails(
                () -> assertThat(service).hasCalled(CREATE_USER, 2), "Expected 2 calls of CREATE_USER, but found 1");
    }

    @Test
    void hasConcurrencyAtMost_judgesByTheMostCallsAtATime() {
        fake.createUser();

        assertThat(service).hasConcurrencyAtMost(CREATE_USER, 1).hasConcurrencyAtMost(GET_TOKEN, 0);
        assertFails(
                () -> assertThat(service).hasConcurrencyAtMost(CREATE_USER, 0),
                "Expected at most 0 calls of CREATE_USER at the same time, but found 1");
    }

    @Test
    void usersAndTokens_areCounted() {
        UserWithToken user = fake.createUserWithToken(CHAT);
        fake.createUser();

        assertThat(service).hasCreatedUsers(2).hasLiveTokens(1);
        service.clock().advance(Duration.ofHours(24));
        fake.deleteUser(user.user());
        assertThat(service).hasCreatedUsers(2).hasLiveTokens(0);
        assertFails(() -> assertThat(service).hasCreatedUsers(1), "Expected 1 user created, but found 2");
        assertFails(
                () -> assertThat(service).hasLiveTokens(1),
                "Expected 1 token accepted at 2026-01-02T00:00:00Z, but found 0");
    }

    @Test
    @Timeout(60)
    void issued_besideBusyThreads_neverMissesACall() throws Exception {
        UserId user = fake.createUser();
        UserId idle = fake.createUser();
        AtomicBoolean stop = new AtomicBoolean();
        service.faults().on(GET_TOKEN).always(Fault.status(503));
        Thread busy = new Thread(() -> {
            while (!stop.get()) {
                fake.async().getToken(user, CHAT).exceptionally(failure -> null).join();
            }
        });
        busy.start();
        try {
            for (int i = 0; i < 2000; i++) {
                assertThat(service).issued(0).tokensFor(idle);
                service.clearCalls();
            }
        } finally {
            stop.set(true);
            busy.join();
        }
    }

    @Test
    void nothing_asActual_failsAsAnAssertion() {
        for (FakeIdentityAssert nothing :
                List.of(assertThat((FakeIdentityService) null), assertThat((FakeIdentityManager) null))) {
            assertFails(() -> nothing.issued(1).tokens(), "not to be null");
            assertFails(() -> nothing.hasCalled(CREATE_USER), "not to be null");
            assertFails(() -> nothing.hasCalled(CREATE_USER, 1), "not to be null");
            assertFails(() -> nothing.hasNotCalled(CREATE_USER), "not to be null");
            assertFails(nothing::hasNoCalls, "not to be null");
            assertFails(() -> nothing.hasConcurrencyAtMost(CREATE_USER, 1), "not to be null");
            assertFails(() -> nothing.hasCreatedUsers(1), "not to be null");
            assertFails(nothing::hasNoOrphans, "not to be null");
            assertFails(() -> nothing.hasLiveTokens(1), "not to be null");
        }
    }

    @Test
    void hasNoOrphans_afterACreationWithoutAnAnswer_namesThem() {
        service.faults().on(CREATE_USER).next(Fault.lostAnswer());
        assertThatThrownBy(fake::createUser).isInstanceOf(ServiceUnavailableException.class);

        assertFails(
                () -> assertThat(fake).hasNoOrphans(),
                "Expected no orphans, but nobody could learn the id of "
                        + service.users().iterator().next().rawId() + "\nThe service saw 1 call");

        service.faults().on(CREATE_USER).next(Fault.lostAnswer());
        assertThatThrownBy(fake::createUser).isInstanceOf(ServiceUnavailableException.class);

        assertFails(
                () -> assertThat(fake).hasNoOrphans(),
                "nobody could learn the ids of "
                        + service.users().stream().map(UserId::rawId).collect(Collectors.joining(", "))
                        + "\nThe service saw 2 calls");
    }

    @Test
    void hasNoOrphans_afterARepeatedCreation_namesThem() {
        CommunicationIdentityClient client =
                InProcessHttpClient.clientBuilder(service).buildClient();
        fake.createUser();
        assertThat(service).hasNoOrphans();

        service.faults().on(CREATE_USER).next(Fault.lostAnswer());
        String known = client.createUser().getId();

        assertFails(
                () -> assertThat(fake).hasNoOrphans(),
                "Expected no orphans, but nobody could learn the id of "
                        + service.orphans().iterator().next().rawId() + "\nThe service saw 3 calls");
        assertThat(service.orphans()).noneMatch(orphan -> orphan.rawId().equals(known));
    }

    @Test
    void message_always_showsTheLatestCallsOnlyAndNoSecret() {
        UserId user = fake.createUser();
        AccessToken token = fake.getToken(user, CHAT);
        for (int i = 0; i < 30; i++) {
            fake.getToken(user, CHAT);
        }

        assertThatThrownBy(() -> assertThat(service).hasNoCalls())
                .hasMessageContaining("The service saw 32 calls, of which the latest 20:\n")
                .hasMessageNotContaining("CREATE_USER")
                .hasMessageNotContaining(token.value())
                .hasMessageNotContaining(service.resource().primaryKey());
    }

    @Test
    void description_always_comesFirst() {
        assertThatThrownBy(() -> assertThat(service).as("a login").hasCalled(CREATE_USER))
                .hasMessageStartingWith("[a login] Expected calls");
    }

    @Test
    void number_negative_isRefused() {
        assertThatThrownBy(() -> assertThat(service).hasCalled(CREATE_USER, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("times must not be negative, but was -1");
    }

    private static void assertFails(ThrowingCallable assertion, String... parts) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(parts);
    }
}
