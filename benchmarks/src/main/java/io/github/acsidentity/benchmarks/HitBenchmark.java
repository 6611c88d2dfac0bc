/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.acsidentity.UserId;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Gets tokens that are held; each JVM sees one rival only, so that its calls are as direct as in an application. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class HitBenchmark {

    static final int USERS = 100_000;

    /** The name of a {@code Rival}. */
    @Param({"OURS"})
    public String rival;

    private UserId[] users;
    private byte[][] texts;
    private int[] accesses;
    private Lookup lookup;

    /** For JMH. */
    public HitBenchmark() {}

    /** Fills the cache. */
    @Setup
    public void fill() {
        Users population = new Users(USERS);
        users = population.ids();
        texts = Stream.of(users).map(user -> user.rawId().getBytes(ISO_8859_1)).toArray(byte[][]::new);
        accesses = population.accesses();
        lookup = Rival.valueOf(rival).filled(population);
        System.gc();
    }

    /**
     * Looks up by the very object that the token was put with.
     *
     * @param position whose turn it is
     * @return the token
     */
    @Benchmark
    public Object own(Position position) {
        return lookup.find(users[accesses[position.next()]]);
    }

    /**
     * Looks up by an id as it comes with a request: a new string.
     *
     * @param position whose turn it is
     * @return the token
     */
    @Benchmark
    public Object equal(Position position) {
        return lookup.find(new UserId(new String(texts[accesses[position.next()]], ISO_8859_1)));
    }

    /** Where a thread is in the order of accesses. */
    @State(Scope.Thread)
    public static class Position {

        private int next = ThreadLocalRandom.current().nextInt(Users.ACCESSES);

        /** For JMH. */
        public Position() {}

        int next() {
            return next++ & (Users.ACCESSES - 1);
        }
    }
}
