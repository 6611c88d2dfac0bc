/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.InvalidRequestException;
import io.github.acsidentity.OperationInterruptedException;
import io.github.acsidentity.TeamsTokenRejectedException;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import io.github.acsidentity.UserWithToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every {@link IdentityManager} does over a service that works.
 *
 * <p>{@link AsyncIdentityManagerContract} is about its asynchronous view.
 */
@SuppressWarnings("exports")
public interface IdentityManagerContract {

    /**
     * Returns the manager under test, the same one each time it is called within a test, and a new one for each test.
     *
     * @return the manager
     */
    IdentityManager manager();

    /**
     * Returns the time by which the tokens of the manager expire.
     *
     * @return the present time of the service
     */
    Instant now();

    /** No two users are the same. */
    @Test
    default void createUser_twice_makesTwoUsers() {
        assertThat(manager().createUser()).isNotEqualTo(manager().createUser());
    }

    /** A user that was created under a request id can do what any other can; another id makes another user. */
    @Test
    default void createUser_underARequestId_makesAUser() {
        UserId user = manager().createUser(UUID.randomUUID());

        assertThat(manager().getToken(user, Samples.CHAT).value()).isNotBlank();
        assertThat(manager().createUser(UUID.randomUUID())).isNotEqualTo(user);
    }

    /**
     * Threads do not get in each other's way.
     *
     * @throws Exception if an operation fails
     */
    @Test
    default void anyOperation_fromSeveralThreads_doesWhatItDoesFromOne() throws Exception {
        IdentityManager manager = manager();
        List<FutureTask<UserWithToken>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(new FutureTask<>(() -> {
                UserId user = manager.createUser();
                manager.revokeTokens(user);
                return new UserWithToken(user, manager.getToken(user, Samples.CHAT));
            }));
        }
        calls.forEach(call -> new Thread(call, "caller").start());

        List<UserWithToken> created = new ArrayList<>();
        for (FutureTask<UserWithToken> call : calls) {
            created.add(call.get(Samples.PATIENCE_SECONDS, TimeUnit.SECONDS));
        }

