/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

/**
 * What an access token allows its bearer to do.
 *
 * <p>An open set: the constants are the scopes that the service documents, {@link #of(String)} takes any other. Scopes
 * are ordered by their value.
 *
 * @param value the scope as the service writes it, such as {@code voip}; 1 to 64 ASCII letters, digits, {@code '.'},
 *     {@code '-'} and {@code '_'}
 */
public record TokenScope(String value) implements Comparable<TokenScope> {

    /** Full access to chat. */
    public static final TokenScope CHAT = new TokenScope("chat");

    /** Access to chat threads, without creating, updating or deleting them. */
    public static final TokenScope CHAT_JOIN = new TokenScope("chat.join");

    /** As {@link #CHAT_JOIN}, and without adding or removing participants. */
    public static final TokenScope CHAT_JOIN_LIMITED = new TokenScope("chat.join.limited");

    /** Full access to calling. */
    public static final TokenScope VOIP = new TokenScope("voip");

    /** Joining calls, without starting them (a participant invited to a Rooms call may). */
    public static final TokenScope VOIP_JOIN = new TokenScope("voip.join");

    private static final int MAXIMUM_LENGTH = 64;

    /**
     * Checks the value.
     *
     * @param value the scope as the service writes it
     * @throws IllegalArgumentException if {@code value} is empty, too long or has other characters than those allowed
     */
    public TokenScope {
        if (value.isEmpty() || value.length() > MAXIMUM_LENGTH || !value.chars().allMatch(TokenScope::isAllowed)) {
            throw new IllegalArgumentException("A scope must have 1 to " + MAXIMUM_LENGTH
                    + " ASCII letters, digits, '.', '-' and '_', such as \"voip\"; this one has " + value.length()
                    + " characters");
        }
    }

    /**
     * Returns the scope of a given value.
     *
     * @param value the scope as the service writes it
     * @return the scope
     * @throws IllegalArgumentException if {@code value} is empty, too long or has other characters than those allowed
     */
    public static TokenScope of(String value) {
        return new TokenScope(value);
    }

    @Override
    public int compareTo(TokenScope other) {
        return value.compareTo(other.value);
    }

    /** Returns the value. */
    @Override
    public String toString() {
        return value;
    }

    private static boolean isAllowed(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '.'
                || c == '-'
                || c == '_';
    }
}
