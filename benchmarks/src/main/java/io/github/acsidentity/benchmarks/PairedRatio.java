/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How much longer one thing takes than another, from pairs of measurements that were made one after the other.
 *
 * @param mean the geometric mean of the ratios of all pairs
 * @param low the lower end of its 95 % confidence interval, by Student's t distribution of the logarithms; not a number
 *     if there is one pair only
 * @param high the upper end
 */
record PairedRatio(double mean, double low, double high) {

    private static final double CONFIDENCE = 0.975;

    /** Of as many measurements on both sides, at least one. */
    static PairedRatio of(List<Double> ours, List<Double> theirs) {
        int pairs = ours.size();
        if (pairs < 1 || theirs.size() != pairs) {
            throw new IllegalArgumentException("There must be one pair at least, but there were " + pairs
                    + " measurements on one side and " + theirs.size() + " on the other");
        }
        double[] logarithms = new double[pairs];
        double sum = 0;
        for (int i = 0; i < pairs; i++) {
            logarithms[i] = Math.log(ours.get(i) / theirs.get(i));
            sum += logarithms[i];
        }
        double mean = sum / pairs;
        if (pairs == 1) {
            return new PairedRatio(Math.exp(mean), Double.NaN, Double.NaN);
        }
        double squares = 0;
        for (double each : logarithms) {
            squares += (each - mean) * (each - mean);
        }
        double error = Math.sqrt(squares / (pairs - 1) / pairs)
                * new TDistribution(pairs - 1).inverseCumulativeProbability(CONFIDENCE);
        return new PairedRatio(Math.exp(mean), Math.exp(mean - error), Math.exp(mean + error));
    }

    @Override
    public String toString() {
        return Double.isNaN(low)
                ? digits(mean) + " x (one pair)"
                : digits(mean) + " x [" + digits(low) + ", " + digits(high) + "]";
    }

    /** Returns what is to be said of a goal, which is the largest ratio allowed. */
    String verdict(double goal) {
        String verdict = mean <= goal ? "met" : low <= goal ? "missed in the mean, within the interval" : "missed";
        return "goal " + digits(goal) + ": " + verdict;
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, value < 0.1 ? "%.2g" : "%.2f", value);
    }
}
