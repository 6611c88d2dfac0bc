/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * What the program is asked for.
 *
 * @param duration how long everything goes wrong
 * @param seed what decides what is drawn
 */
record Options(Duration duration, long seed) {

    static final String USAGE = "Usage: verification/chaos [--minutes N] [--seed S]";

    private static final double MOST_MINUTES = 1440;
    private static final double LEAST_MINUTES = 0.05;
    private static final int MILLIS_PER_MINUTE = 60_000;

    /**
     * Reads the arguments; without a seed, one is drawn.
     *
     * @throws IllegalArgumentException if one of them is wrong
     */
    static Options parse(List<String> arguments) {
        Duration duration = Duration.ofMinutes(1);
        long seed = new Random().nextLong();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (!name.equals("--minutes") && !name.equals("--seed")) {
                throw new IllegalArgumentException("Unknown argument: " + name);
            }
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            if (name.equals("--minutes")) {
                duration = minutes(arguments.get(i + 1));
            } else {
                seed = seed(arguments.get(i + 1));
            }
        }
        return new Options(duration, seed);
    }

    private static Duration minutes(String value) {
        try {
            double minutes = Double.parseDouble(value);
            if (minutes >= LEAST_MINUTES && minutes <= MOST_MINUTES) {
                return Duration.ofMillis((long) (minutes * MILLIS_PER_MINUTE));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(minutesMessage(value), e);
        }
        throw new IllegalArgumentException(minutesMessage(value));
    }

    private static String minutesMessage(String value) {
        return "--minutes must be a number from " + LEAST_MINUTES + " to " + (int) MOST_MINUTES + ", but was " + value;
    }

    private static long seed(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--seed must be a whole number of 64 bits, but was " + value, e);
        }
    }
}
