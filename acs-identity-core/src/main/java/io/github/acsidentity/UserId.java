/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import java.util.List;

/**
 * The id of a communication user, such as {@code 8:acs:<resource guid>_<guid>}.
 *
 * <p>The id is checked when it is constructed, so that it can go into URLs and cache keys as it is: one of the prefixes
 * {@code 8:acs:}, {@code 8:dod-acs:}, {@code 8:gcch-acs:} and {@code 8:spool:} (the raw ids of communication users in
 * the public and the government clouds, and of old resources), the id of the resource, an underscore and the rest. Two
 * ids are equal if their raw ids are; the comparison is case-sensitive.
 *
 * @param rawId the id as the service writes it; at most 256 characters: the prefix, then ASCII letters, digits,
 *     {@code '-'} and {@code '_'}
 */
public record UserId(String rawId) {

    private static final int MAXIMUM_LENGTH = 256;
    private static final List<String> PREFIXES = List.of("8:acs:", "8:dod-acs:", "8:gcch-acs:", "8:spool:");

    /**
     * Checks the id.
     *
     * @param rawId the id as the service writes it
     * @throws IllegalArgumentException if {@code rawId} is not the raw id of a communication user
     */
    public UserId {
        if (rawId.length() > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException(
                    "rawId must have at most " + MAXIMUM_LENGTH + " characters, but has " + rawId.length());
        }
        int start = prefixLength(rawId);
        for (int i = start; i < rawId.length(); i++) {
            if (!isAllowed(rawId.charAt(i))) {
                throw new IllegalArgumentException(
                        "rawId may contain ASCII letters, digits, '-' and '_' after its prefix," + " but was "
                                + printable(rawId));
            }
        }
        int underscore = rawId.indexOf('_', start);
        if (underscore <= start || underscore == rawId.length() - 1) {
            throw new IllegalArgumentException(
                    "rawId must be of the form 8:acs:<resource id>_<user>, but was " + printable(rawId));
        }
    }

    /**
     * Returns the id of the ACS resource that the user belongs to.
     *
     * @return the part between the prefix and the first underscore; a GUID in ids that the service issues
     */
    public String resourceId() {
        int start = rawId.indexOf(':', 2) + 1;
        return rawId.substring(start, rawId.indexOf('_', start));
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof UserId that && rawId.equals(that.rawId));
    }

    @Override
    public int hashCode() {
        return rawId.hashCode();
    }

    /** Returns the raw id. */
    @Override
    public String toString() {
        return rawId;
    }

    private static int prefixLength(String rawId) {
        for (String prefix : PREFIXES) {
            if (rawId.startsWith(prefix)) {
                return prefix.length();
            }
        }
        throw new IllegalArgumentException(
                "rawId must start with one of " + PREFIXES + ", but was " + printable(rawId));
    }

    private static boolean isAllowed(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    }

    /** A wrong value may be anything, a key or a token too: no more of it is shown than its first segments. */
    private static String printable(String wrong) {
        int colon = wrong.lastIndexOf(':', 12);
        String shown = wrong.substring(0, colon + 1).replaceAll("[^0-9A-Za-z:+-]", "?");
        return "\"" + shown + "…\" (" + wrong.length() + " characters)";
    }
}
