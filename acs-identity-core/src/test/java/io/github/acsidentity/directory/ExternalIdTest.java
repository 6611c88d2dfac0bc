/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", " a ", "alice@example.com", "\uD83D\uDE00", "tab\tand line\n", "0"})
    void id_thatCanBeKept_isTakenAsItIs(String value) {
        assertThat(ExternalId.of(value).value()).isEqualTo(value);
        assertThat(ExternalId.of(value).namespace()).isEmpty();
        assertThat(new ExternalId(value, "x").namespace()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void id_thatIsBlank_isRefused(String value) {
        assertThatThrownBy(() -> ExternalId.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The external id must not be blank, but was " + value.length() + " blank characters");
    }

    @Test
    void namespace_thatIsBlank_isRefused() {
        assertThatThrownBy(() -> new ExternalId("  ", "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The namespace must be empty or not blank, but was 2 blank characters");
    }

    @Test
    void id_atTheLimits_isTaken() {
        assertThatCode(() -> new ExternalId("n".repeat(128), "v".repeat(512))).doesNotThrowAnyException();
        assertThatThrownBy(() -> ExternalId.of("v".repeat(513)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The external id must have at most 512 characters, but has 513");
        assertThatThrownBy(() -> new ExternalId("n".repeat(129), "v"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The namespace must have at most 128 characters, but has 129");
    }

    @ParameterizedTest
    @CsvSource({"D83D, 2", "DE00, 2", "0000, 2"})
    void id_thatNoDatabaseKeeps_isRefusedWithoutRepeatingIt(String character, int at) {
        String value = "me" + (char) Integer.parseInt(character, 16) + "x";

        assertThatThrownBy(() -> ExternalId.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(" at " + at)
                .hasMessageNotContaining("me" + value.charAt(2));
        assertThatThrownBy(() -> new ExternalId(value, "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toString_never_showsTheTexts() {
        assertThat(new ExternalId("contoso", "alice@example.com"))
                .hasToString("ExternalId[namespace=<7 characters>, value=<17 characters>]");
    }

    @Test
    void attempt_expiresAtItsEnd() {
        Instant start = Instant.parse("2026-01-31T09:00:00Z");
        CreationAttempt attempt = new CreationAttempt(new UUID(0, 1), start, start.plusSeconds(60));

        assertThat(attempt.isExpiredAt(start.plusSeconds(60).minusNanos(1))).isFalse();
        assertThat(attempt.isExpiredAt(start.plusSeconds(60))).isTrue();
        assertThatThrownBy(() -> new CreationAttempt(new UUID(0, 1), start, start.minusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expiresAt must not be before startedAt");
    }
}
