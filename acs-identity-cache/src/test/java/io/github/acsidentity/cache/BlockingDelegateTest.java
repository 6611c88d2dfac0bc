/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityFutures;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A delegate that blocks where it should return a future: nobody but the caller or a thread of the executor waits for
 * it, above all not the timers.
 */
@Timeout(20)
class BlockingDelegateTest {

    private static final TokenRequest CHAT = Values.CHAT;
    private static final UserId USER = Values.user(1);
    private static final UserId OTHER = Values.user(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ManualService service = new ManualService();
    private final AccessToken token = ManualService.token("t", clock.instant());
    private final CompletableFuture<Thread> blocked = new CompletableFuture<>();
    private final CompletableFuture<AccessToken> released = new CompletableFuture<>();
    private final CachingIdentityManager manager = CachingIdentityManager.builder(IdentityManager.from(service))
            .timeSource(clock)
            .scheduler(scheduler)
            .executor(executor)
            .refreshPolicy(RefreshPolicy.builder()
                    .callsPerSecond(1)
                    .refreshesPerSecond(1)
                    .build())
            .build();

    @AfterEach
    void close() {
        manager.close();
        executor.shutdownNow();
    }

    @Test
    void getToken_joinedToACallThatBlocksItsCaller_timesOut() {
        service.answerWith(this::block);
        CompletableFuture<AccessToken> first =
                CompletableFuture.supplyAsync(() -> manager.getToken(USER, CHAT), executor);
        assertThat(blocked).succeedsWithin(PATIENCE);
        CompletableFuture<AccessToken> joined = manager.async().getToken(USER, CHAT);

        clock.advance(Duration.ofSeconds(5));

        timesOut(joined);
        released.complete(token);
        assertThat(first).succeedsWithin(PATIENCE).isEqualTo(token);
    }

    @Test
    void refreshThatBlocks_holdsUpNeitherWhoBeginsItNorTheTimers() {
        service.answerWith(() -> CompletableFuture.completedFuture(token));
        manager.getToken(USER, CHAT);
        clock.advance(Duration.ofHours(20));
        service.answerWith(this::block);

        assertThat(manager.getToken(USER, CHAT)).isEqualTo(token);
        assertThat(blocked).succeedsWithin(PATIENCE).isNotEqualTo(Thread.currentThread());

        service.answerWith(CompletableFuture::new);
        CompletableFuture<AccessToken> first = manager.async().getToken(OTHER, CHAT);
        CompletableFuture<AccessToken> joined = manager.async().getToken(OTHER, CHAT);
        clock.advance(Duration.ofSeconds(5));
        timesOut(joined);
        assertThat(first).isNotDone();
    }

    @Test
    void loadThatBlocksAfterItsTurnHasCome_holdsUpNoTimer() throws Exception {
        service.answerWith(() -> CompletableFuture.completedFuture(token));
        for (int i = 10; i < 18; i++) {
            manager.getToken(Values.user(i), CHAT);
        }
        service.answerWith(this::block);
        CompletableFuture<AccessToken> queued = begunElsewhere(manager);
        CompletableFuture<AccessToken> joined = manager.async().getToken(USER, CHAT);
        assertThat(blocked).as("the burst is used up").isNotDone();

        clock.advance(Duration.ofSeconds(5));

        assertThat(blocked).succeedsWithin(PATIENCE).isNotEqualTo(Thread.currentThread());
        timesOut(joined);
        assertThat(queued).isNotDone();
        clock.advance(Duration.ofSeconds(6));
        timesOut(queued);
    }

    @Test
    void loadThatBlocksAfterAnotherCallHasEnded_doesNotHoldUpWhoAnsweredThatCall() throws Exception {
        try (CachingIdentityManager narrow = CachingIdentityManager.builder(IdentityManager.from(service))
                .timeSource(clock)
                .scheduler(scheduler)
                .executor(executor)
                .refreshPolicy(RefreshPolicy.builder()
                        .concurrentRefreshes(1)
                        .concurrentLoads(1)
                        .build())
                .build()) {
            CompletableFuture<AccessToken> first = narrow.async().getToken(OTHER, CHAT);
            CompletableFuture<AccessToken> queued = begunElsewhere(narrow);
            CompletableFuture<AccessToken> answered = service.tokens.get(0);
            service.answerWith(this::block);

            answered.complete(token);

            assertThat(first).succeedsWithin(PATIENCE).isEqualTo(token);
            assertThat(blocked).succeedsWithin(PATIENCE).isNotEqualTo(Thread.currentThread());
            released.complete(token);
            assertThat(queued).succeedsWithin(PATIENCE).isEqualTo(token);
        }
    }

    @Test
    void loadThatBlocksAfterARevocationHung_holdsUpNoTimer() throws Exception {
        CompletableFuture<Void> revocation = manager.async().revokeTokens(USER);
        clock.advance(Duration.ofSeconds(6));
        CompletableFuture<AccessToken> waiting = begunElsewhere(manager);
        service.answerWith(this::block);

        clock.advance(Duration.ofSeconds(4));

        assertThat(blocked).succeedsWithin(PATIENCE).isNotEqualTo(Thread.currentThread());
        clock.advance(Duration.ofSeconds(10));
        timesOut(waiting);
        assertThat(revocation).isNotDone();
    }

    @Test
    void loadThatBlocksAfterAFencedOneWasGivenUp_holdsUpNoTimer() throws Exception {
        try (CachingIdentityManager forgetful = CachingIdentityManager.builder(IdentityManager.from(service))
                .timeSource(clock)
                .scheduler(scheduler)
                .executor(executor)
                .refreshPolicy(RefreshPolicy.builder()
                        .rememberTransientFailure(Duration.ZERO)
                        .build())
                .build()) {
            CompletableFuture<AccessToken> givenUp = begunElsewhere(forgetful);
            clock.advance(Duration.ofSeconds(6));
            service.answerRevocationsWith(() -> CompletableFuture.completedFuture(null));
            forgetful.revokeTokens(USER);
            CompletableFuture<AccessToken> waiting = begunElsewhere(forgetful);
            service.answerWith(this::block);

            clock.advance(Duration.ofSeconds(4));

            timesOut(givenUp);
            assertThat(blocked).succeedsWithin(PATIENCE).isNotEqualTo(Thread.currentThread());
            clock.advance(Duration.ofSeconds(10));
            timesOut(waiting);
        }
    }

    /** Begins a call on a thread that is not the one on which time passes. */
    private static CompletableFuture<AccessToken> begunElsewhere(CachingIdentityManager asked) throws Exception {
        List<CompletableFuture<AccessToken>> begun = new CopyOnWriteArrayList<>();
        Thread caller = new Thread(() -> begun.add(asked.async().getToken(USER, CHAT)));
        caller.start();
        caller.join();
        return begun.get(0);
    }

    /** Ends by an interruption, too: a test that would wait for ever can be stopped. */
    private CompletableFuture<AccessToken> block() {
        blocked.complete(Thread.currentThread());
        return CompletableFuture.completedFuture(IdentityFutures.await(FailureDetails.NONE, () -> released));
    }

    private static void timesOut(CompletableFuture<AccessToken> waiting) {
        assertThat(waiting)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withCauseInstanceOf(ServiceUnavailableException.class);
    }
}
