/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.secrets;

import static io.github.acsidentity.verification.secrets.ManagerCalls.CHAT;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.UserId;
import io.github.acsidentity.azure.AcsIdentityManager;
import io.github.acsidentity.cache.CacheListener;
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.cache.RefreshPolicy;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** All operations of the cache, with refreshes and failures of them. */
final class CacheCalls {

    /** After 48 minutes at the latest a token is due, after 58 it is spent. */
    private static final Duration UNTIL_DUE = Duration.ofMinutes(53);

    private static final int MOST_GETS = 100;

    private final ManagerCalls calls;
    private final FakeIdentityService service;
    private final Diary diary;
    private final Semaphore refreshes = new Semaphore(0);

    CacheCalls(ManagerCalls calls, Diary diary) {
        this.calls = calls;
        this.service = calls.emulator().service();
        this.diary = diary;
    }

    void run() {
        AcsIdentityManager adapter = calls.adapter();
        CachingIdentityManager cache = CachingIdentityManager.builder(adapter)
                .refreshPolicy(RefreshPolicy.serverSide())
                .timeSource(calls.clock())
                .listener(new Listener())
                .build();
        try (cache) {
            calls.allOperations("cache", cache);
            UserId user = calls.newUser();
            AccessToken token = cache.getToken(user, CHAT);
            diary.write("get again", () -> cache.getToken(user, CHAT));
            diary.write("held", () -> cache.heldToken(user, CHAT));
            diary.write("refresh", () -> cache.refreshToken(user, CHAT));
            diary.write("minimum remaining", () -> cache.getToken(user, CHAT, Duration.ofMinutes(59)));
            diary.write("invalidate", () -> cache.invalidate(user, token));
            diary.write(
                    "get, asynchronous",
                    () -> cache.async().getToken(user, CHAT).get());
            backgroundRefreshes(cache, user);
            diary.write(
                    "prefetch",
                    () -> cache.prefetch(
                                    List.of(user, calls.newUser()),
                                    CHAT,
                                    report -> diary.write("progress", () -> report))
                            .get());
            UserId another = calls.newUser();
            service.faults().on().always(Fault.status(403));
            diary.write(
                    "prefetch, refused",
                    () -> cache.prefetch(List.of(another), CHAT, report -> {}).get());
            service.faults().clear();
            diary.write("statistics", () -> List.of(cache, cache.stats(), cache.async()));
        }
        diary.write("closed cache", cache::createUser);
        try (CachingIdentityManager ahead = CachingIdentityManager.builder(calls.adapter())
                .timeSource(MutableClock.startingAt(Instant.parse("2100-01-01T00:00:00Z")))
                .build()) {
            diary.write("a clock that is ahead", () -> ahead.getToken(calls.newUser(), CHAT));
        }
        try (CachingIdentityManager broken = CachingIdentityManager.builder(calls.adapter())
                .random(() -> {
                    throw new IllegalStateException("No random number");
                })
                .build()) {
            diary.write("a token that cannot be kept", () -> broken.createUserWithToken(CHAT));
        }
    }

    private void backgroundRefreshes(CachingIdentityManager cache, UserId user) {
        refresh(cache, user, "due");
        service.faults().on().always(Fault.malformedBody());
        refresh(cache, user, "due, malformed answers");
        calls.clock().advance(UNTIL_DUE);
        diary.write("spent, malformed answers", () -> cache.getToken(user, CHAT));
        service.faults().clear();
        service.faults().on().always(Fault.throttled().withRetryAfter(Duration.ofMinutes(1)));
        calls.clock().advance(UNTIL_DUE);
        diary.write("spent, throttled", () -> cache.getToken(user, CHAT));
        service.faults().clear();
        calls.clock().advance(UNTIL_DUE);
    }

    private void refresh(CachingIdentityManager cache, UserId user, String label) {
        diary.write(label + ": before", () -> cache.getToken(user, CHAT));
        refreshes.drainPermits();
        calls.clock().advance(UNTIL_DUE);
        diary.write(label, () -> {
            int gets = 0;
            do {
                cache.getToken(user, CHAT);
                gets++;
            } while (gets < MOST_GETS && !refreshes.tryAcquire(100, TimeUnit.MILLISECONDS));
            return "refreshed after gets: " + gets;
        });
    }

    private final class Listener implements CacheListener {

        @Override
        public void onLoad(LoadReason reason, LoadOutcome outcome, Duration duration) {
            diary.write("load", () -> reason + " " + outcome);
        }

        @Override
        public void onRefresh(RefreshOutcome outcome, Duration duration) {
            diary.write("refreshed", () -> outcome);
            refreshes.release();
        }
    }
}
