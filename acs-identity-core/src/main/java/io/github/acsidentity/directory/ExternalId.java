/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import static java.util.Objects.requireNonNull;

/**
 * The id that an application's own user has, optionally in a namespace such as a tenant.
 *
 * <p>Two ids are equal if namespace and value have the same characters: upper and lower case, blanks and forms of
 * Unicode are told apart. The ids may be personal data, so {@link #toString()} shows their lengths only.
 *
 * @param namespace what tells apart users of different origin; at most 128 characters, empty for none
 * @param value the user's id in it; not blank, at most 512 characters
 */
public record ExternalId(String namespace, String value) {

    private static final int MAXIMUM_NAMESPACE = 128;
    private static final int MAXIMUM_VALUE = 512;

    /**
     * Checks the id. Characters are those of Java ({@link String#length()}).
     *
     * @param namespace the namespace, empty for none
     * @param value the user's id
     * @throws IllegalArgumentException if one is too long or blank, or has characters that databases do not keep as
     *     they are: the null character and halves of surrogate pairs
     */
    public ExternalId {
        requireNonNull(value, "externalId");
        requireNamespace(namespace);
        requireKept("external id", value, MAXIMUM_VALUE);
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    "The external id must not be blank, but was " + value.length() + " blank characters");
        }
    }

    /**
     * Returns an id without a namespace.
     *
     * @param value the user's id
     * @return the id
     * @throws IllegalArgumentException if {@code value} cannot be used
     */
    public static ExternalId of(String value) {
        return new ExternalId("", value);
    }

    /** Returns the lengths, because the texts may be personal data. */
    @Override
    public String toString() {
        return "ExternalId[namespace=<" + namespace.length() + " characters>, value=<" + value.length()
                + " characters>]";
    }

    static void requireNamespace(String namespace) {
        requireNonNull(namespace, "namespace");
        requireKept("namespace", namespace, MAXIMUM_NAMESPACE);
        if (!namespace.isEmpty() && namespace.isBlank()) {
            throw new IllegalArgumentException(
                    "The namespace must be empty or not blank, but was " + namespace.length() + " blank characters");
        }
    }

    private static void requireKept(String name, String text, int maximum) {
        if (text.length() > maximum) {
            throw new IllegalArgumentException(
                    "The " + name + " must have at most " + maximum + " characters, but has " + text.length());
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException(
                        "The " + name + " must not have null characters, but has one at " + i);
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new IllegalArgumentException(
                            "The " + name + " must not have half a surrogate pair, but has one at " + i);
                }
                i++;
            }
        }
    }
}
