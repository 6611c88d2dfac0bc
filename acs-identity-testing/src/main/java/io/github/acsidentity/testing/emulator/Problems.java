/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Everything that is wrong with an input, collected, so that it is all reported at once. */
final class Problems {

    private static final Pattern HARMLESS = Pattern.compile("[\\w.:+\\-]{1,40}");

    private final List<String> all = new ArrayList<>();

    void add(String problem) {
        all.add(problem);
    }

    List<String> all() {
        return List.copyOf(all);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Returns them as the answer to an administrator. */
    BadAdminRequestException exception() {
        return new BadAdminRequestException(String.join("; ", all) + ".");
    }

    /** Returns a value as a message may show it: somebody may have given a connection string in the wrong place. */
    static String shown(String value) {
        return HARMLESS.matcher(value).matches() ? value : "something else";
    }
}
