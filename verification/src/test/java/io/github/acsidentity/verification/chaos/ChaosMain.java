/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The program: {@code [--minutes N] [--seed S]}. Exits with 1 if a promise was broken. */
final class ChaosMain {

    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long BYTES_PER_MB = 1 << 20;
    private static final long MOST_BYTES_LEFT = 8 * BYTES_PER_MB;

    private ChaosMain() {}

    public static void main(String[] arguments) {
        Duration duration = Duration.ofMinutes(1);
        long seed = new Random().nextLong();
        List<String> given = List.of(arguments);
        for (int i = 0; i < given.size(); i += 2) {
            String value = i + 1 < given.size() ? given.get(i + 1) : "";
            switch (given.get(i)) {
                case "--minutes" -> duration = Duration.ofMillis((long) (Double.parseDouble(value) * 60_000));
                case "--seed" -> seed = Long.parseLong(value);
                default -> throw new IllegalArgumentException("Unknown: " + given.get(i));
            }
        }
        System.exit(run(duration, seed) ? 0 : 1);
    }

    /** Returns whether all promises were kept. */
    static boolean run(Duration duration, long seed) {
        System.out.println("Seed " + seed + ", " + duration.toSeconds() + " s");
        // what a JVM loads and starts once is no leak
        new Chaos(seed, UnaryOperator.identity()).run(WARM_UP);
        Residue before = Residue.now();
        before.threadsLeft(PATIENCE);
        before = Residue.now();
        Chaos.Report report = new Chaos(seed, UnaryOperator.identity()).run(duration);
        System.out.print(report.text());
        Violation violation = report.violation();
        Set<String> threads = before.threadsLeft(PATIENCE);
        long more = before.moreBytes();
        System.out.println("Afterwards\n  threads more than before: " + threads + "\n  heap in use: "
                + more / BYTES_PER_MB + " MB more than the " + before.usedBytes() / BYTES_PER_MB + " MB before");
        boolean kept = true;
        if (violation != null) {
            System.out.println("VIOLATION with seed " + seed + ": " + violation.rule() + "\n" + violation.details());
            kept = false;
        }
        if (!threads.isEmpty() || more > MOST_BYTES_LEFT) {
            System.out.println("VIOLATION with seed " + seed + ": threads or memory are left behind");
            kept = false;
        }
        System.out.println(kept ? "All promises were kept." : "A promise was broken.");
        return kept;
    }
}
