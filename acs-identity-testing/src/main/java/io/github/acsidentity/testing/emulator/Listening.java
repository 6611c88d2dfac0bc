/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Where the doors are, and how they are called.
 *
 * @param address where they listen
 * @param names names and addresses, in lower case, under which clients reach them besides those of the loopback
 *     interface; connection strings hold the first one
 */
record Listening(InetAddress address, Set<String> names) {

    static final Listening LOOPBACK = new Listening(Addresses.LOOPBACK, Set.of());

    Listening {
        names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    /** Returns the host of the endpoints. */
    String host() {
        if (names.isEmpty()) {
            return Addresses.host(address);
        }
        String first = names.iterator().next();
        return Addresses.literal(first).map(Addresses::host).orElse(first);
    }

    /** Returns what a Host header may say besides the names of the loopback interface. */
    Set<String> allNames() {
        Set<String> all = new LinkedHashSet<>();
        for (String name : names) {
            // an IPv6 address as clients shorten it, and as the connection strings have it
            all.add(name.indexOf(':') < 0 || name.startsWith("[") ? name : "[" + name + "]");
            Addresses.literal(name).map(Addresses::host).ifPresent(all::add);
        }
        if (!address.isAnyLocalAddress()) {
            all.add(Addresses.host(address));
        }
        return all;
    }
}
