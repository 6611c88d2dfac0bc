/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The program. Exits with 1 if a promise was broken, with 2 if an argument is wrong. */
final class ChaosMain {

    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long BYTES_PER_MB = 1 << 20;

    private ChaosMain() {}

    public static void main(String[] arguments) {
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(run(options) ? 0 : 1);
    }

    /** Returns whether all promises were kept. */
    private static boolean run(Options options) {
        long seed = options.seed();
        System.out.println("Seed " + seed + ", " + options.duration().toSeconds() + " s");
        // what a JVM loads and starts once is no leak
        new Chaos(seed, UnaryOperator.identity()).run(WARM_UP);
        Residue before = Residue.now();
        before.threadsLeft(PATIENCE);
        before = Residue.now();
        Chaos.Report report = new Chaos(seed, UnaryOperator.identity()).run(options.duration());
        System.out.print(report.text());
        Set<String> threads = before.threadsLeft(PATIENCE);
        long more = before.moreBytes();
        System.out.println("Afterwards\n  threads more than before: " + threads + "\n  heap in use: "
                + more / BYTES_PER_MB + " MB more than the " + before.usedBytes() / BYTES_PER_MB + " MB before");
        List<Violation> violations = Stream.concat(
                        Stream.ofNullable(report.violation()), Residue.judge(threads, more).stream())
                .toList();
        violations.forEach(violation -> System.out.println(
                "VIOLATION with seed " + seed + ": " + violation.rule() + "\n" + violation.details()));
        System.out.println(
                violations.isEmpty()
                        ? "All promises were kept."
                        : "A promise was broken; --seed " + seed + " draws the same again.");
        return violations.isEmpty();
    }
}
