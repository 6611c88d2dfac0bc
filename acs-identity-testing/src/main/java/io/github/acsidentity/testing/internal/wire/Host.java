/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The value of a Host header.
 *
 * @param value host and perhaps port, as they came
 */
public record Host(String value) {

    /** Returns the host without the port. */
    public String name() {
        int colon = value.lastIndexOf(':');
        boolean hasPort = colon > value.lastIndexOf(']');
        return hasPort ? value.substring(0, colon) : value;
    }

    /**
     * Returns whether this names the machine that listens.
     *
     * @param ownNames its names besides those of the loopback interface, in lower case
     */
    public boolean isLocal(Set<String> ownNames) {
        String name = name().toLowerCase(Locale.ROOT);
        return ownNames.contains(name)
                || name.equals("localhost")
                || name.endsWith(".localhost")
                || name.matches("127(\\.\\d{1,3}){3}")
                || name.equals("[::1]");
    }

    /**
     * Returns what a client may have signed as its host: the header, the same without the port (the Java SDK), and with
     * the port on which the service listens (the JavaScript SDK, behind something that changes the header).
     */
    Set<String> signedForms(int listeningPort) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(value);
        forms.add(name());
        if (listeningPort > 0) {
            forms.add(name() + ":" + listeningPort);
        }
        return forms;
    }
}
