/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserNotFoundException;
import io.github.acsidentity.UserWithToken;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What {@link IdentityManager#async()} of every manager returns: the same operations, without blocking the caller. */
@SuppressWarnings("exports")
public interface AsyncIdentityManagerContract {

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

    /**
     * What is done asynchronously is seen by the blocking methods, and the other way round.
     *
     * @throws Exception if an operation fails
     */
    @Test
    default void async_allOperations_doWhatTheBlockingOnesDo() throws Exception {
        AsyncIdentityManager async = manager().async();
        UserId user = Samples.await(async.createUser());
        UserWithToken other = Samples.await(async.createUserWithToken(Samples.CHAT));
        assertThat(other.user()).isNotEqualTo(user);
        Samples.assertLives(other.token(), now(), TokenRequest.MAXIMUM_VALIDITY);

        AccessToken token = Samples.await(async.getToken(user, Samples.CHAT));
        Samples.assertLives(token, now(), TokenRequest.MAXIMUM_VALIDITY);
        Samples.awaitVoid(async.revokeTokens(user));
        assertThat(manager().getToken(user, Samples.CHAT).value()).isNotEqualTo(token.value());

        Samples.awaitVoid(async.deleteUser(user));
        assertThatThrownBy(() -> manager().getToken(user, Samples.CHAT)).isInstanceOf(UserNotFoundException.class);
        assertThat(manager().getToken(other.user(), Samples.CHAT).value()).isNotBlank();
    }

    /**
     * A user that was created under a request id can do what any other can.
     *
     * @throws Exception if an operation fails
     */
    @Test
    default void async_createUserUnderARequestId_makesAUser() throws Exception {
        UserId user = Samples.await(manager().async().createUser(UUID.randomUUID()));

        assertThat(manager().getToken(user, Samples.CHAT).value()).isNotBlank();
    }

    /**
     * A failure of the service is in the future, and not wrapped.
     *
     * @throws Exception if there is no failure
     */
    @Test
    default void async_failure_isInTheFutureUnwrapped() throws Exception {
        CompletableFuture<AccessToken> future = manager().async().getToken(Samples.FOREIGN_USER, Samples.CHAT);

        CompletableFuture<Throwable> failure = future.handle((none, thrown) -> thrown);

        assertThat(Samples.await(failure)).isInstanceOf(UserNotFoundException.class);
    }

    /** An argument that is missing is found at the call. */
    @Test
    default void async_withoutAnArgument_throwsAtTheCall() {
        AsyncIdentityManager async = manager().async();
        UserId user = manager().createUser();

        Samples.assertThrow(NullPointerException.class, "at the call", Samples.asyncCallsWithoutArgument(async, user));
    }

    /**
     * What one caller does to a future concerns no other caller.
     *
     * @throws Exception if an operation fails
     */
    @Test
    default void async_futureCancelledOrCompletedByItsCaller_concernsNobodyElse() throws Exception {
        AsyncIdentityManager async = manager().async();
        UserId user = manager().createUser();
        AccessToken planted = new AccessToken("planted", now().plusSeconds(3600));

        CompletableFuture<AccessToken> cancelled = async.getToken(user, Samples.CHAT);
        CompletableFuture<AccessToken> obtruded = async.getToken(user, Samples.CHAT);
        CompletableFuture<AccessToken> untouched = async.getToken(user, Samples.CHAT);
        cancelled.cancel(true);
        obtruded.obtrudeValue(planted);

        assertThat(Samples.await(untouched)).isNotEqualTo(planted);
        assertThat(Samples.await(async.getToken(user, Samples.CHAT))).isNotEqualTo(planted);
        assertThat(manager().getToken(user, Samples.CHAT)).isNotEqualTo(planted);
    }

    /**
     * A stage that depends on a future may call the blocking methods.
     *
     * @throws Exception if an operation fails
     */
    @Test
    default void async_dependentStage_mayBlock() throws Exception {
        CompletableFuture<AccessToken> token = manager()
                .async()
                .createUser()
                .thenApply(user -> manager().getToken(user, Samples.CHAT))
                .thenApply(first -> manager().createUserWithToken(Samples.CHAT).token());

        Samples.assertLives(Samples.await(token), now(), TokenRequest.MAXIMUM_VALIDITY);
    }

    /** The view ends with its manager, also one that was there before. */
    @Test
    default void async_afterClose_throwsAtTheCall() {
        IdentityManager manager = manager();
        UserId user = manager.createUserWithToken(Samples.CHAT).user();
        AsyncIdentityManager before = manager.async();

        manager.close();

        Samples.assertThrow(
                IllegalStateException.class, "at the call, after close()", Samples.asyncCalls(before, user));
        assertThatThrownBy(() -> before.createUser(UUID.randomUUID())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manager.async().createUser()).isInstanceOf(IllegalStateException.class);
    }
}
