/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Spoils valid texts: bits, lengths, repetitions, characters that mean something, odd Unicode, nesting. */
final class Mutations {

    private static final List<String> TOKENS = List.of(
            ";",
            "=",
            "\"",
            "'",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "/",
            "//",
            "?",
            "&",
            "%",
            "%zz",
            "%00",
            "%2F",
            "+",
            "..",
            "\\",
            "\\u0000",
            "\\ud800",
            "-1",
            "-0",
            "1e999",
            "1e-999",
            "0x10",
            "99999999999999999999",
            "2147483648",
            "null",
            "true",
            "NaN",
            "Infinity",
            "{}",
            "[]",
            "\"\"",
            "{\"error\":",
            "PT0S",
            "P1D",
            "\t",
            " ",
            "#",
            "@");
    private static final List<String> ODD = List.of(
            "\u0000",
            "\r\n",
            "\n",
            "\u0085",
            "\u2028",
            "\u202e",
            "\ufeff",
            "\ud800",
            "\udc00",
            "\ud83d\ude00",
            "\u0130",
            "\u0131",
            "\u00df",
            "\u0301",
            "\uff1b",
            "\u00a0",
            "\u200b",
            "\uffff",
            "\u0660",
            "\u001b[31m");
    private static final int RARE = 400;
    private static final int HUGE = 100_000;

    private final RandomGenerator random;

    Mutations(RandomGenerator random) {
        this.random = random;
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Returns one of the texts, spoiled in one to five ways so that it is none of them any more. */
    String spoilAny(List<String> valid) {
        while (true) {
            String text = any(valid);
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                text = oneIn(10) ? splice(text, any(valid)) : spoilOnce(text);
            }
            if (!valid.contains(text)) {
                return text;
            }
        }
    }

    String spoil(String valid) {
        return spoilAny(List.of(valid));
    }

    /** Returns a text in UTF-8, perhaps with wrong bits. */
    byte[] bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = oneIn(4) ? random.nextInt(1, 4) : 0; i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    String insert(String text, String inserted) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + inserted + text.substring(at);
    }

    private String spoilOnce(String text) {
        if (oneIn(RARE)) {
            return blowUp(text);
        }
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + 1 + random.nextInt(8));
        return switch (random.nextInt(9)) {
            case 0 -> text.substring(0, from);
            case 1 -> text.substring(from);
            case 2 -> text.substring(0, from) + text.substring(to);
            case 3 -> text.substring(0, to) + text.substring(from);
            case 4 -> insert(text, any(ODD));
            case 5 -> text.substring(0, from) + any(TOKENS) + text.substring(to);
            case 6 -> swapCase(text, from, to);
            case 7 -> flip(text, from);
            default -> insert(text, any(TOKENS));
        };
    }

    private String blowUp(String text) {
        int times = 1 + random.nextInt(HUGE);
        return switch (random.nextInt(4)) {
            case 0 -> insert(text, any(TOKENS).repeat(times));
            case 1 -> insert(text, "[".repeat(times) + "]".repeat(times));
            case 2 -> insert(text, "{\"a\":".repeat(times));
            default -> text.repeat(1 + times / (text.length() + 1));
        };
    }

    private String splice(String text, String other) {
        return text.substring(0, random.nextInt(text.length() + 1))
                + other.substring(random.nextInt(other.length() + 1));
    }

    private String flip(String text, int at) {
        if (at >= text.length()) {
            return text;
        }
        char flipped = (char) (text.charAt(at) ^ (1 << random.nextInt(16)));
        return text.substring(0, at) + flipped + text.substring(at + 1);
    }

    private static String swapCase(String text, int from, int to) {
        StringBuilder swapped = new StringBuilder(text);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            swapped.setCharAt(i, Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));
        }
        return swapped.toString();
    }
}
