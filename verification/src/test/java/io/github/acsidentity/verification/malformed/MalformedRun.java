/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import io.github.acsidentity.IdentityException;
import io.github.acsidentity.verification.secrets.Pieces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Feeds a target many malformed inputs. A case depends on the seed and its number alone. */
final class MalformedRun {

    private static final long BOUND_SECONDS = 20;
    private static final int MAXIMUM_PROBLEMS = 5;

    private final Target target;
    private final long seed;
    private final int cases;
    private final Map<String, Integer> ends = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Pieces secrets;
    private final Inputs inputs = new Inputs();
    private final Consumer<String> listener;
    private volatile int current;

    /**
     * Creates a run.
     *
     * @param listener takes what the target said and threw, causes included
     */
    MalformedRun(Target target, long seed, int cases, Consumer<String> listener) {
        this.target = target;
        this.secrets = Secrets.pieces(target.piece());
        this.seed = seed;
        this.cases = cases;
        this.listener = listener;
    }

    /** Runs all cases and returns what was wrong, nothing if all went well. */
    List<String> problems() throws InterruptedException, ExecutionException {
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread daemon = new Thread(task, "malformed-input");
            daemon.setDaemon(true);
            return daemon;
        });
        try {
            watch(thread.submit(this::feedAll));
        } finally {
            thread.shutdownNow();
        }
        return problems;
    }

    /** Returns how many of the inputs were different. */
    int distinct() {
        return inputs.distinct();
    }

    /** Returns how many cases there were, and how they ended. */
    String summary() {
        return target.name() + ": " + cases + " cases, " + distinct() + " of them different, seed " + seed + ", "
                + ends;
    }

    /** A case that is still the present one after the whole bound hangs. */
    private void watch(Future<?> run) throws InterruptedException, ExecutionException {
        int before = -1;
        while (true) {
            try {
                run.get(BOUND_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                int now = current;
                if (now == before) {
                    throw new IllegalStateException("hangs: " + label(now), e);
                }
                before = now;
            }
        }
    }

    private void feedAll() {
        for (int i = 0; i < cases && problems.size() < MAXIMUM_PROBLEMS; i++) {
            current = i;
            feed(i);
        }
    }

    private void feed(int number) {
        String said;
        String end;
        try {
            said = target.feed(new Mutations(new SplittableRandom(seed * 1_000_003 + number)), inputs::add);
            end = "accepted or answered";
        } catch (Exception e) {
            said = Secrets.textOf(e) + (e instanceof IdentityException failure ? failure.details() : "");
            end = e.getClass().getSimpleName();
            if (!target.allows(e)) {
                problems.add(label(number) + " threw " + said);
            }
        } catch (StackOverflowError | OutOfMemoryError e) {
            said = "";
            end = e.getClass().getSimpleName();
            problems.add(label(number) + " threw "
                    + Secrets.textOf(e).lines().limit(12).toList());
        }
        ends.merge(end, 1, Integer::sum);
        listener.accept(said);
        if (secrets.areIn(said)) {
            problems.add(label(number) + " told a secret: " + said);
        }
    }

    private String label(int number) {
        return target.name() + ", case " + number + " of seed " + seed;
    }
}
