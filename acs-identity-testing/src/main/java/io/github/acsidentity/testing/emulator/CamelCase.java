/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names of constants as JSON has them. */
final class CamelCase {

    private static final Pattern NEXT_WORD = Pattern.compile("_(.)");

    private CamelCase() {}

    /** Returns {@code httpPort} for {@code HTTP_PORT}. */
    static String of(Enum<?> constant) {
        return NEXT_WORD
                .matcher(constant.name().toLowerCase(Locale.ROOT))
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }
}
