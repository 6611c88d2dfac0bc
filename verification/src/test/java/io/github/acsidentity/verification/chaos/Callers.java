/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import io.github.acsidentity.cache.CachingIdentityManager;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/** What the threads of an application do, with users that come and go. */
final class Callers {

    static final List<TokenRequest> REQUESTS = List.of(
            TokenRequest.of(TokenScope.CHAT).withValidity(Duration.ofHours(1)),
            TokenRequest.of(TokenScope.VOIP).withValidity(Duration.ofHours(2)));

    private static final int BATCH = 8;
    private static final int PREFETCHED = 40;

    private final IdentityManager manager;
    private final WatchedDelegate delegate;
    private final Model model;
    private final Counts counts;
    private final AtomicReferenceArray<Watched> users;
    private final AtomicReferenceArray<Watched> former;
    private final List<Watched> crowd;
    private final Witness witness;
    private volatile CompletableFuture<?> prefetch = CompletableFuture.completedFuture(null);

    /**
     * Creates callers.
     *
     * @param users who are read again and again
     * @param crowd others, who come in a rush
     * @param witness sees what comes back
     */
    Callers(
            IdentityManager manager,
            WatchedDelegate delegate,
            Model model,
            Counts counts,
            List<Watched> users,
            List<Watched> crowd,
            Witness witness) {
        this.manager = manager;
        this.delegate = delegate;
        this.model = model;
        this.counts = counts;
        this.users = new AtomicReferenceArray<>(users.toArray(Watched[]::new));
        this.former = new AtomicReferenceArray<>(users.toArray(Watched[]::new));
        this.crowd = List.copyOf(crowd);
        this.witness = witness;
    }

    void next(SplittableRandom random, boolean rush) {
        if (rush && random.nextInt(8) == 0) {
            comeInACrowd(random);
            return;
        }
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
        } else if (choice < 48 && manager instanceof CachingIdentityManager caching) {
            intervene(choice, user, request, caching);
        } else if (choice < 400 && manager instanceof CachingIdentityManager caching) {
            Duration demanded = Duration.ofMinutes(random.nextLong(60));
            counts.add("gets that demand more");
            get(user, request, demanded, () -> caching.getToken(user.id, request, demanded));
        } else {
            get(choice < 550 ? former.get(place) : user, request, choice % 4 == 0);
        }
    }

    private void intervene(int choice, Watched user, TokenRequest request, CachingIdentityManager caching) {
        if (choice < 35) {
            invalidate(user, caching);
        } else if (choice < 45) {
            refresh(user, request, caching);
        } else {
            counts.add("invalidations of all");
            model.fenceAll("invalidate all", caching::invalidateAll);
        }
    }

    private void get(Watched user, TokenRequest request, boolean async) {
        get(
                user,
                request,
                Duration.ZERO,
                () -> async ? manager.async().getToken(user.id, request).join() : manager.getToken(user.id, request));
    }

    private void get(Watched user, TokenRequest request, Duration demanded, Supplier<AccessToken> operation) {
        counts.add("gets");
        judge(model.begin(user, request, demanded), operation);
    }

    /** More than the budget has calls for: each for another user, and all at once. */
    private void comeInACrowd(SplittableRandom random) {
        TokenRequest request = REQUESTS.get(random.nextInt(REQUESTS.size()));
        Map<Get, CompletableFuture<AccessToken>> gets = new LinkedHashMap<>();
        for (int i = 0; i < BATCH; i++) {
            counts.add("gets of a crowd");
            Watched user = crowd.get(random.nextInt(crowd.size()));
            gets.put(model.begin(user, request), manager.async().getToken(user.id, request));
        }
        if (prefetch.isDone() && manager instanceof CachingIdentityManager caching) {
            counts.add("prefetches");
            List<Watched> some = random.ints(PREFETCHED, 0, crowd.size())
                    .mapToObj(crowd::get)
                    .toList();
            some.forEach(user -> model.renewals().prefetch(user, request));
            List<UserId> ids = some.stream().map(user -> user.id).toList();
            prefetch = caching.prefetch(ids, request, report -> witness.returned("prefetch", report));
        }
        gets.forEach((get, token) -> judge(get, token::join));
    }

    private void judge(Get get, Supplier<AccessToken> operation) {
        try {
            AccessToken token = operation.get();
            witness.returned("get", token);
            model.returned(get, token);
        } catch (CompletionException e) {
            failed(get, e.getCause() instanceof RuntimeException cause ? cause : e);
        } catch (RuntimeException e) {
            failed(get, e);
        }
    }

    private void failed(Get get, RuntimeException failure) {
        witness.failed("get", failure);
        if (failure instanceof ThrottledException throttled && throttled.isLocal()) {
            boolean budget = String.valueOf(failure.getMessage()).contains("budget");
            counts.add("gets turned away for lack of " + (budget ? "budget" : "a slot"));
        } else {
            counts.add("gets failed: " + failure.getClass().getSimpleName());
        }
        model.failed(get, failure);
    }

    private void fence(String name, Watched user, Runnable operation) {
        counts.add(name + "s");
        try {
            delegate.fence(user, name, operation);
        } catch (IdentityException e) {
            witness.failed(name, e);
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
        Get get = model.begin(user, request);
        try {
            AccessToken token = caching.refreshToken(user.id, request);
            witness.returned("refresh", token);
            model.returned(get, token);
        } catch (IdentityException e) {
            witness.failed("refresh", e);
            model.end(get);
            counts.add("forced refreshes failed: " + e.getClass().getSimpleName());
        }
    }

    /** Creates a user in place of another one; after a failure, the other one stays. */
    private Watched create(Watched other, TokenRequest request, boolean withToken) {
        counts.add("creations");
        try {
            if (withToken) {
                UserWithToken created = manager.createUserWithToken(request);
                witness.returned("create with token", created);
                return model.user(created.user());
            }
            return model.user(manager.createUser());
        } catch (IdentityException e) {
            witness.failed("create", e);
            counts.add("creations failed: " + e.getClass().getSimpleName());
            return other;
        }
    }
}
