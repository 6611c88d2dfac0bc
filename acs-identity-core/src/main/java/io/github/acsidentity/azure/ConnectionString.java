/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The two parts of a connection string, {@code endpoint=https://…;accesskey=…}.
 *
 * <p>Keys are case-insensitive and may come in any order, as the SDK has it. No part of the text goes into a message:
 * what is wrong may be a secret in the wrong place.
 */
record ConnectionString(String endpoint, String accessKey) {

    private static final String FORM =
            "a connection string has the form endpoint=https://<resource>.communication.azure.com/"
                    + ";accesskey=<key>";

    static ConnectionString parse(String text) {
        if (text.isBlank()) {
            throw wrong("it is empty");
        }
        if (text.strip().charAt(0) == '"' || text.strip().charAt(0) == '\'') {
            throw wrong("it is in quotation marks");
        }
        String endpoint = null;
        String accessKey = null;
        String[] parts = text.strip().split(";", -1);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i].strip();
            if (part.isEmpty() && i == parts.length - 1) {
                continue;
            }
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw wrong("part " + (i + 1) + " is not of the form key=value");
            }
            String value = part.substring(equals + 1).strip();
            switch (part.substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
                case "endpoint" -> endpoint = once("endpoint", endpoint, value);
                case "accesskey" -> accessKey = once("accesskey", accessKey, value);
                default -> throw wrong("the key of part " + (i + 1) + " is neither endpoint nor accesskey");
            }
        }
        return new ConnectionString(present("endpoint", endpoint), present("accesskey", accessKey));
    }

    private static String once(String key, @Nullable String before, String value) {
        if (before != null) {
            throw wrong("it has the key " + key + " twice");
        }
        if (value.isEmpty()) {
            throw wrong("the value of " + key + " is empty");
        }
        return value;
    }

    private static String present(String key, @Nullable String value) {
        if (value == null) {
            throw wrong("it has no " + key);
        }
        return value;
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("The connection string cannot be used: " + what + "; " + FORM);
    }

    /** Returns the endpoint, without the secret. */
    @Override
    public String toString() {
        return "ConnectionString[endpoint=" + endpoint + ", accessKey=<redacted>]";
    }
}
