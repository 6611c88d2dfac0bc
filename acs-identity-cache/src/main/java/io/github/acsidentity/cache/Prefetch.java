/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.UserId;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gets tokens for many users, a few at a time; the call gate sets the pace.
 *
 * <p>The callback is run by the executor, by one thread at a time: it may be slow, or block, without holding up the
 * loads. What happens meanwhile comes with its next call.
 */
final class Prefetch {

    private static final int MAXIMUM_FAILURES_REPORTED = 1000;

    private final Iterator<UserId> remaining;
    private final int users;
    private final Predicate<UserId> isFresh;
    private final Function<UserId, CompletableFuture<AccessToken>> load;
    private final Consumer<PrefetchReport> callback;
    private final Executor executor;
    private final Runnable withdraw;
    private final CompletableFuture<PrefetchReport> result = new CompletableFuture<>();
    private final AtomicInteger unreported = new AtomicInteger();
    private final Map<UserId, CompletableFuture<AccessToken>> loads = new ConcurrentHashMap<>();
    private volatile boolean endsEarly;
    private Map<UserId, Throwable> failures = Map.of();
    private int alreadyHeld;
    private int issued;
    private int failed;

    Prefetch(
            Set<UserId> users,
            Predicate<UserId> isFresh,
            Function<UserId, CompletableFuture<AccessToken>> load,
            Consumer<PrefetchReport> callback,
            Executor executor,
            Runnable withdraw) {
        users.forEach(user -> requireNonNull(user, "user"));
        this.remaining = users.iterator();
        this.users = users.size();
        this.isFresh = isFresh;
        this.load = load;
        this.callback = callback;
        this.executor = executor;
        this.withdraw = withdraw;
        CompletableFuture<?> unused = result.whenComplete((report, failure) -> cancelLoads());
    }

    CompletableFuture<PrefetchReport> result() {
        return result;
    }

    void start(int atATime) {
        if (users == 0) {
            result.complete(progress().report());
        }
        for (int i = 0; i < Math.min(atATime, users); i++) {
            proceed();
        }
    }

    private void proceed() {
        try {
            loadAsManyAsEndAtOnce();
        } catch (RuntimeException | Error e) {
            // the manager is closed, or whatever else keeps the others from being loaded, too
            result.completeExceptionally(e);
        }
    }

    /** Takes one user after the other until there is none left, or one has to be waited for. */
    private void loadAsManyAsEndAtOnce() {
        for (UserId user = next(); user != null && !hasEnded(); user = next()) {
            if (isFresh.test(user)) {
                count(user, true, null);
                continue;
            }
            UserId loading = user;
            CompletableFuture<AccessToken> loaded = load.apply(user);
            boolean endedAtOnce = loaded.isDone();
            loads.put(user, loaded);
            if (hasEnded()) {
                loaded.cancel(false);
            }
            CompletableFuture<?> unused = loaded.whenComplete((token, failure) -> {
                loads.remove(loading);
                if (!loaded.isCancelled()) {
                    count(loading, false, withoutWrapper(failure));
                }
                if (!endedAtOnce) {
                    proceed();
                }
            });
            if (!endedAtOnce) {
                return;
            }
        }
    }

    private boolean hasEnded() {
        return endsEarly || result.isDone();
    }

    /** Loads that wait for their turn are withdrawn; calls under way go on, and their tokens are kept. */
    private void cancelLoads() {
        if (loads.isEmpty()) {
            return;
        }
        loads.values().forEach(pending -> pending.cancel(false));
        withdraw.run();
    }

    private synchronized @Nullable UserId next() {
        return remaining.hasNext() ? remaining.next() : null;
    }

    private void count(UserId user, boolean held, @Nullable Throwable failure) {
        add(user, held, failure);
        if (failure instanceof AccessDeniedException) {
            cancelLoads();
        }
        if (unreported.getAndIncrement() == 0) {
            try {
                executor.execute(this::reportAll);
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        }
    }

    /** Reports until there is nothing new; whoever counts meanwhile leaves the reporting to this thread. */
    private void reportAll() {
        int seen;
        do {
            seen = unreported.get();
            if (!result.isDone()) {
                report();
            }
        } while (unreported.addAndGet(-seen) != 0);
    }

    private void report() {
        Progress now = progress();
        try {
            callback.accept(now.report());
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
        if (now.isLast()) {
            result.complete(now.report());
        }
    }

    private static @Nullable Throwable withoutWrapper(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private synchronized void add(UserId user, boolean held, @Nullable Throwable failure) {
        if (held) {
            alreadyHeld++;
        } else if (failure == null) {
            issued++;
        } else {
            failed++;
            endsEarly |= failure instanceof AccessDeniedException;
            if (failures.size() < MAXIMUM_FAILURES_REPORTED) {
                Map<UserId, Throwable> more = new HashMap<>(failures);
                more.put(user, failure);
                failures = Map.copyOf(more);
            }
        }
    }

    private synchronized Progress progress() {
        PrefetchReport report = new PrefetchReport(users, alreadyHeld, issued, failures, failed);
        return new Progress(report, endsEarly || report.done() == users);
    }

    private record Progress(PrefetchReport report, boolean isLast) {}
}
