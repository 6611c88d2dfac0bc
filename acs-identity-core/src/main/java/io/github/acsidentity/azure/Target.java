/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import java.util.List;
import java.util.function.Supplier;

/**
 * What calls are made to, and with.
 *
 * @param host the host of the resource, for messages
 * @param advice what to check if the credential is refused, for messages
 * @param secrets the texts that no message may hold
 */
record Target(String host, String advice, Supplier<List<String>> secrets) {

    /** Returns the host, without the secrets. */
    @Override
    public String toString() {
        return host;
    }
}
