/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import io.github.acsidentity.testing.internal.model.UnprovenCase;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssumedBehaviourTest {

    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);

    @Test
    void values_ofEachCase_areSeveralAndTheFirstIsTheDefault() {
        var byCase =
                Arrays.stream(AssumedBehaviour.values()).collect(Collectors.groupingBy(AssumedBehaviour::unproven));

        assertThat(byCase).containsOnlyKeys(UnprovenCase.values());
        assertThat(byCase.values()).allSatisfy(choices -> {
            assertThat(choices).hasSizeGreaterThan(1);
            assertThat(choices.get(0).isDefault()).isTrue();
            assertThat(choices.stream().filter(AssumedBehaviour::isDefault)).hasSize(1);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "TOKEN_FOR_DELETED_USER_IS_NOT_FOUND, 404",
        "TOKEN_FOR_DELETED_USER_IS_NOT_OWNED, 401",
    })
    void tokenForDeletedUser_isRefusedAsAssumed(AssumedBehaviour behaviour, int status) {
        FakeIdentityManager manager = manager(behaviour);
        UserId user = manager.createUser();
        manager.deleteUser(user);

        assertRefused(() -> manager.getToken(user, CHAT), status);
    }

    @ParameterizedTest
    @CsvSource({
        "TOKEN_FOR_UNKNOWN_USER_IS_NOT_FOUND, 404",
        "TOKEN_FOR_UNKNOWN_USER_IS_NOT_OWNED, 401",
    })
    void tokenForUnknownUser_isRefusedAsAssumed(AssumedBehaviour behaviour, int status) {
        FakeIdentityManager manager = manager(behaviour);

        assertRefused(() -> manager.getToken(neverCreated(manager), CHAT), status);
    }

    @Test
    void tokenForUnknownUser_canBeIssued() {
        FakeIdentityManager manager = manager(AssumedBehaviour.TOKEN_FOR_UNKNOWN_USER_IS_ISSUED);
        UserId user = neverCreated(manager);

        assertThat(manager.service().isAccepted(manager.getToken(user, CHAT))).isTrue();
        assertThat(manager.service().users()).containsExactly(user);
    }

    @ParameterizedTest
    @CsvSource({
        "REVOCATION_FOR_ABSENT_USER_IS_NOT_FOUND, 404",
        "REVOCATION_FOR_ABSENT_USER_IS_NOT_OWNED, 401",
    })
    void revocationForAbsentUser_isRefusedAsAssumed(AssumedBehaviour behaviour, int status) {
        FakeIdentityManager manager = manager(behaviour);
        UserId deleted = manager.createUser();
        manager.deleteUser(deleted);

        assertRefused(() -> manager.revokeTokens(deleted), status);
        assertRefused(() -> manager.revokeTokens(neverCreated(manager)), status);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETION_OF_ABSENT_USER_IS_NOT_FOUND, 404",
        "DELETION_OF_ABSENT_USER_IS_NOT_OWNED, 401",
    })
    void deletionOfAbsentUser_isRefusedAsAssumed(AssumedBehaviour behaviour, int status) {
        FakeIdentityManager manager = manager(behaviour);
        UserId deleted = manager.createUser();
        manager.deleteUser(deleted);

        assertRefused(() -> manager.deleteUser(deleted), status);
        assertRefused(() -> manager.deleteUser(neverCreated(manager)), status);
    }

    @Test
    void absentUser_byDefault_canBeRevokedAndDeletedAgain() {
        FakeIdentityManager manager = manager();
        UserId user = manager.createUser();
        manager.deleteUser(user);

        manager.revokeTokens(user);
        manager.deleteUser(user);
        manager.revokeTokens(neverCreated(manager));
        manager.deleteUser(neverCreated(manager));

        assertThat(manager.service().calls())
                .hasSize(6)
                .allMatch(call -> call.errorCode().isEmpty());
    }

    @Test
    void unknownScope_canBeGranted() {
        FakeIdentityManager manager = manager(AssumedBehaviour.UNKNOWN_SCOPE_IS_GRANTED);

        String token = manager.createUserWithToken(TokenRequest.of(TokenScope.of("pstn")))
                .token()
                .value();

        assertThat(Jwts.payload(token)).contains("\"acsScope\":\"pstn\"");
    }

    private static FakeIdentityManager manager(AssumedBehaviour... behaviours) {
        return FakeIdentityManager.on(
                FakeIdentityService.builder().assume(behaviours).build());
    }

    private static UserId neverCreated(FakeIdentityManager manager) {
        return new UserId("8:acs:" + manager.service().resource().id() + "_00000000-0000-0000-0000-000000000000");
    }

    private static void assertRefused(Runnable call, int status) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        UserNotFoundException.class,
                        failure -> assertThat(failure.httpStatus()).hasValue(status));
    }
}
