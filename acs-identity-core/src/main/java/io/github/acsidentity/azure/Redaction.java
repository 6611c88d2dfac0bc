/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import java.util.List;
import java.util.regex.Pattern;

/** Takes secrets out of texts that come from elsewhere: from the service, the SDK, the transport or a credential. */
final class Redaction {

    private static final String REDACTED = "<redacted>";
    private static final int MAXIMUM_READ = 10_000;

    /**
     * Values that are named as secrets, in the forms of connection strings, queries, forms and JSON, escaped JSON too;
     * bearer tokens; JSON web tokens; long runs of what keys are made of. No repeated group: its match would need
     * stack.
     */
    private static final Pattern SECRETS = Pattern.compile(
            "(?i)(?:key|signature|\\bsig|secret|password|assertion|token)(?: provided| value)?[\\\\\"']*\\s*[=:]\\s*"
                    + "[\\\\\"']*[^\\s;,&\"'}\\\\]+"
                    + "|\\bbearer[\\s:=\\\\\"']+[^\\s\"',;}\\\\]+"
                    + "|\\beyJ[A-Za-z0-9_=.-]+"
                    + "|[A-Za-z0-9+/_=-]{40,}");

    /** What would break a line of a log, or turn it around. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private Redaction() {}

    /** Takes out what looks like a secret. */
    static String scrub(String text, int maximumLength) {
        return scrub(text, maximumLength, List.of());
    }

    /** Takes out the secrets that are known, and what looks like one. */
    static String scrub(String text, int maximumLength, List<String> known) {
        String head = text.length() > MAXIMUM_READ ? text.substring(0, MAXIMUM_READ) : text;
        for (String secret : known) {
            head = head.replace(secret, REDACTED);
        }
        String clean = SECRETS.matcher(CONTROL.matcher(head).replaceAll(" ")).replaceAll(REDACTED);
        return clean.length() > maximumLength ? clean.substring(0, maximumLength) + "…" : clean;
    }
}
