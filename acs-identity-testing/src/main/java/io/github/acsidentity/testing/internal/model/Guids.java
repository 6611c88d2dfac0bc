/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** GUIDs from a given source of randomness. */
final class Guids {

    private Guids() {}

    /** Returns a random GUID (version 4) in lower case. */
    static String random(Random random) {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(high, low).toString();
    }

    /**
     * Returns the GUID of the n-th user: it grows with the number, as those of the service do. It depends on the number
     * and the seed alone, so that users who are created side by side have the same ids in each run.
     */
    static String sequential(long number, long seed) {
        Random random = new Random(seed + number * 0x9E3779B97F4A7C15L);
        int noise = random.nextInt();
        return String.format(
                Locale.ROOT,
                "%08x-%04x-%04x-%04x-%04x0d00%04x",
                number,
                noise >>> 16,
                noise & 0xFFFF,
                random.nextInt(0x10000),
                random.nextInt(0x10000),
                number & 0xFFFF);
    }
}
