/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the program can be told; each by an option, by a variable of the environment, or in a file. */
enum Setting {
    HTTPS_PORT,
    HTTP_PORT,
    BIND_ADDRESS,
    HOST_NAMES,
    CA_FILE,
    DATE_SKEW,
    RESOURCES,
    SEED,
    CLOCK,
    QUOTAS,
    REVOCATION_DELAY,
    FAULTS;

    static final String VARIABLES = "ACS_EMULATOR_";

    /** Returns the option, such as {@code --http-port}. */
    String option() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the variable of the environment, such as {@code ACS_EMULATOR_HTTP_PORT}. */
    String variable() {
        return VARIABLES + name();
    }

    /** Returns the name in a file, such as {@code httpPort}. */
    String key() {
        return CamelCase.of(this);
    }

    static Optional<Setting> ofOption(String option) {
        return Arrays.stream(values())
                .filter(setting -> setting.option().equals(option))
                .findFirst();
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key().equals(key))
                .findFirst();
    }
}
