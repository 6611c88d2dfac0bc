/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Between the cache and the adapter: tells the model of all calls. */
final class WatchedDelegate implements AsyncIdentityManager {

    private final AsyncIdentityManager delegate;
    private final Model model;
    private final ShiftingTime time;
    private static final ThreadLocal<long @Nullable []> FENCE = new ThreadLocal<>();

    WatchedDelegate(AsyncIdentityManager delegate, Model model, ShiftingTime time) {
        this.delegate = delegate;
        this.model = model;
        this.time = time;
    }

    /** Carries out a revocation or a deletion on this thread, as the model shall see it. */
    void fence(Watched user, String name, Runnable operation) {
        long[] answeredAt = {model.beginFence(user, name)};
        FENCE.set(answeredAt);
        String end = name + " failed";
        try {
            operation.run();
            end = name + " done";
        } finally {
            FENCE.remove();
            model.endFence(user, end, answeredAt[0]);
        }
    }

    @Override
    public CompletableFuture<UserId> createUser() {
        return delegate.createUser();
    }

    @Override
    public CompletableFuture<UserWithToken> createUserWithToken(TokenRequest request) {
        long number = model.number();
        long requestedAt = time.lastRead();
        return delegate.createUserWithToken(request).thenApply(created -> {
            model.issued(created.user(), request, number, requestedAt, created.token());
            return created;
        });
    }

    @Override
    public CompletableFuture<AccessToken> getToken(UserId user, TokenRequest request) {
        Call call = model.beginCall(model.user(user), request);
        CompletableFuture<AccessToken> visible = new CompletableFuture<>();
        CompletableFuture<AccessToken> made = delegate.getToken(user, request);
        CompletableFuture<?> unused = visible.whenComplete((token, failure) -> {
            if (visible.isCancelled()) {
                model.endCall(call, null, failure);
                made.cancel(true);
            }
        });
        CompletableFuture<?> unusedToo = made.whenComplete((token, failure) -> tell(call, token, failure, visible));
        return visible;
    }

    private void tell(
            Call call,
            @Nullable AccessToken token,
            @Nullable Throwable failure,
            CompletableFuture<AccessToken> visible) {
        boolean drops = Model.dropsUser(failure);
        if (drops) {
            model.beginFence(call.watched(), "drop");
        }
        model.endCall(call, token, failure);
        if (failure == null) {
            visible.complete(token);
        } else {
            visible.completeExceptionally(failure);
        }
        if (drops) {
            model.endFence(call.watched(), "dropped", -1);
        }
    }

    @Override
    public CompletableFuture<AccessToken> getTokenForTeamsUser(TeamsTokenRequest request) {
        return delegate.getTokenForTeamsUser(request);
    }

    @Override
    public CompletableFuture<Void> revokeTokens(UserId user) {
        return answered(delegate.revokeTokens(user));
    }

    @Override
    public CompletableFuture<Void> deleteUser(UserId user) {
        return answered(delegate.deleteUser(user));
    }

    /** The cache lets loads begin again only after it has heard of the answer. */
    private CompletableFuture<Void> answered(CompletableFuture<Void> call) {
        long[] answeredAt = FENCE.get();
        return call.whenComplete((done, failure) -> {
            if (answeredAt != null) {
                answeredAt[0] = model.number();
            }
        });
    }
}
