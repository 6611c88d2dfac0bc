/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.jdbc;

import java.util.regex.Pattern;

/** The name of the table of mappings, optionally with a schema; it goes into statements as it is. */
record TableName(String schema, String name) {

    static final String DEFAULT = "acs_user_mapping";

    private static final int MAXIMUM_SCHEMA = 60;
    /** PostgreSQL cuts names after 63 characters; those of indexes and of the second table are longer. */
    private static final int MAXIMUM_NAME = 40;

    private static final Pattern PART = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern TABLE_IN_SCRIPT = Pattern.compile("\\b" + DEFAULT + "(_attempt|_ix_\\w+)?\\b");

    static TableName parse(String text) {
        int dot = text.indexOf('.');
        String schema = dot < 0 ? "" : text.substring(0, dot);
        String name = text.substring(dot + 1);
        if ((dot >= 0 && !isName(schema, MAXIMUM_SCHEMA)) || !isName(name, MAXIMUM_NAME)) {
            throw new IllegalArgumentException("The table must be [schema.]name of ASCII letters, digits and '_',"
                    + " at most " + MAXIMUM_SCHEMA + " and " + MAXIMUM_NAME + " of them, not beginning with a digit,"
                    + " but was \"" + text + "\"");
        }
        return new TableName(schema, name);
    }

    String mappings() {
        return schema.isEmpty() ? name : schema + "." + name;
    }

    String attempts() {
        return mappings() + "_attempt";
    }

    /** Puts the names into a script that is written for {@link #DEFAULT}. Names of indexes have no schema. */
    String applyTo(String script) {
        return TABLE_IN_SCRIPT.matcher(script).replaceAll(found -> {
            String rest = found.group(1) == null ? "" : found.group(1);
            return (rest.startsWith("_ix_") ? name : mappings()) + rest;
        });
    }

    private static boolean isName(String text, int maximum) {
        return text.length() <= maximum && PART.matcher(text).matches();
    }
}
