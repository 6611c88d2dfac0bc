/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acsidentity.IdentityException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** All that an exception can put into a log. */
final class Texts {

    private Texts() {}

    static void assertNoneHolds(Throwable thrown, String... secrets) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        if (thrown instanceof IdentityException e) {
            text.append(e.details().toString());
        }
        assertThat(text.toString()).doesNotContain(secrets);
    }
}
