/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import java.util.HashSet;
import java.util.Set;

/** Counts different inputs, by hashes of 64 bits. */
final class Inputs {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final Set<Long> hashes = new HashSet<>();

    void add(String input) {
        long hash = OFFSET;
        for (int i = 0; i < input.length(); i++) {
            hash = (hash ^ input.charAt(i)) * PRIME;
        }
        hashes.add(hash);
    }

    /** Returns how many there were, each counted once. */
    int distinct() {
        return hashes.size();
    }
}
