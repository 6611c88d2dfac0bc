/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
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
        Visible visible = new Visible(call);
        CompletableFuture<AccessToken> made = delegate.getToken(user, request);
        visible.made = made;
        CompletableFuture<?> unused = made.whenComplete(visible::tell);
        return visible;
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

    /** What the cache gets to see of a call. */
    private final class Visible extends CompletableFuture<AccessToken> {

        private final Call call;
        private final AtomicBoolean heard = new AtomicBoolean();
        private @Nullable CompletableFuture<AccessToken> made;
        private volatile boolean listened;
        private volatile @Nullable Throwable failure;
        private volatile long failedAt;

        Visible(Call call) {
            this.call = call;
        }

        @Override
        public CompletableFuture<AccessToken> whenComplete(BiConsumer<? super AccessToken, ? super Throwable> action) {
            CompletableFuture<AccessToken> next = super.whenComplete(action);
            listened = true;
            hear();
            return next;
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new CompletableFuture<>();
        }

        @Override
        public boolean cancel(boolean interrupt) {
            boolean cancelled = super.cancel(interrupt);
            if (cancelled) {
                model.endCall(call, null, new CancellationException());
                requireNonNull(made).cancel(true);
            }
            return cancelled;
        }

        void tell(@Nullable AccessToken token, @Nullable Throwable thrown) {
            boolean drops = Model.dropsUser(thrown);
            if (drops) {
                model.beginFence(call.watched(), "drop");
            }
            model.endCall(call, token, thrown);
            failedAt = time.nanos();
            if (thrown == null) {
                complete(token);
            } else if (completeExceptionally(thrown)) {
                failure = thrown;
                hear();
            }
            if (drops) {
                model.endFence(call.watched(), "dropped", -1);
            }
        }

        /** The cache has heard of a failure when it has ended, and the cache listens. */
        private void hear() {
            Throwable thrown = failure;
            if (thrown != null && listened && heard.compareAndSet(false, true)) {
                model.heard(call, thrown, failedAt);
            }
        }
    }
}
