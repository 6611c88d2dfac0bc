/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmulatorOptionsTest {

    @Test
    void parse_nothing_givesDefaults() {
        assertThat(parse()).isEqualTo(new EmulatorOptions(false, false, 0, null, null, Duration.ofMinutes(15)));
    }

    @Test
    void parse_everyOption_takesItsValue() {
        assertThat(parse(
                        "--https-port",
                        "8443",
                        "--http-port=8080",
                        "--ca-file",
                        "ca.pem",
                        "--date-skew",
                        "60",
                        "--help",
                        "--version"))
                .isEqualTo(new EmulatorOptions(true, true, 8443, 8080, Path.of("ca.pem"), Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --port                | unknown option --port
            start                 | unknown option start
            --help=yes            | unknown option yes
            --https-port          | --https-port needs a value
            --https-port=         | --https-port needs a value
            --https-port --help   | --https-port needs a value
            --https-port -1       | --https-port must be a number from 0 to 65535, but was -1
            --https-port 65536    | --https-port must be a number from 0 to 65535, but was 65536
            --https-port abc      | --https-port must be a number from 0 to 65535, but was abc
            --https-port 99999999999999999999 | --https-port must be a number from 0 to 65535, but was 99999999999999999999
            --http-port 1 --http-port 2       | --http-port is given twice
            --date-skew 1m        | --date-skew must be a number from 0 to 31622400, but was 1m
            """)
    void parse_nonsense_saysWhatIsWrong(String arguments, String message) {
        assertThatThrownBy(() -> parse(arguments.split(" ")))
                .isInstanceOf(EmulatorOptions.UsageException.class)
                .hasMessage(message);
    }

    @Test
    void parse_aFileNameThatIsNone_saysSo() {
        assertThatThrownBy(() -> parse("--ca-file", "a\0b"))
                .isInstanceOf(EmulatorOptions.UsageException.class)
                .hasMessageStartingWith("--ca-file is not a path");
    }

    private static EmulatorOptions parse(String... arguments) {
        return EmulatorOptions.parse(List.of(arguments));
    }
}
