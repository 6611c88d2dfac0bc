/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.malformed;

import java.util.function.Consumer;

/** What takes input from outside. */
interface Target {

    /** Returns a short name of what is tested. */
    String name();

    /**
     * Feeds it one malformed input.
     *
     * @param input takes all that was fed, as a text that is another one for each other input
     * @return everything that it said, to be searched for secrets
     * @throws Exception whatever it threw
     */
    String feed(Mutations mutations, Consumer<String> input) throws Exception;

    /** Returns how many characters of a secret in a row it must not tell. */
    default int piece() {
        return 12;
    }

    /** Returns whether an exception is one that the documentation promises for such input. */
    boolean allows(Exception thrown);
}
