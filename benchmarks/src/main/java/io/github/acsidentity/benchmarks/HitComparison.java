/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.util.ListStatistics;

/**
 * Compares hits: our own against a map, Caffeine and what else one could use.
 *
 * <p>Each case is measured once in every round, each time by a JVM of its own; every other round goes backwards, so
 * that a machine that gets slower or faster favours none. The ratios are those of a round.
 */
final class HitComparison implements Measurement {

    @Override
    public List<String> run(boolean quick) throws RunnerException {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Time of a hit, ours to the rival's; below 1 ours is faster. Key own: the very UserId that was put in;"
                        + " equal: a new one for each get, whose bytes count. Full: as many users as there is room for;"
                        + " all others have room for 2.5 times as many.");
        lines.add(row("rival", "ours", "key", "threads", "ours/rival [95 %]", "B/op ours", "theirs", "goal"));
        lines.addAll(table(measure(core(quick), quick ? 2 : 10, quick)));
        lines.addAll(table(measure(peers(quick), quick ? 1 : 3, quick)));
        return lines;
    }

    private static List<Fork.Case> core(boolean quick) {
        List<Fork.Case> cases = new ArrayList<>();
        for (String key : List.of("own", "equal")) {
            for (int threads = 1; threads <= (quick && key.equals("equal") ? 1 : 2); threads++) {
                for (Rival rival : List.of(Rival.OURS, Rival.OURS_ASYNC, Rival.FLOOR, Rival.CAFFEINE)) {
                    cases.add(new Fork.Case(rival, key, threads));
                }
                if (key.equals("own") && threads == 1) {
                    cases.add(new Fork.Case(Rival.OURS_FULL, key, threads));
                    cases.add(new Fork.Case(Rival.CAFFEINE_FULL, key, threads));
                }
            }
        }
        return cases;
    }

    /** Our own is measured once more beside the peers, to compare what ran in the same round. */
    private static List<Fork.Case> peers(boolean quick) {
        List<Fork.Case> cases = new ArrayList<>();
        for (String key : List.of("own", "equal")) {
            for (int threads = 1; threads <= (quick || key.equals("equal") ? 1 : 2); threads++) {
                for (Rival rival : Rival.values()) {
                    if (rival == Rival.OURS || rival.isPeer()) {
                        cases.add(new Fork.Case(rival, key, threads));
                    }
                }
            }
        }
        return cases;
    }

    private static Map<Fork.Case, List<Fork>> measure(List<Fork.Case> cases, int rounds, boolean quick)
            throws RunnerException {
        Map<Fork.Case, List<Fork>> forks = new LinkedHashMap<>();
        List<Fork.Case> order = new ArrayList<>(cases);
        for (int round = 1; round <= rounds; round++) {
            for (Fork.Case each : order) {
                Fork fork = Fork.of(each, quick);
                forks.computeIfAbsent(each, unused -> new ArrayList<>()).add(fork);
                System.err.printf(Locale.ROOT, "round %d: %s: %.1f ns%n", round, each, fork.nanos());
            }
            Collections.reverse(order);
        }
        return forks;
    }

    private static List<String> table(Map<Fork.Case, List<Fork>> forks) {
        List<String> lines = new ArrayList<>();
        forks.forEach((theirs, measured) -> {
            for (Rival own : List.of(Rival.OURS, Rival.OURS_ASYNC, Rival.OURS_FULL)) {
                List<Fork> ours = forks.get(new Fork.Case(own, theirs.key(), theirs.threads()));
                if (ours != null && theirs.rival().isRivalOf(own)) {
                    PairedRatio ratio = ratio(ours, measured);
                    lines.add(row(
                            theirs.rival().label(),
                            own == Rival.OURS_ASYNC ? "async" : own == Rival.OURS_FULL ? "full" : "blocking",
                            theirs.key(),
                            String.valueOf(theirs.threads()),
                            ratio.toString(),
                            bytes(ours),
                            bytes(measured),
                            own == Rival.OURS_ASYNC
                                    ? ""
                                    : ratio.verdict(theirs.rival().goal())));
                }
            }
        });
        return lines;
    }

    private static String row(String... cells) {
        return String.format(Locale.ROOT, "%-34s %-8s %-6s %7s  %-21s %9s %9s  %s", (Object[]) cells)
                .stripTrailing();
    }

    private static PairedRatio ratio(List<Fork> ours, List<Fork> theirs) {
        int pairs = Math.min(ours.size(), theirs.size());
        return PairedRatio.of(nanos(ours, pairs), nanos(theirs, pairs));
    }

    private static List<Double> nanos(List<Fork> forks, int count) {
        return forks.stream().limit(count).map(Fork::nanos).toList();
    }

    private static String bytes(List<Fork> forks) {
        double[] bytes = forks.stream().mapToDouble(Fork::bytes).toArray();
        return String.format(Locale.ROOT, "%.1f", new ListStatistics(bytes).getPercentile(50));
    }
}
