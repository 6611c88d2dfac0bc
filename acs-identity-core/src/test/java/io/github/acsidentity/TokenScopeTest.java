/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenScopeTest {

    @Test
    void constants_areWhatTheServiceDocuments() {
        assertThat(Stream.of(
                                TokenScope.CHAT,
                                TokenScope.CHAT_JOIN,
                                TokenScope.CHAT_JOIN_LIMITED,
                                TokenScope.VOIP,
                                TokenScope.VOIP_JOIN)
                        .map(TokenScope::value))
                .containsExactly("chat", "chat.join", "chat.join.limited", "voip", "voip.join");
    }

    @ParameterizedTest
    @ValueSource(strings = {"voip", "a", "z", "A", "Z", "0", "9", ".", "-", "_", "later.scope-v2_Beta"})
    void of_allowedText_isTheScope(String value) {
        assertThat(TokenScope.of(value).value()).isEqualTo(value);
        assertThat(TokenScope.of(value)).hasToString(value).isEqualTo(new TokenScope(value));
    }

    static Stream<String> charactersThatAreNotAllowed() {
        Stream<String> ascii = IntStream.rangeClosed(0, 0x7f)
                .filter(c -> !Character.isLetterOrDigit(c) && ".-_".indexOf(c) < 0)
                .mapToObj(Character::toString);
        return Stream.concat(ascii, Stream.of("\u0085", "\u00a0", "é", "\u0660", "\u200b", "ｖ", "\ud800", "😀"));
    }

    @ParameterizedTest
    @MethodSource("charactersThatAreNotAllowed")
    void of_otherCharacter_isRefusedWithoutEcho(String character) {
        String value = "hidden" + character + "scope";

        assertThatThrownBy(() -> TokenScope.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A scope must have 1 to 64 ASCII letters, digits, '.', '-' and '_', such as \"voip\";"
                        + " this one has " + value.length() + " characters");
    }

    @Test
    void of_64Characters_isAccepted() {
        assertThat(TokenScope.of("x".repeat(64)).value()).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65, 1000})
    void of_otherLength_isRefused(int length) {
        assertThatThrownBy(() -> TokenScope.of("x".repeat(length)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 64")
                .hasMessageContaining("this one has " + length + " characters");
    }

    @Test
    @SuppressWarnings("NullAway")
    void of_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> TokenScope.of(null));
    }

    @Test
    void compareTo_ordersByValueConsistentlyWithEquals() {
        assertThat(Stream.of(
                                TokenScope.VOIP_JOIN,
                                TokenScope.CHAT_JOIN,
                                TokenScope.of("Chat"),
                                TokenScope.VOIP,
                                TokenScope.CHAT)
                        .sorted())
                .extracting(TokenScope::value)
                .containsExactly("Chat", "chat", "chat.join", "voip", "voip.join");
        assertThat(TokenScope.of("voip")).isEqualByComparingTo(TokenScope.VOIP).hasSameHashCodeAs(TokenScope.VOIP);
    }
}
