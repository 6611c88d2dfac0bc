/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Heap per user with one token, measured in a JVM of its own by {@link FilledCache}. */
final class MemoryPerUser implements Measurement {

    private static final double GOAL = 200;

    @Override
    public List<String> run(boolean quick) throws Exception {
        int users = quick ? 100_000 : 1_000_000;
        List<String> lines = new ArrayList<>(fill(users));
        double bytes = bytesPerUser(lines);
        if (!quick) {
            lines.add("goal: at most %.0f B, %s".formatted(GOAL, bytes <= GOAL ? "met" : "missed"));
        }
        return lines;
    }

    /** Returns the table that a JVM prints which has filled a cache. */
    static List<String> fill(int users) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xms1g",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FilledCache.class.getName(),
                        Integer.toString(users))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The JVM that fills a cache has failed: " + lines);
        }
        return lines;
    }

    /** Reads the heap per user from the first line of the table. */
    static double bytesPerUser(List<String> table) {
        String first = table.get(0);
        return Double.parseDouble(first.substring(0, first.indexOf(' ')));
    }
}
