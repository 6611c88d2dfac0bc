/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.acsidentity.testing.internal.wire.WireResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The web page of the emulator: one file, whose own script and style are the only ones that it may run. */
final class EmulatorPage {

    private static final String FILE = "page.html";
    private static final EmulatorPage PAGE = read();

    private final String html;
    private final String policy;

    private EmulatorPage(String html) {
        this.html = html;
        this.policy = "default-src 'none'; script-src '" + hashOf("script", html) + "'; style-src '"
                + hashOf("style", html) + "'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors 'none'";
    }

    static WireResponse answer() {
        WireResponse page = AdminAnswer.of(200, "text/html; charset=utf-8", PAGE.html);
        return AdminAnswer.with(
                AdminAnswer.with(page, "Content-Security-Policy", PAGE.policy), "Referrer-Policy", "no-referrer");
    }

    private static EmulatorPage read() {
        try (InputStream in = EmulatorPage.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing beside the classes");
            }
            // browsers hash what they see, which is never a carriage return
            return new EmulatorPage(new String(in.readAllBytes(), UTF_8).replace("\r\n", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }

    private static String hashOf(String element, String html) {
        Matcher content = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                .matcher(html);
        if (!content.find()) {
            throw new IllegalStateException(FILE + " has no " + element);
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(content.group(1).getBytes(UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
