/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.secrets;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * The search for secrets in a text: as many characters in a row as are wanted are found, so that a shortened or spoiled
 * secret is found as well.
 */
public final class Pieces {

    private static final long BASE = 1_000_003;
    private static final int FILTER_BITS = 20;

    private final int length;
    private final long highest;
    private final Set<String> pieces = new HashSet<>();
    /** Tells almost every text that is no piece by its hash alone. */
    private final BitSet filter = new BitSet(1 << FILTER_BITS);

    /**
     * Creates a search.
     *
     * @param length how many characters in a row are found
     */
    public Pieces(int length) {
        this.length = length;
        long power = 1;
        for (int i = 1; i < length; i++) {
            power *= BASE;
        }
        this.highest = power;
    }

    /** Adds a secret to those that are looked for. */
    public void add(String secret) {
        for (int i = 0; i + length <= secret.length(); i++) {
            String piece = secret.substring(i, i + length);
            if (pieces.add(piece)) {
                long hash = 0;
                for (int j = 0; j < length; j++) {
                    hash = hash * BASE + piece.charAt(j);
                }
                filter.set(bit(hash));
            }
        }
    }

    /** Returns whether a piece of a secret is in a text. */
    public boolean areIn(String text) {
        long hash = 0;
        for (int i = 0; i < text.length(); i++) {
            if (i >= length) {
                hash -= highest * text.charAt(i - length);
            }
            hash = hash * BASE + text.charAt(i);
            if (i >= length - 1 && filter.get(bit(hash)) && pieces.contains(text.substring(i + 1 - length, i + 1))) {
                return true;
            }
        }
        return false;
    }

    private static int bit(long hash) {
        return (int) ((hash * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - FILTER_BITS));
    }
}
