/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import io.github.acsidentity.UserWithToken;
import io.github.acsidentity.testing.internal.model.Call;
import io.github.acsidentity.testing.internal.model.ServiceModel;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FakeIdentityServiceTest {

    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);
    private static final TokenRequest CHAT_FOR_AN_HOUR = CHAT.withValidity(Duration.ofHours(1));
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.500Z");

    private final MutableClock clock = MutableClock.startingAt(NOW);
    private final FakeIdentityService service =
            FakeIdentityService.builder().clock(clock).build();
    private final FakeIdentityManager manager = FakeIdentityManager.on(service);
    private final UserId user = manager.createUser();

    @Test
    void resources_whoseIdsBeginAlike_haveHostsOfTheirOwn() {
        FakeIdentityService service = FakeIdentityService.builder()
                .resource("00000000-0000-0000-0000-000000000001")
                .resource("00000000-0000-0000-0000-000000000002")
                .build();

        assertThat(service.resources()).extracting(FakeResource::host).doesNotHaveDuplicates();
    }

    @Test
    void isAccepted_untilTheTokenExpires() {
        AccessToken token = manager.getToken(user, CHAT_FOR_AN_HOUR);

        assertThat(service.isAccepted(token)).isTrue();
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(service.isAccepted(token)).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(service.isAccepted(token)).isFalse();
        assertThat(token.isExpiredAt(clock.instant())).isTrue();
    }

    @Test
    void isAccepted_tokenOfElsewhere_isFalse() {
        AccessToken foreign =
                FakeIdentityManager.create().createUserWithToken(CHAT).token();

        assertThat(service.isAccepted(foreign)).isFalse();
        assertThat(service.isAccepted("garbage")).isFalse();
    }

    @Test
    void isAccepted_afterRevocation_isTrueForLaterTokensOnly() {
        UserWithToken other = manager.createUserWithToken(CHAT);
        AccessToken first = manager.getToken(user, CHAT);
        AccessToken second = manager.getToken(user, CHAT);

        manager.revokeTokens(user);
        AccessToken third = manager.getToken(user, CHAT);

        assertThat(service.isAccepted(first)).isFalse();
        assertThat(service.isAccepted(second)).isFalse();
        assertThat(service.isAccepted(third)).isTrue();
        assertThat(service.isAccepted(other.token())).isTrue();
    }

    @Test
    void isAccepted_afterRevocationAndASteppedBackClock_staysFalse() {
        AccessToken token = manager.getToken(user, CHAT);
        manager.revokeTokens(user);

        clock.stepWallClock(Duration.ofDays(-2));

        assertThat(service.isAccepted(token)).isFalse();
        assertThat(service.isAccepted(manager.getToken(user, CHAT))).isTrue();
    }

    @Test
    void isAccepted_afterDeletion_isFalse() {
        AccessToken token = manager.getToken(user, CHAT);

        manager.deleteUser(user);

        assertThat(service.isAccepted(token)).isFalse();
        assertThat(service.users()).isEmpty();
    }

    @Test
    void regeneratePrimaryKey_endsTheTokensIssuedWithIt() {
        FakeResource resource = service.resource();
        AccessToken token = manager.getToken(user, CHAT);
        String before = resource.primaryKey();

        resource.regenerateSecondaryKey();
        assertThat(service.isAccepted(token)).isTrue();
        resource.regeneratePrimaryKey();

        assertThat(resource.primaryKey()).isNotEqualTo(before);
        assertThat(service.isAccepted(token)).isFalse();
        assertThat(service.isAccepted(manager.getToken(user, CHAT))).isTrue();
    }

    @Test
    void resource_hasKeysAndAConnectionStringLikeThoseOfTheService() {
        FakeResource resource = service.resource();

        assertThat(Base64.getDecoder().decode(resource.primaryKey())).hasSize(64);
        assertThat(Base64.getDecoder().decode(resource.secondaryKey())).hasSize(64);
        assertThat(resource.primaryKey()).isNotEqualTo(resource.secondaryKey());
        assertThat(resource.host()).endsWith(".communication.azure.com");
        assertThat(resource.connectionString())
                .isEqualTo("endpoint=https://" + resource.host() + "/;accesskey=" + resource.primaryKey());
        assertThat(resource.toString()).doesNotContain(resource.primaryKey(), resource.secondaryKey());
    }

    @Test
    void seed_sameOne_givesTheSameIdsAndKeys() {
        FakeIdentityService one = FakeIdentityService.builder().seed(7).build();
        FakeIdentityService other = FakeIdentityService.builder().seed(7).build();

        assertThat(one.resource().connectionString()).isEqualTo(other.resource().connectionString());
        assertThat(FakeIdentityManager.on(one).createUser())
                .isEqualTo(FakeIdentityManager.on(other).createUser());
    }

    @Test
    void create_twice_sharesNothing() {
        assertThat(FakeIdentityService.create().resource().id())
                .isNotEqualTo(FakeIdentityService.create().resource().id());
    }

    @Test
    void users_areListedInTheOrderOfTheirCreation() {
        FakeResource second = service.addResource();
        UserId other = FakeIdentityManager.on(service, second).createUser();
        UserId last = manager.createUser();

        assertThat(service.users()).containsExactly(user, other, last);
        assertThat(user.rawId())
                .hasSize(79)
                .startsWith("8:acs:" + service.resource().id() + "_");
        assertThat(other.resourceId()).isEqualTo(second.id());
    }

    @Test
    void calls_recordWhatHappened() {
        service.clearCalls();
        UserId foreign = FakeIdentityManager.create().createUser();

        manager.getToken(user, CHAT);
        clock.advance(Duration.ofSeconds(3));
        assertThatThrownBy(() -> manager.deleteUser(foreign)).isInstanceOf(UserNotFoundException.class);

        assertThat(service.calls()).hasSize(2);
        RecordedCall issue = service.calls().get(0);
        assertThat(issue.operation()).isEqualTo(IdentityOperation.GET_TOKEN);
        assertThat(issue.user()).contains(user);
        assertThat(issue.resourceId()).contains(service.resource().id());
        assertThat(issue.time()).isEqualTo(NOW);
        assertThat(issue.status()).hasValue(200);
        assertThat(issue.errorCode()).isEmpty();
        assertThat(issue.answered()).isTrue();
        assertThat(issue.requestId()).isPresent();
        RecordedCall deletion = service.calls(IdentityOperation.DELETE_USER).get(0);
        assertThat(deletion.user()).contains(foreign);
        assertThat(deletion.time()).isEqualTo(NOW.plusSeconds(3));
        assertThat(deletion.status()).hasValue(401);
        assertThat(deletion.errorCode()).contains("IdentityNotOwned");
    }

    @Test
    void calls_beyondTheBound_areForgottenButCounted() {
        FakeIdentityService bounded =
                FakeIdentityService.builder().maximumRecordedCalls(2).build();
        FakeIdentityManager onBounded = FakeIdentityManager.on(bounded);
        UserId first = onBounded.createUser();
        UserId second = onBounded.createUser();
        UserId third = onBounded.createUser();

        assertThat(bounded.calls())
                .extracting(call -> call.user().orElseThrow())
                .containsExactly(second, third);
        assertThat(bounded.callCount(IdentityOperation.CREATE_USER)).isEqualTo(3);
        assertThat(bounded.users()).contains(first);
    }

    @Test
    void calls_asText_showTheTimeAsPeopleReadIt() {
        service.clearCalls();

        manager.revokeTokens(user);

        assertThat(service.calls())
                .singleElement()
                .asString()
                .startsWith("RecordedCall[operation=REVOKE_TOKENS, user=")
                .contains(user.rawId(), ", time=" + service.clock().instant() + ", ", "status=204");
    }

    @Test
    void calls_holdNoSecrets() {
        AccessToken token = manager.getToken(user, CHAT);

        assertThat(service.calls().toString())
                .doesNotContain(token.value(), service.resource().primaryKey());
    }

    @Test
    void builder_numbersBelowOne_areRefused() {
        assertThatThrownBy(() -> FakeIdentityService.builder().resources(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FakeIdentityService.builder().maximumRecordedCalls(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void builder_revocationDelayOutOfRange_isRefused() {
        assertThatThrownBy(() -> FakeIdentityService.builder().revocationDelay(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.000000001S");
        assertThatThrownBy(() -> FakeIdentityService.builder().revocationDelay(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void builder_resourcesWithGivenIds_comeFirst() {
        String id = "00000000-0000-4000-8000-00000000000a";
        FakeIdentityService several =
                FakeIdentityService.builder().resources(3).resource(id).build();

        assertThat(several.resources()).hasSize(3).extracting(FakeResource::id).startsWith(id);
        assertThat(FakeIdentityService.builder().resource(id).build().resources())
                .hasSize(1);
        assertThatThrownBy(() -> FakeIdentityService.builder().resource("contoso"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("contoso");
        assertThatThrownBy(() -> FakeIdentityService.builder().resource(id).resource(id.toUpperCase(Locale.ROOT)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void calls_workFailedUnexpectedly_areRecordedWithoutAnAnswer() {
        ServiceModel model = service.model();
        service.clearCalls();

        assertThatThrownBy(() -> model.serve(
                        new Call(IdentityOperation.GET_TOKEN, "id-1"),
                        () -> "a credential",
                        credential -> {
                            throw new IllegalArgumentException("a failure that the test provokes");
                        },
                        value -> 200))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(service.calls()).singleElement().satisfies(call -> {
            assertThat(call.requestId()).contains("id-1");
            assertThat(call.status()).isEmpty();
            assertThat(call.answered()).isFalse();
        });
    }

    @Test
    void publicMethods_speakOfExportedTypesOnly() {
        assertThat(FakeIdentityService.class.getMethods())
                .filteredOn(method -> method.getDeclaringClass() == FakeIdentityService.class)
                .flatExtracting(method -> Stream.concat(
                                Stream.of(method.getReturnType()), Stream.of(method.getParameterTypes()))
                        .toList())
                .doesNotContain(Class.class)
                .noneMatch(type -> type.getPackageName().startsWith("io.github.acsidentity.testing."));
    }

    @Test
    void create_clock_runsAlongWithTheSystem() {
        FakeIdentityService running = FakeIdentityService.create();
        AccessToken token =
                FakeIdentityManager.on(running).createUserWithToken(CHAT).token();

        running.clock().advance(Duration.ofHours(24));

        assertThat(Duration.between(Instant.ofEpochMilli(TimeSource.system().millis()), token.expiresAt()))
                .isBetween(Duration.ofHours(23), Duration.ofHours(24));
        assertThat(running.isAccepted(token)).isFalse();
    }
}
