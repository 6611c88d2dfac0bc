/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.Set;

/**
 * Made-up secrets that are hidden in input, and the search for what is left of them in output: any few characters in a
 * row are found, so that a spoiled or shortened secret is found as well.
 */
final class Secrets {

    /** 64 bytes in Base64, as the keys of resources are. */
    static final String KEY =
            "pU3KGCUwux1tEyze1iN7LtkeP3IfyxlxF0SU1kk8nVw0YL4xIB5p/tqg7ui5mX9cfCmZ/a/lkyU81lSvTfrXFA==";
    /** As the service writes them: header, claims, signature. */
    static final String TOKEN = "eyJhbGciOiJSUzI1NiIsImtpZCI6IkY3QzQxMDJFMTVGMEZBNDkiLCJ0eXAiOiJKV1QifQ"
            + ".eyJza3lwZWlkIjoiYWNzOmI2YWFkYTFmLTBiMWQtNDdhYyIsInNjcCI6MTc5MiwiY3NpIjoiMTc2NzIyNTYwMCJ9"
            + ".Zk3Qw8Rt5Yp1Lm7Xc9Vb2Nn4Hj6Gf0Ds-Ae_UiOoPlKmJnHbGvFcDxSzAqWeRt3Yu7Io9P";

    private final int length;
    private final Set<String> pieces = new HashSet<>();

    /** Creates a search for pieces of a length, in characters. */
    Secrets(int length) {
        this.length = length;
        addPieces(KEY);
        addPieces(TOKEN);
    }

    private void addPieces(String secret) {
        for (int i = 0; i + length <= secret.length(); i++) {
            pieces.add(secret.substring(i, i + length));
        }
    }

    boolean areIn(String text) {
        for (int i = 0; i + length <= text.length(); i++) {
            if (pieces.contains(text.substring(i, i + length))) {
                return true;
            }
        }
        return false;
    }

    /** Returns all that a log can show of an exception: texts, causes and what was suppressed. */
    static String textOf(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
