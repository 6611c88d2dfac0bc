/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** Says which users come in which second. */
interface Traffic {

    /** Returns how many come in a second; called once for each, one second after the other. */
    int arrivals(int second);

    /** Tells the users of the second that was asked for last. */
    void each(IntConsumer reader);

    /** Users who come again and again, each after a random time between two bounds in seconds. */
    static Traffic uniform(int users, int shortest, int longest, SplittableRandom random) {
        return new Wheel(users, shortest, longest, random);
    }

    /** So many gets per second, of users whose shares follow Zipf's law with exponent 1. */
    static Traffic zipf(int users, double perSecond, SplittableRandom random) {
        double width = Math.log(users + 1.0);
        return new Traffic() {

            private int count;

            @Override
            public int arrivals(int second) {
                count = (int) (Math.floor((second + 1) * perSecond) - Math.floor(second * perSecond));
                return count;
            }

            @Override
            public void each(IntConsumer reader) {
                for (int i = 0; i < count; i++) {
                    reader.accept(Math.min(users, (int) Math.exp(random.nextDouble() * width)) - 1);
                }
            }
        };
    }

    /** A list of users for each of the next seconds. */
    final class Wheel implements Traffic {

        private final int[] first;
        private final int[] next;
        private final int[] counts;
        private final int shortest;
        private final int longest;
        private final SplittableRandom random;
        private int now;

        Wheel(int users, int shortest, int longest, SplittableRandom random) {
            this.first = new int[longest + 1];
            this.next = new int[users];
            this.counts = new int[longest + 1];
            this.shortest = shortest;
            this.longest = longest;
            this.random = random;
            Arrays.fill(first, -1);
            for (int user = 0; user < users; user++) {
                add(user, random.nextInt(longest));
            }
        }

        private void add(int user, int second) {
            int slot = second % first.length;
            next[user] = first[slot];
            first[slot] = user;
            counts[slot]++;
        }

        @Override
        public int arrivals(int second) {
            now = second;
            return counts[second % first.length];
        }

        @Override
        public void each(IntConsumer reader) {
            int slot = now % first.length;
            int user = first[slot];
            first[slot] = -1;
            counts[slot] = 0;
            while (user >= 0) {
                int following = next[user];
                reader.accept(user);
                add(user, now + random.nextInt(shortest, longest + 1));
                user = following;
            }
        }
    }
}
