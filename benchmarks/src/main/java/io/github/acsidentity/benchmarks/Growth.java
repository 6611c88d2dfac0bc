/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.cache.CachingIdentityManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What a get of a random user costs as they become more, beside the bare map that any cache is made of, which meets the
 * same memory.
 */
final class Growth implements Measurement {

    private static final TokenRequest REQUEST = TokenRequest.of(TokenScope.VOIP);
    private static final int GETS = 1 << 20;

    @Override
    public List<String> run(boolean quick) throws Exception {
        List<Point> points = new ArrayList<>();
        for (int users = 1_000; users <= (quick ? 100_000 : 1_000_000); users *= 10) {
            System.err.printf("%,d users%n", users);
            points.add(measure(users, quick));
        }
        Path plot = quick ? Path.of("benchmarks/target/growth.svg") : Path.of("docs/images/growth.svg");
        Files.createDirectories(plot.toAbsolutePath().getParent());
        Files.writeString(plot, GrowthPlot.draw(points));
        List<String> lines = new ArrayList<>();
        lines.add("%9s %20s %22s %10s".formatted("users", "ns of a random get", "of ConcurrentHashMap", "B/user"));
        for (Point point : points) {
            lines.add("%,9d %20.1f %22.1f %10.1f"
                    .formatted(point.users(), point.nanos(), point.nanosOfMap(), point.bytes()));
        }
        lines.add("plotted in " + plot);
        return lines;
    }

    private static Point measure(int users, boolean quick) throws Exception {
        String[] rawIds =
                IntStream.range(0, users).mapToObj(OpaqueTokens::rawId).toArray(String[]::new);
        UserId[] ids = Arrays.stream(rawIds).map(UserId::new).toArray(UserId[]::new);
        Map<UserId, AccessToken> map = new ConcurrentHashMap<>();
        double nanos = Double.MAX_VALUE;
        double nanosOfMap = Double.MAX_VALUE;
        try (CachingIdentityManager manager = FilledCache.fill(rawIds)) {
            for (UserId id : ids) {
                // as in the cache, the key is not the object that is asked for
                map.put(new UserId(id.rawId()), manager.getToken(id, REQUEST));
            }
            int[] order = new SplittableRandom(users).ints(GETS, 0, users).toArray();
            for (int round = 0; round < (quick ? 6 : 20); round++) {
                nanos = Math.min(nanos, time(ids, order, id -> manager.getToken(id, REQUEST)));
                nanosOfMap = Math.min(nanosOfMap, time(ids, order, id -> requireNonNull(map.get(id))));
            }
        }
        return new Point(users, nanos, nanosOfMap, MemoryPerUser.bytesPerUser(MemoryPerUser.fill(users)));
    }

    private static double time(UserId[] ids, int[] order, Function<UserId, AccessToken> get) {
        int characters = 0;
        long begin = System.nanoTime();
        for (int number : order) {
            characters += get.apply(ids[number]).value().length();
        }
        long nanos = System.nanoTime() - begin;
        if (characters == 0) {
            throw new IllegalStateException("The tokens are empty");
        }
        return (double) nanos / order.length;
    }

    /** One size. */
    record Point(int users, double nanos, double nanosOfMap, double bytes) {}
}
