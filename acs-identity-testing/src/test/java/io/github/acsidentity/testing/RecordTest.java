/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import static io.github.acsidentity.IdentityOperation.CREATE_USER;
import static io.github.acsidentity.IdentityOperation.GET_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import io.github.acsidentity.testing.internal.model.Call;
import io.github.acsidentity.testing.internal.model.Caller;
import io.github.acsidentity.testing.internal.model.Resource;
import io.github.acsidentity.testing.internal.model.ServiceModel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the service tells of the past: calls at a time, users, orphans, tokens. */
class RecordTest {

    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);
    private static final String GUID = "11111111-1111-4111-8111-111111111111";

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final FakeIdentityManager manager =
            FakeIdentityManager.builder().clock(clock).scheduler(scheduler).build();
    private final FakeIdentityService service = manager.service();

    @Test
    void maximumConcurrency_callsOneAfterTheOther_isOne() {
        service.faults().on().always(Fault.latency(Duration.ofSeconds(1)));
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Integer> nextSeesItsEnd = manager.async()
                    .createUser()
                    .thenCompose(user -> manager.async().createUser())
                    .thenApply(user -> service.maximumConcurrency(CREATE_USER));
            clock.advance(Duration.ofSeconds(2));

            assertThat(nextSeesItsEnd).isCompletedWithValue(1);
        }
        assertThat(service.maximumConcurrency(GET_TOKEN)).isZero();
    }

    @Test
    void maximumConcurrency_callsThatHang_countUntilTheirCallersGiveUp() {
        service.faults().on().times(3, Fault.hang());
        CompletableFuture<UserId> timedOut = manager.async().createUser();
        clock.advance(Duration.ofSeconds(30));
        assertThat(timedOut).isCompletedExceptionally();
        assertThat(manager.async().createUser().cancel(true)).isTrue();
        assertThat(manager.async().createUser()).isNotDone();

        assertThat(service.maximumConcurrency(CREATE_USER)).isEqualTo(1);
        manager.createUser();
        assertThat(service.maximumConcurrency(CREATE_USER)).isEqualTo(2);
    }

    @Test
    void clearCalls_callUnderWay_staysSo() {
        service.faults().on().next(Fault.latency(Duration.ofSeconds(1)));
        CompletableFuture<UserId> call = manager.async().createUser();

        service.clearCalls();

        assertThat(service.maximumConcurrency(CREATE_USER)).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(call).isCompleted();
        service.clearCalls();
        assertThat(service.maximumConcurrency(CREATE_USER)).isZero();
    }

    @Test
    void orphans_repeatedRequestId_areAllButTheLastThatExist() {
        UserId first = create("a", service.resource());
        UserId deleted = create("a", service.resource());
        UserId other = create("b", service.resource());
        UserId last = create("a", service.resource());
        UserId unnamed = create(null, service.resource());
        UserId unnamedToo = create(null, service.resource());
        UserId elsewhere = create("b", service.addResource());
        manager.deleteUser(deleted);

        assertThat(service.orphans()).containsExactly(first);
        assertThat(service.usersCreated()).containsExactly(first, deleted, other, last, unnamed, unnamedToo, elsewhere);
        manager.deleteUser(last);
        assertThat(service.orphans()).containsExactly(first);
        service.clearCalls();
        assertThat(service.orphans()).isEmpty();
        assertThat(service.usersCreated()).isEmpty();
        assertThat(service.users()).contains(first);
    }

    private UserId create(@Nullable String requestId, FakeResource of) {
        ServiceModel model = service.model();
        Resource resource = of.resource();
        return model.createUser(new Call(CREATE_USER, requestId), new Caller(resource, resource.primary()));
    }

    @Test
    void usersCreated_userThatOnlyCameIntoBeing_isNotAmongThem() {
        FakeIdentityManager open = FakeIdentityManager.builder()
                .assume(AssumedBehaviour.TOKEN_FOR_UNKNOWN_USER_IS_ISSUED)
                .build();
        open.getToken(
                new UserId("8:acs:" + open.service().resource().id() + "_00000000-0000-0000-0000-000000000000"), CHAT);

        assertThat(open.service().users()).hasSize(1);
        assertThat(open.service().usersCreated()).isEmpty();
        assertThat(open.service().orphans()).isEmpty();
    }

    @Test
    void users_returned_cannotBeChanged() {
        UserId user = manager.createUser();

        assertThatThrownBy(() -> service.usersCreated().remove(user)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> service.orphans().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void liveTokens_areThoseAccepted_inTheOrderOfIssue() {
        UserWithToken revoked = manager.createUserWithToken(CHAT);
        UserWithToken deleted = manager.createUserWithToken(CHAT);
        UserId user = manager.createUser();
        manager.getToken(user, CHAT.withValidity(Duration.ofHours(1)));
        AccessToken kept = manager.getToken(user, TokenRequest.of(TokenScope.VOIP));
        String entraToken = service.teamsToken(GUID, GUID, clock.instant().plus(Duration.ofHours(2)));
        manager.getTokenForTeamsUser(new TeamsTokenRequest(entraToken, GUID, GUID));
        manager.revokeTokens(revoked.user());
        manager.deleteUser(deleted.user());

        assertThat(service.liveTokens()).hasSize(3);
        clock.advance(Duration.ofHours(1));

        List<LiveToken> live = service.liveTokens();
        assertThat(live).hasSize(2);
        assertThat(live.get(0).user()).contains(user);
        assertThat(live.get(0).scopes()).containsExactly(TokenScope.VOIP);
        assertThat(live.get(0).issuedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(live.get(0).expiresAt()).isEqualTo(kept.expiresAt());
        assertThat(live.get(1).user()).isEmpty();
        assertThat(live.get(1).scopes()).containsExactly(TokenScope.CHAT, TokenScope.VOIP);
        assertThat(live.get(0).toString()).contains(user.rawId(), "voip").doesNotContain(kept.value());
        service.resource().regeneratePrimaryKey();
        assertThat(service.liveTokens()).isEmpty();
    }

    @Test
    void revocationDelay_severalRevocations_eachTakesItsTime() {
        FakeIdentityManager slow = FakeIdentityManager.builder()
                .clock(clock)
                .revocationDelay(Duration.ofSeconds(10))
                .build();
        UserId user = slow.createUser();
        AccessToken first = slow.getToken(user, CHAT);
        slow.revokeTokens(user);
        clock.advance(Duration.ofSeconds(6));
        AccessToken second = slow.getToken(user, CHAT);
        slow.revokeTokens(user);
        AccessToken third = slow.getToken(user, CHAT);
        clock.stepWallClock(Duration.ofHours(-1));
        clock.advance(Duration.ofSeconds(4));

        assertThat(slow.service().isAccepted(first)).isFalse();
        assertThat(slow.service().isAccepted(second)).isTrue();
        assertThat(slow.service().liveTokens()).hasSize(2);
        clock.advance(Duration.ofSeconds(6));
        assertThat(slow.service().isAccepted(second)).isFalse();
        assertThat(slow.service().isAccepted(third)).isTrue();
    }
}
