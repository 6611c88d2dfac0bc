/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import io.github.acsidentity.UserWithToken;
import io.github.acsidentity.azure.AcsIdentityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a real resource does. Users that are created are deleted again. */
@Tag("live")
class LiveServiceTest {

    private static final TokenRequest CALLING = TokenRequest.of(TokenScope.VOIP);

    private final List<UserId> users = new ArrayList<>();
    private IdentityManager manager;

    @BeforeEach
    void createManager() {
        manager = AcsIdentityManager.fromEnvironment();
    }

    @AfterEach
    void deleteUsers() {
        users.forEach(manager::deleteUser);
        manager.close();
    }

    @Test
    void getToken_withAValidity_expiresThen() {
        UserId user = createUser();

        AccessToken token = manager.getToken(user, CALLING.withValidity(Duration.ofMinutes(90)));

        assertThat(token.expiresAt()).isCloseTo(now().plus(90, ChronoUnit.MINUTES), within(5, ChronoUnit.MINUTES));
    }

    @Test
    void getToken_withoutAValidity_expiresAfterADay() {
        AccessToken token = manager.getToken(createUser(), CALLING);

        assertThat(token.expiresAt()).isCloseTo(now().plus(24, ChronoUnit.HOURS), within(5, ChronoUnit.MINUTES));
    }

    @Test
    void getToken_forEachScope_succeeds() {
        UserId user = createUser();

        for (TokenScope scope : List.of(
                TokenScope.CHAT,
                TokenScope.CHAT_JOIN,
                TokenScope.CHAT_JOIN_LIMITED,
                TokenScope.VOIP,
                TokenScope.VOIP_JOIN)) {
            assertThat(manager.getToken(user, TokenRequest.of(scope)).value())
                    .as("token for %s", scope)
                    .isNotEmpty();
        }
    }

    @Test
    void createUserWithToken_returnsBoth() {
        UserWithToken created = manager.createUserWithToken(CALLING);
        users.add(created.user());

        assertThat(created.token().expiresAt()).isAfter(now());
    }

    @Test
    void getToken_afterRevocation_returnsAnotherToken() {
        UserId user = createUser();
        AccessToken revoked = manager.getToken(user, CALLING);

        manager.revokeTokens(user);

        assertThat(manager.getToken(user, CALLING).value()).isNotEqualTo(revoked.value());
    }

    @Test
    void getToken_afterDeletion_fails() {
        UserId user = manager.createUser();

        manager.deleteUser(user);

        assertThatThrownBy(() -> manager.getToken(user, CALLING)).isInstanceOf(IdentityException.class);
    }

    @Test
    void getToken_ofAForeignUser_isNotFound() {
        UserId foreign = new UserId("8:acs:00000000-0000-0000-0000-000000000000_00000000-0000-0000-0000-000000000000");

        assertThatThrownBy(() -> manager.getToken(foreign, CALLING))
                .isInstanceOfSatisfying(
                        UserNotFoundException.class,
                        failure -> assertThat(failure.isForeignResource()).isTrue());
    }

    @Test
    void async_doesTheSame() {
        UserId user = manager.async().createUser().join();
        users.add(user);

        assertThat(manager.async().getToken(user, CALLING).join().expiresAt()).isAfter(now());
    }

    private UserId createUser() {
        UserId user = manager.createUser();
        users.add(user);
        return user;
    }

    private static Instant now() {
        return Instant.ofEpochMilli(TimeSource.system().millis());
    }
}
