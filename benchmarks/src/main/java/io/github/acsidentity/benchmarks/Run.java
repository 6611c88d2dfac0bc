/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs the measurements that are asked for, and prints their tables at the end. */
public final class Run {

    private static final Map<String, Measurement> MEASUREMENTS = new LinkedHashMap<>();

    static {
        MEASUREMENTS.put("hit", new HitComparison());
        MEASUREMENTS.put("cold", new ColdComparison());
        MEASUREMENTS.put("memory", new MemoryPerUser());
        MEASUREMENTS.put("scale", new Scale());
        MEASUREMENTS.put("growth", new Growth());
        MEASUREMENTS.put("stampede", new Stampede());
    }

    private Run() {}

    /**
     * Runs.
     *
     * @param args names of measurements, or {@code all}, and {@code --quick}
     * @throws Exception if one fails
     */
    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        List<String> names = new ArrayList<>(List.of(args));
        boolean quick = names.remove("--quick");
        if (names.isEmpty() || names.equals(List.of("all"))) {
            names = new ArrayList<>(MEASUREMENTS.keySet());
        }
        if (!MEASUREMENTS.keySet().containsAll(names)) {
            System.err.println("usage: benchmarks/run [" + String.join("|", MEASUREMENTS.keySet()) + "|all] [--quick]");
            System.exit(2);
        }
        List<String> tables = new ArrayList<>();
        for (String name : names) {
            tables.add("");
            tables.add(name);
            tables.addAll(requireNonNull(MEASUREMENTS.get(name)).run(quick));
        }
        tables.forEach(System.out::println);
    }
}
