/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.Faults;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Every fault that there is, at rates that are drawn from a seed and add up to a given share of the calls. */
final class RandomFaults {

    private final Map<String, AtomicLong> struck = new LinkedHashMap<>();

    static RandomFaults inject(Faults faults, double share, long seed) {
        RandomFaults injected = new RandomFaults();
        Map<String, Fault> kinds = kinds();
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Double> weights = new LinkedHashMap<>();
        kinds.forEach((name, fault) -> weights.put(name, weight(name) * (0.5 + random.nextDouble())));
        double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        double before = 0;
        for (Map.Entry<String, Double> weight : weights.entrySet()) {
            double rate = share * weight.getValue() / sum;
            // a rule is asked only about calls that none before it has struck
            injected.add(
                    faults,
                    weight.getKey(),
                    requireNonNull(kinds.get(weight.getKey())),
                    rate / (1 - before),
                    random.split());
            before += rate;
        }
        return injected;
    }

    /** Calls that hang, and refusals of users who exist, last longest: they are rarer. */
    private static double weight(String name) {
        return name.startsWith("hang") || name.startsWith("404") ? 0.4 : 1;
    }

    private static Map<String, Fault> kinds() {
        Map<String, Fault> kinds = new LinkedHashMap<>();
        kinds.put("drop", Fault.drop());
        kinds.put("lost answer", Fault.lostAnswer());
        kinds.put("hang", Fault.hang());
        kinds.put("hang after processing", Fault.hang().afterProcessing());
        kinds.put("latency", Fault.latency(Duration.ofMillis(200)));
        kinds.put("truncated body", Fault.truncatedBody());
        kinds.put("malformed body", Fault.malformedBody());
        kinds.put("slow body", Fault.slowBody(Duration.ofMillis(300)));
        kinds.put("429", Fault.throttled());
        kinds.put("429, retry after 2 s", Fault.throttled().withRetryAfter(Duration.ofSeconds(2)));
        kinds.put("302", Fault.status(302));
        kinds.put("400", Fault.status(400).withErrorCode("ValidationError"));
        kinds.put("401", Fault.status(401).withErrorCode("Denied"));
        kinds.put("403", Fault.status(403));
        kinds.put("404", Fault.status(404));
        kinds.put("408", Fault.status(408));
        kinds.put("500", Fault.status(500));
        kinds.put("500 after processing", Fault.status(500).afterProcessing());
        kinds.put(
                "503, retry after 1 s, late",
                Fault.status(503).withRetryAfter(Duration.ofSeconds(1)).withLatency(Duration.ofMillis(100)));
        return kinds;
    }

    private void add(Faults faults, String name, Fault fault, double rate, SplittableRandom random) {
        AtomicLong count = new AtomicLong();
        struck.put(name, count);
        faults.on()
                .whileTrue(
                        () -> {
                            boolean strikes;
                            synchronized (random) {
                                strikes = random.nextDouble() < rate;
                            }
                            if (strikes) {
                                count.incrementAndGet();
                            }
                            return strikes;
                        },
                        fault);
    }

    /** Returns how many calls each fault has struck. */
    Map<String, AtomicLong> struck() {
        return struck;
    }
}
