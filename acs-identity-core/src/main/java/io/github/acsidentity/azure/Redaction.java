/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import java.util.regex.Pattern;

/** Takes secrets out of texts that come from elsewhere: from the service, the SDK, the transport or a credential. */
final class Redaction {

    private static final String REDACTED = "<redacted>";

    /** Values that are named as secrets, bearer tokens, JSON web tokens, and long runs of what keys are made of. */
    private static final Pattern SECRETS = Pattern.compile(
            "(?i)\\b(?:accesskey|signature|sig|secret|password|client_secret|assertion|access_token|token)\\s*[=:]\\s*[^\\s;,&]+"
                    + "|\\bbearer\\s+\\S+"
                    + "|\\beyJ[A-Za-z0-9_=-]+(?:\\.[A-Za-z0-9_=-]*)*"
                    + "|[A-Za-z0-9+/_=-]{40,}");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private Redaction() {}

    static String scrub(String text, int maximumLength) {
        String head = text.length() > 10_000 ? text.substring(0, 10_000) : text;
        String clean = SECRETS.matcher(CONTROL.matcher(head).replaceAll(" ")).replaceAll(REDACTED);
        return clean.length() > maximumLength ? clean.substring(0, maximumLength) + "…" : clean;
    }
}
