/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as RFC 8259 defines it, and nothing else: no comments, no trailing commas, no duplicate names, no lone
 * surrogates, no bytes that are not UTF-8. Depth and size are limited, so that no input exhausts stack or memory.
 */
public final class JsonReader {

    /** The largest text that is read, in bytes. */
    public static final int MAXIMUM_BYTES = 1 << 20;

    private static final int MAXIMUM_DEPTH = 64;
    private static final int MAXIMUM_NUMERAL = 64;

    private final String text;
    private int position;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /** Reads one value; only white space may surround it. */
    public static JsonValue read(byte[] utf8) throws JsonException {
        if (utf8.length > MAXIMUM_BYTES) {
            throw new JsonException("More than " + MAXIMUM_BYTES + " bytes", 0);
        }
        JsonReader reader = new JsonReader(decode(utf8));
        reader.skipWhiteSpace();
        JsonValue value = reader.value();
        reader.skipWhiteSpace();
        if (reader.position < reader.text.length()) {
            throw reader.problem("More than one value");
        }
        return value;
    }

    private static String decode(byte[] utf8) throws JsonException {
        try {
            // a new decoder reports malformed input
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            JsonException problem = new JsonException("Not UTF-8", 0);
            problem.initCause(e);
            throw problem;
        }
    }

    private JsonValue value() throws JsonException {
        char c = peek();
        return switch (c) {
            case '{' -> nested(this::members);
            case '[' -> nested(this::elements);
            case '"' -> new JsonValue.Text(string());
            case 't' -> word("true", JsonValue.Literal.TRUE);
            case 'f' -> word("false", JsonValue.Literal.FALSE);
            case 'n' -> word("null", JsonValue.Literal.NULL);
            default -> numeral();
        };
    }

    private JsonValue nested(Container container) throws JsonException {
        if (++depth > MAXIMUM_DEPTH) {
            throw problem("Nested deeper than " + MAXIMUM_DEPTH);
        }
        position++;
        skipWhiteSpace();
        JsonValue value = container.read();
        depth--;
        return value;
    }

    private JsonValue members() throws JsonException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        if (skip('}')) {
            return new JsonValue.Members(members);
        }
        do {
            skipWhiteSpace();
            if (peek() != '"') {
                throw problem("A name was expected");
            }
            String name = string();
            skipWhiteSpace();
            require(':');
            skipWhiteSpace();
            if (members.put(name, value()) != null) {
                throw problem("A name occurs twice");
            }
            skipWhiteSpace();
        } while (skip(','));
        require('}');
        return new JsonValue.Members(members);
    }

    private JsonValue elements() throws JsonException {
        List<JsonValue> elements = new ArrayList<>();
        if (skip(']')) {
            return new JsonValue.Elements(elements);
        }
        do {
            skipWhiteSpace();
            elements.add(value());
            skipWhiteSpace();
        } while (skip(','));
        require(']');
        return new JsonValue.Elements(elements);
    }

    private String string() throws JsonException {
        position++;
        StringBuilder value = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(position++);
            if (c < ' ') {
                throw problem("A control character in a string");
            }
            value.append(c == '\\' ? escaped() : c);
        }
        position++;
        requirePairedSurrogates(value);
        return value.toString();
    }

    private char escaped() throws JsonException {
        char c = peek();
        position++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit();
            default -> throw problem("An unknown escape");
        };
    }

    private char codeUnit() throws JsonException {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            char c = peek();
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw problem("Four hexadecimal digits were expected");
            }
            unit = unit * 16 + digit;
            position++;
        }
        return (char) unit;
    }

    private void requirePairedSurrogates(CharSequence value) throws JsonException {
        if (value.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw problem("Half of a surrogate pair in a string");
        }
    }

    private JsonValue numeral() throws JsonException {
        int start = position;
        skip('-');
        if (!skip('0')) {
            digits();
        }
        if (skip('.')) {
            digits();
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            digits();
        }
        if (position - start > MAXIMUM_NUMERAL) {
            throw problem("A number of more than " + MAXIMUM_NUMERAL + " characters");
        }
        return new JsonValue.Numeral(text.substring(start, position));
    }

    private void digits() throws JsonException {
        int start = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        if (position == start) {
            throw problem(start == text.length() ? "The text ends too early" : "A value was expected");
        }
    }

    private JsonValue word(String word, JsonValue.Literal value) throws JsonException {
        if (!text.startsWith(word, position)) {
            throw problem("A value was expected");
        }
        position += word.length();
        return value;
    }

    private void skipWhiteSpace() {
        while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private boolean skip(char expected) {
        boolean found = position < text.length() && text.charAt(position) == expected;
        if (found) {
            position++;
        }
        return found;
    }

    private void require(char expected) throws JsonException {
        if (!skip(expected)) {
            throw problem("'" + expected + "' was expected");
        }
    }

    private char peek() throws JsonException {
        if (position >= text.length()) {
            throw problem("The text ends too early");
        }
        return text.charAt(position);
    }

    private JsonException problem(String what) {
        return new JsonException(what, position);
    }

    private interface Container {
        JsonValue read() throws JsonException;
    }
}
