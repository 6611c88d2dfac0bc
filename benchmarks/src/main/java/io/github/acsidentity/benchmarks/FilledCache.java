/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.cache.CachingIdentityManager;
import io.github.acsidentity.cache.RefreshPolicy;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.management.ObjectName;

/**
 * Fills a cache and prints what that costs of the heap. Texts are left out: the ids are there before, and all tokens
 * have the same text.
 */
final class FilledCache {

    private static final TokenRequest REQUEST = TokenRequest.of(TokenScope.VOIP);

    private FilledCache() {}

    /**
     * Prints the heap per user, and by class.
     *
     * @param args the number of users
     * @throws Exception if the JVM tells no histogram
     */
    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        int users = Integer.parseInt(args[0]);
        String[] rawIds =
                IntStream.range(0, users).mapToObj(OpaqueTokens::rawId).toArray(String[]::new);
        try {
            fill(new String[] {OpaqueTokens.rawId(-1)}).close(); // what is loaded and made once
            histogram();
            long before = usedAfterCollection();
            Map<String, Long> classesBefore = histogram();
            CachingIdentityManager manager = fill(rawIds);
            long used = usedAfterCollection() - before;
            Map<String, Long> classes = histogram();

            System.out.printf("%.1f B of heap per user%n", (double) used / users);
            System.out.printf(
                    "%,d users, maximumUsers(%d), JDK %s, texts of ids and tokens left out%n",
                    users, users, Runtime.version().feature());
            classes.replaceAll((name, bytes) -> bytes - classesBefore.getOrDefault(name, 0L));
            classes.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                    .filter(entry -> entry.getValue() >= 0.1 * users)
                    .forEach(entry ->
                            System.out.printf("%8.1f B  %s%n", (double) entry.getValue() / users, entry.getKey()));
            manager.close();
        } finally {
            Reference.reachabilityFence(rawIds);
        }
    }

    /** While it fills, the time passes faster than it does, so that the call budget does not take a minute and more. */
    static CachingIdentityManager fill(String[] rawIds) {
        SteppedTime time = new SteppedTime();
        CachingIdentityManager manager = CachingIdentityManager.builder(
                        IdentityManager.from(new OpaqueTokens(time, Runnable::run)))
                .refreshPolicy(RefreshPolicy.vending().toBuilder()
                        .callsPerSecond(10_000)
                        .build())
                .maximumUsers(rawIds.length)
                .timeSource(time)
                .build();
        for (String rawId : rawIds) {
            time.step();
            manager.getToken(new UserId(rawId), REQUEST);
        }
        if (manager.stats().evictions() != 0) {
            throw new IllegalStateException("Not all users fit: " + manager.stats());
        }
        time.runOn();
        return manager;
    }

    private static long usedAfterCollection() {
        // the serial collector leaves dead objects among the living in three collections of four
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Returns the bytes of all that is reachable, by class. */
    private static Map<String, Long> histogram() throws Exception {
        Object answer = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {null},
                        new String[] {String[].class.getName()});
        Map<String, Long> bytes = new LinkedHashMap<>();
        String.valueOf(answer)
                .lines()
                .map(line -> line.trim().split("\\s+"))
                .filter(words -> words.length >= 4 && words[0].endsWith(":"))
                .forEach(words -> bytes.merge(words[3], Long.parseLong(words[2]), Long::sum));
        return bytes;
    }

    /** Moves by steps, and then on as the real time does: reading a clock is part of a get. */
    private static final class SteppedTime implements TimeSource {

        private final TimeSource system = TimeSource.system();
        private final AtomicLong steps = new AtomicLong();
        private volatile long ranOnAt;

        void step() {
            steps.incrementAndGet();
        }

        void runOn() {
            ranOnAt = system.nanos();
        }

        @Override
        public long millis() {
            return TimeUnit.NANOSECONDS.toMillis(nanos());
        }

        @Override
        public long nanos() {
            long since = ranOnAt;
            return TimeUnit.MILLISECONDS.toNanos(steps.get()) + (since == 0 ? 0 : system.nanos() - since);
        }
    }
}
