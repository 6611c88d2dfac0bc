/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Creations under a request id of the caller's, where managers are adapted or know nothing of such ids. */
class RequestIdTest {

    private static final UUID ID = UUID.fromString("a1b2c3d4-0000-4000-8000-00000000000f");

    private final List<UUID> seen = new ArrayList<>();

    @Test
    void createUser_ofAManagerThatKnowsNoRequestIds_createsAUser() {
        assertThat(StubManager.answering().createUser(ID)).isEqualTo(Samples.USER);
        assertThat(StubAsyncManager.answering().createUser(ID)).isCompletedWithValue(Samples.USER);
    }

    @Test
    @SuppressWarnings("NullAway") // what callers do who do not run it
    void createUser_withoutARequestId_isRefusedAtOnce() {
        IdentityManager manager = StubManager.answering();

        for (IdentityManager each : List.of(manager, IdentityManager.from(StubAsyncManager.answering()))) {
            assertThatNullPointerException().isThrownBy(() -> each.createUser(null));
            assertThatNullPointerException().isThrownBy(() -> each.async().createUser(null));
        }
    }

    @Test
    void from_createUser_passesTheRequestIdOn() {
        IdentityManager manager = IdentityManager.from(new Recording(seen));

        assertThat(manager.createUser(ID)).isEqualTo(Samples.USER);
        assertThat(seen).containsExactly(ID);
    }

    @Test
    void from_createUserInterrupted_namesTheRequestId() {
        IdentityManager manager = IdentityManager.from(new StubAsyncManager(operation -> new CompletableFuture<>()));

        Thread.currentThread().interrupt();
        IdentityException e = catchThrowableOfType(IdentityException.class, () -> manager.createUser(ID));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(e.requestId()).contains(ID.toString());
    }

    @Test
    void async_createUser_passesTheRequestIdOn() {
        IdentityManager blocking = IdentityManager.from(new Recording(seen));
        AsyncIdentityManager async = new AsyncOverBlocking(blocking, new BlockingCalls(Runnable::run, Runnable::run));

        assertThat(async.createUser(ID)).isCompletedWithValue(Samples.USER);
        assertThat(seen).containsExactly(ID);
    }

    @Test
    void async_createUserThatFindsTheQueueFull_namesTheRequestId() {
        BlockingCalls full = new BlockingCalls(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                Runnable::run);

        CompletableFuture<UserId> refused = new AsyncOverBlocking(StubManager.answering(), full).createUser(ID);

        ThrottledException e = catchThrowableOfType(
                ThrottledException.class, () -> IdentityFutures.await(FailureDetails.NONE, () -> refused));
        assertThat(e.requestId()).contains(ID.toString());
    }

    @Test
    void heldToken_ofAManagerThatHoldsNone_isEmpty() {
        assertThat(StubManager.answering().heldToken(Samples.USER, Samples.REQUEST))
                .isEmpty();
    }

    /** Does what it must, and notes under which ids users are created. */
    private record Recording(List<UUID> seen) implements AsyncIdentityManager {

        @Override
        public CompletableFuture<UserId> createUser() {
            return StubAsyncManager.answering().createUser();
        }

        @Override
        public CompletableFuture<UserId> createUser(UUID requestId) {
            seen.add(requestId);
            return createUser();
        }

        @Override
        public CompletableFuture<UserWithToken> createUserWithToken(TokenRequest request) {
            return StubAsyncManager.answering().createUserWithToken(request);
        }

        @Override
        public CompletableFuture<AccessToken> getToken(UserId user, TokenRequest request) {
            return StubAsyncManager.answering().getToken(user, request);
        }

        @Override
        public CompletableFuture<AccessToken> getTokenForTeamsUser(TeamsTokenRequest request) {
            return StubAsyncManager.answering().getTokenForTeamsUser(request);
        }

        @Override
        public CompletableFuture<Void> revokeTokens(UserId user) {
            return StubAsyncManager.answering().revokeTokens(user);
        }

        @Override
        public CompletableFuture<Void> deleteUser(UserId user) {
            return StubAsyncManager.answering().deleteUser(user);
        }
    }
}
