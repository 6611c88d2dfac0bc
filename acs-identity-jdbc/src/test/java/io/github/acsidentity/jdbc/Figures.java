/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

/** Figures for the documentation: not measured unless {@code -Dacs.identity.jdbc.figures=true} asks for them. */
final class Figures {

    static final String PROPERTY = "acs.identity.jdbc.figures";
    static final boolean WANTED = Boolean.getBoolean(PROPERTY);

    private Figures() {}

    static void print(String format, Object... arguments) {
        if (WANTED) {
            System.out.printf(format + "%n", arguments);
        }
    }
}
