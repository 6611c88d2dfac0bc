/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.cache.CachingIdentityManager;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What the threads of an application do, with users that come and go. */
final class Callers {

    static final List<TokenRequest> REQUESTS = List.of(
            TokenRequest.of(TokenScope.CHAT).withValidity(Duration.ofHours(1)),
            TokenRequest.of(TokenScope.VOIP).withValidity(Duration.ofHours(2)));

    private final IdentityManager manager;
    private final WatchedDelegate delegate;
    private final Model model;
    private final Counts counts;
    private final AtomicReferenceArray<Watched> users;
    private final AtomicReferenceArray<Watched> former;

    Callers(IdentityManager manager, WatchedDelegate delegate, Model model, Counts counts, List<Watched> users) {
        this.manager = manager;
        this.delegate = delegate;
        this.model = model;
        this.counts = counts;
        this.users = new AtomicReferenceArray<>(users.toArray(Watched[]::new));
        this.former = new AtomicReferenceArray<>(users.toArray(Watched[]::new));
    }

    void next(SplittableRandom random) {
        int place = random.nextInt(users.length());
        Watched user = users.get(place);
        TokenRequest request = REQUESTS.get(random.nextInt(REQUESTS.size()));
        int choice = random.nextInt(10_000);
        if (choice < 25) {
            fence("revoke", user, () -> manager.revokeTokens(user.id));
        } else if (choice < 30) {
            fence("delete", user, () -> manager.deleteUser(user.id));
            former.set(place, user);
            users.set(place, create(user, request, random.nextBoolean()));
        } else if (choice < 35 && manager instanceof CachingIdentityManager caching) {
            invalidate(user, caching);
        } else if (choice < 45 && manager instanceof CachingIdentityManager caching) {
            refresh(user, request, caching);
        } else {
            get(choice < 200 ? former.get(place) : user, request, choice % 4 == 0);
        }
    }

    private void get(Watched user, TokenRequest request, boolean async) {
        counts.add("gets");
        Model.Get get = model.begin(user, request);
        try {
            AccessToken token =
                    async ? manager.async().getToken(user.id, request).join() : manager.getToken(user.id, request);
            model.returned(get, token);
        } catch (CompletionException e) {
            failed(get, e.getCause() instanceof RuntimeException cause ? cause : e);
        } catch (RuntimeException e) {
            failed(get, e);
        }
    }

    private void failed(Model.Get get, RuntimeException failure) {
        counts.add("gets failed: " + failure.getClass().getSimpleName());
        model.failed(get, failure);
    }

    private void fence(String name, Watched user, Runnable operation) {
        counts.add(name + "s");
        try {
            delegate.fence(user, name, operation);
        } catch (IdentityException e) {
            counts.add(name + "s failed: " + e.getClass().getSimpleName());
        }
    }

    private void invalidate(Watched user, CachingIdentityManager caching) {
        counts.add("invalidations");
        long number = model.beginFence(user, "invalidate");
        caching.invalidate(user.id);
        model.endFence(user, "invalidated", number);
    }

    private void refresh(Watched user, TokenRequest request, CachingIdentityManager caching) {
        counts.add("forced refreshes");
        Model.Get get = model.begin(user, request);
        try {
            model.returned(get, caching.refreshToken(user.id, request));
        } catch (IdentityException e) {
            counts.add("forced refreshes failed: " + e.getClass().getSimpleName());
        }
    }

    /** Creates a user in place of another one; after a failure, the other one stays. */
    private Watched create(Watched other, TokenRequest request, boolean withToken) {
        counts.add("creations");
        try {
            UserId id = withToken ? manager.createUserWithToken(request).user() : manager.createUser();
            return model.user(id);
        } catch (IdentityException e) {
            counts.add("creations failed: " + e.getClass().getSimpleName());
            return other;
        }
    }
}
