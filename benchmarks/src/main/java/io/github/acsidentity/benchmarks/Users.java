/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** Users as the service names them, their tokens, and in which order they come. */
final class Users {

    /** Accesses before the order repeats; a power of 2. */
    static final int ACCESSES = 1 << 20;

    private static final double EXPONENT = 0.99;
    private static final int TOKEN_LENGTH = 900;

    private final UserId[] ids;
    private final Instant expiresAt = Instant.now().plus(1, ChronoUnit.DAYS);

    Users(int count) {
        Random random = new Random(1);
        String resource = "8:acs:" + guid(random) + "_";
        ids = Stream.generate(() -> new UserId(resource + guid(random)))
                .limit(count)
                .toArray(UserId[]::new);
    }

    UserId[] ids() {
        return ids;
    }

    /** Returns a token of a day, with a string of its own. */
    AccessToken issue() {
        byte[] text = new byte[TOKEN_LENGTH];
        Arrays.fill(text, (byte) 'x');
        return new AccessToken(new String(text, ISO_8859_1), expiresAt);
    }

    /** Returns a token of a day that can be parsed. */
    String jwt() {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        String payload = "{\"exp\":" + expiresAt.getEpochSecond() + ",\"skypeid\":\"acs\"}";
        return "e30." + encoder.encodeToString(payload.getBytes(ISO_8859_1)) + "." + "x".repeat(TOKEN_LENGTH);
    }

    /** Returns which users come, by their position; few come often, many seldom, as Zipf has it. */
    int[] accesses() {
        double[] cumulated = new double[ids.length];
        double sum = 0;
        for (int rank = 0; rank < cumulated.length; rank++) {
            sum += Math.pow(rank + 1, -EXPONENT);
            cumulated[rank] = sum;
        }
        Random random = new Random(2);
        int[] accesses = new int[ACCESSES];
        for (int i = 0; i < accesses.length; i++) {
            int found = Arrays.binarySearch(cumulated, random.nextDouble() * sum);
            accesses[i] = found < 0 ? Math.min(-found - 1, ids.length - 1) : found;
        }
        return accesses;
    }

    private static String guid(Random random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
