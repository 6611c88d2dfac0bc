/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the few ASN.1 types that a certificate is made of, in distinguished encoding (DER). */
final class Der {

    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final Instant GENERALIZED_TIME_FROM = Instant.parse("2050-01-01T00:00:00Z");

    private Der() {}

    static byte[] sequence(byte[]... elements) {
        return tagged(0x30, elements);
    }

    static byte[] set(byte[]... elements) {
        return tagged(0x31, elements);
    }

    static byte[] yes() {
        return tagged(0x01, new byte[] {(byte) 0xff});
    }

    static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    static byte[] bitString(int unusedBits, byte[] content) {
        return tagged(0x03, new byte[] {(byte) unusedBits}, content);
    }

    static byte[] octetString(byte[] content) {
        return tagged(0x04, content);
    }

    static byte[] utf8String(String text) {
        return tagged(0x0c, text.getBytes(UTF_8));
    }

    /** Encodes an object identifier whose first two numbers are below 3 and 40. */
    static byte[] oid(int first, int second, int... rest) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(40 * first + second);
        for (int number : rest) {
            for (int shift = 28; shift > 0; shift -= 7) {
                if (number >>> shift != 0) {
                    content.write(0x80 | (number >>> shift & 0x7f));
                }
            }
            content.write(number & 0x7f);
        }
        return tagged(0x06, content.toByteArray());
    }

    /** Encodes a time to the second; certificates write years up to 2049 with two digits. */
    static byte[] time(Instant time) {
        boolean generalized = !time.isBefore(GENERALIZED_TIME_FROM);
        String text = DateTimeFormatter.ofPattern(generalized ? "uuuuMMddHHmmss'Z'" : "uuMMddHHmmss'Z'")
                .format(time.atOffset(ZoneOffset.UTC));
        return tagged(generalized ? GENERALIZED_TIME : UTC_TIME, text.getBytes(US_ASCII));
    }

    static byte[] tagged(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : contents) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        encoded.write(tag);
        int length = content.size();
        if (length < 0x80) {
            encoded.write(length);
        } else if (length < 0x100) {
            encoded.writeBytes(new byte[] {(byte) 0x81, (byte) length});
        } else {
            encoded.writeBytes(new byte[] {(byte) 0x82, (byte) (length >>> 8), (byte) length});
        }
        encoded.writeBytes(content.toByteArray());
        return encoded.toByteArray();
    }
}
