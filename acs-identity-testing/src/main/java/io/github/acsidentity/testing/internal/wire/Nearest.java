/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody may have meant. */
final class Nearest {

    private static final int LONGEST_COMPARED = 300;
    /** Whoever abbreviates is nearer than who writes something else. */
    private static final int MISSING = 1;

    private static final int WRONG = 2;

    private Nearest() {}

    /** Returns the candidate with the smallest edit distance; the first of several. */
    static String to(String text, Collection<String> candidates) {
        String compared = text.substring(0, Math.min(text.length(), LONGEST_COMPARED));
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(compared, candidate)))
                .orElseThrow();
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j * MISSING;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i * WRONG;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : WRONG);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j] + WRONG, row[j - 1] + MISSING));
            }
        }
        return row[b.length()];
    }
}
