/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import io.github.acsidentity.verification.secrets.Pieces;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Made-up secrets that are hidden in input, and the search for what is left of them in output. */
final class Secrets {

    /** 64 bytes in Base64, as the keys of resources are. */
    static final String KEY =
            "pU3KGCUwux1tEyze1iN7LtkeP3IfyxlxF0SU1kk8nVw0YL4xIB5p/tqg7ui5mX9cfCmZ/a/lkyU81lSvTfrXFA==";
    /** As the service writes them: header, claims, signature. */
    static final String TOKEN = "eyJhbGciOiJSUzI1NiIsImtpZCI6IkY3QzQxMDJFMTVGMEZBNDkiLCJ0eXAiOiJKV1QifQ"
            + ".eyJza3lwZWlkIjoiYWNzOmI2YWFkYTFmLTBiMWQtNDdhYyIsInNjcCI6MTc5MiwiY3NpIjoiMTc2NzIyNTYwMCJ9"
            + ".Zk3Qw8Rt5Yp1Lm7Xc9Vb2Nn4Hj6Gf0Ds-Ae_UiOoPlKmJnHbGvFcDxSzAqWeRt3Yu7Io9P";

    private Secrets() {}

    /** Returns a search for pieces of them, of a length in characters. */
    static Pieces pieces(int length) {
        Pieces pieces = new Pieces(length);
        pieces.add(KEY);
        pieces.add(TOKEN);
        return pieces;
    }

    /** Returns all that a log can show of an exception: texts, causes and what was suppressed. */
    static String textOf(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