        assertThat(created).extracting(UserWithToken::user).doesNotHaveDuplicates();
        assertThat(created).extracting(one -> one.token().value()).doesNotHaveDuplicates();
    }

    /** A user that was created together with a token can do what any other can. */
    @Test
    default void createUserWithToken_makesAUserForWhomTokensCanBeGot() {
        UserWithToken created = manager().createUserWithToken(Samples.CHAT);

        Samples.assertLives(created.token(), now(), TokenRequest.MAXIMUM_VALIDITY);
        assertThat(manager().getToken(created.user(), Samples.VOIP).value())
                .isNotEqualTo(created.token().value());
    }

    /** A validity is granted as asked for when a user is created. */
    @Test
    default void createUserWithToken_withAValidity_grantsIt() {
        Duration validity = Duration.ofMinutes(90);

        AccessToken token = manager()
                .createUserWithToken(Samples.CHAT.withValidity(validity))
                .token();

        Samples.assertLives(token, now(), validity);
    }

    /** A token has not expired when it is returned, and lives at most as long as the service allows. */
    @Test
    default void getToken_returnsATokenThatHasNotExpired() {
        AccessToken token = manager().getToken(manager().createUser(), Samples.CHAT);

        assertThat(token.isExpiredAt(now())).isFalse();
        Samples.assertLives(token, now(), TokenRequest.MAXIMUM_VALIDITY);
    }

    /** A validity is granted as asked for. */
    @Test
    default void getToken_withAValidity_grantsIt() {
        Duration validity = Duration.ofMinutes(61);

        AccessToken token = manager().getToken(manager().createUser(), Samples.CHAT.withValidity(validity));

        Samples.assertLives(token, now(), validity);
    }

    /** Whatever the scopes are, alone or together, there is a token. */
    @Test
    default void getToken_forAnyScopes_returnsAToken() {
        UserId user = manager().createUser();

        for (TokenScope scope : Samples.SCOPES) {
            assertThat(manager().getToken(user, TokenRequest.of(scope)).value()).isNotBlank();
        }
        assertThat(manager().getToken(user, TokenRequest.of(Samples.SCOPES)).value())
                .isNotBlank();
    }

    /** A manager that holds tokens hands out the one that it would return anyway; others hold none. */
    @Test
    default void heldToken_isEmptyOrWhatGetTokenReturns() {
        UserId user = manager().createUser();
        assertThat(manager().heldToken(user, Samples.CHAT)).isEmpty();
        AccessToken got = manager().getToken(user, Samples.CHAT);

        Optional<AccessToken> held = manager().heldToken(user, Samples.CHAT);

        assertThat(held.orElse(got)).isEqualTo(got);
        assertThat(manager().heldToken(user, Samples.VOIP)).isEmpty();
    }

    /** No token from before a revocation or deletion is handed out after it. */
    @Test
    default void heldToken_afterRevocationAndDeletion_isEmpty() {
        UserId user = manager().createUser();
        manager().getToken(user, Samples.CHAT);

        manager().revokeTokens(user);
        assertThat(manager().heldToken(user, Samples.CHAT)).isEmpty();
        manager().getToken(user, Samples.CHAT);
        manager().deleteUser(user);
        assertThat(manager().heldToken(user, Samples.CHAT)).isEmpty();
    }

    /** A manager that is closed hands out nothing, also of what it held. */
    @Test
    default void heldToken_afterClose_handsOutNothing() {
        IdentityManager manager = manager();
        UserId user = manager.createUser();
        manager.getToken(user, Samples.CHAT);

        manager.close();

        for (Throwable thrown : Samples.thrown(
                () -> assertThat(manager.heldToken(user, Samples.CHAT)).isEmpty())) {
            assertThat(thrown).isInstanceOf(IllegalStateException.class);
        }
    }

    /** A token is for one user. */
    @Test
    default void getToken_forTwoUsers_returnsTwoTokens() {
        AccessToken first = manager().getToken(manager().createUser(), Samples.CHAT);
        AccessToken second = manager().getToken(manager().createUser(), Samples.CHAT);

        assertThat(first.value()).isNotEqualTo(second.value());
    }

    /** A token is for the scopes asked for, and no other request gets it. */
    @Test
    default void getToken_forOtherScopes_returnsAnotherToken() {
        UserId user = manager().createUser();

        AccessToken chat = manager().getToken(user, Samples.CHAT);
        AccessToken voip = manager().getToken(user, Samples.VOIP);

        assertThat(voip.value()).isNotEqualTo(chat.value());
    }

    /** A token that is got after a revocation is a new one. */
    @Test
    default void getToken_afterRevocation_returnsAnotherToken() {
        UserWithToken created = manager().createUserWithToken(Samples.CHAT);
        UserId user = created.user();
        AccessToken revoked = manager().getToken(user, Samples.CHAT);

        manager().revokeTokens(user);

        assertThat(manager().getToken(user, Samples.CHAT).value())
                .isNotEqualTo(revoked.value())
                .isNotEqualTo(created.token().value());
    }

    /** The tokens of one user do not end with those of another. */
    @Test
    default void revokeTokens_leavesOtherUsersAlone() {
        UserId other = manager().createUser();
        AccessToken token = manager().getToken(other, Samples.CHAT);

        manager().revokeTokens(manager().createUser());

        assertThat(token.isExpiredAt(now())).isFalse();
        assertThat(manager().getToken(other, Samples.CHAT).value()).isNotBlank();
    }

    /** There is no token for a user that was deleted, even if there was one before. */
    @Test
    default void getToken_afterDeletion_findsNoUser() {
        UserId user = manager().createUserWithToken(Samples.CHAT).user();
        manager().getToken(user, Samples.CHAT);

        manager().deleteUser(user);

        assertThatThrownBy(() -> manager().getToken(user, Samples.CHAT))
                .isInstanceOfSatisfying(
                        UserNotFoundException.class,
                        failure -> assertThat(failure.user()).contains(user));
    }

    /** The user of another resource is not found, and the failure says what was asked for. */
    @Test
    default void anyOperation_forAUserOfAnotherResource_findsNoUser() {
        UserId foreign = Samples.FOREIGN_USER;

        UserNotFoundException get =
                Samples.failure(UserNotFoundException.class, () -> manager().getToken(foreign, Samples.CHAT));
        UserNotFoundException revoke =
                Samples.failure(UserNotFoundException.class, () -> manager().revokeTokens(foreign));
        UserNotFoundException delete =
                Samples.failure(UserNotFoundException.class, () -> manager().deleteUser(foreign));

        Samples.assertConcerns(get, IdentityOperation.GET_TOKEN, foreign);
        Samples.assertConcerns(revoke, IdentityOperation.REVOKE_TOKENS, foreign);
        Samples.assertConcerns(delete, IdentityOperation.DELETE_USER, foreign);
        assertThat(get.isTransient()).isFalse();
        assertThat(get.outcomeUnknown()).isFalse();
    }

    /** A scope that the service does not know is refused. */
    @Test
    default void getToken_forAScopeThatDoesNotExist_isInvalid() {
        UserId user = manager().createUser();

        assertThatThrownBy(() -> manager().getToken(user, TokenRequest.of(TokenScope.of("no.such.scope"))))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(manager().getToken(user, Samples.CHAT).value()).isNotBlank();
    }

    /** An Entra token that is none is refused, and does not appear in the failure. */
    @Test
    default void getTokenForTeamsUser_withATokenThatIsNone_isRejected() {
        TeamsTokenRequest request = Samples.TEAMS;

        IdentityException failure =
                Samples.failure(IdentityException.class, () -> manager().getTokenForTeamsUser(request));

        assertThat(failure).isInstanceOf(TeamsTokenRejectedException.class);
        assertThat(failure).hasToString(failure.toString().replace(request.entraToken(), ""));
    }

    /** An argument that is missing is found before anything is done. */
    @Test
    default void anyOperation_withoutAnArgument_throwsAtOnce() {
        IdentityManager manager = manager();
        UserId user = manager.createUser();

        Samples.assertThrow(NullPointerException.class, "at once", Samples.callsWithoutArgument(manager, user));

        assertThat(manager.getToken(user, Samples.CHAT).value()).isNotBlank();
    }

    /** An interrupted thread does not wait; its flag stays, and the failure says which operation it was. */
    @Test
    default void anyOperation_interrupted_keepsTheFlag() {
        IdentityManager manager = manager();
        UserId user = manager.createUser();

        Thread.currentThread().interrupt();
        try {
            Samples.failures(manager, user).forEach((operation, failure) -> {
                assertThat(failure).as("%s, interrupted", operation).isInstanceOf(OperationInterruptedException.class);
                assertThat(failure.operation()).contains(operation);
            });
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(manager.createUser()).isNotNull();
    }

    /** Revoking twice is no mistake, and neither is revoking where there is no token. */
    @Test
    default void revokeTokens_withoutATokenOrTwice_succeeds() {
        UserId user = manager().createUser();

        manager().revokeTokens(user);
        manager().revokeTokens(user);

        assertThat(manager().getToken(user, Samples.CHAT).value()).isNotBlank();
    }

    /** For a user that is gone, the service may do nothing or say so; there is no other failure. */
    @Test
    default void revokeTokensAndDeleteUser_afterDeletion_doNothingOrFindNoUser() {
        UserId user = manager().createUser();
        manager().deleteUser(user);

        for (Throwable thrown : Samples.thrown(
                () -> manager().revokeTokens(user), () -> manager().deleteUser(user))) {
            assertThat(thrown).isInstanceOf(UserNotFoundException.class);
        }
        assertThatThrownBy(() -> manager().getToken(user, Samples.CHAT)).isInstanceOf(UserNotFoundException.class);
    }

    /** A manager may be closed more than once, and is of no use afterwards. */
    @Test
    default void anyOperation_afterClose_throwsAtOnce() {
        IdentityManager manager = manager();
        UserId user = manager.createUserWithToken(Samples.CHAT).user();

        manager.close();
        manager.close();

        Samples.assertThrow(IllegalStateException.class, "after close()", Samples.calls(manager, user));
        assertThatThrownBy(() -> manager.createUser(UUID.randomUUID())).isInstanceOf(IllegalStateException.class);
    }
}
