/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arguments of the program. */
class OptionsTest {

    @Test
    void withoutArguments_itRunsAMinute_andDrawsASeed() {
        assertThat(Options.parse(List.of()).duration()).isEqualTo(Duration.ofMinutes(1));
        assertThat(Options.parse(List.of()).seed())
                .isNotEqualTo(Options.parse(List.of()).seed());
    }

    @Test
    void minutesAndSeed_areTaken() {
        assertThat(Options.parse(List.of("--seed", "-7", "--minutes", "0.5")))
                .isEqualTo(new Options(Duration.ofSeconds(30), -7));
    }

    @ParameterizedTest
    @CsvSource({
        "--minute 1, Unknown argument: --minute",
        "3, Unknown argument: 3",
        "--minutes, --minutes needs a value",
        "--seed, --seed needs a value",
        "--seed 1 --minutes, --minutes needs a value",
        "--seed x, '--seed must be a whole number of 64 bits, but was x'",
        "--seed 9223372036854775808, '--seed must be a whole number of 64 bits, but was 9223372036854775808'",
        "--minutes x, '--minutes must be a number from 0.05 to 1440, but was x'",
        "--minutes NaN, '--minutes must be a number from 0.05 to 1440, but was NaN'",
        "--minutes 0, '--minutes must be a number from 0.05 to 1440, but was 0'",
        "--minutes -1, '--minutes must be a number from 0.05 to 1440, but was -1'",
        "--minutes 1e9, '--minutes must be a number from 0.05 to 1440, but was 1e9'"
    })
    void whatIsWrong_isNamed(String arguments, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of(arguments.split(" "))))
                .withMessage(message);
    }
}
