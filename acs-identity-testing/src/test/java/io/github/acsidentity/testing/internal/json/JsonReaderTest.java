/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @Test
    void read_object_keepsMembersInOrder() throws JsonException {
        JsonValue value = read("{\"b\": [true, false, null], \"a\": {\"n\": -1.5e+3}}");

        assertThat(value)
                .isEqualTo(new JsonValue.Members(Map.of(
                        "b",
                        new JsonValue.Elements(
                                List.of(JsonValue.Literal.TRUE, JsonValue.Literal.FALSE, JsonValue.Literal.NULL)),
                        "a",
                        new JsonValue.Members(Map.of("n", new JsonValue.Numeral("-1.5e+3"))))));
        assertThat(((JsonValue.Members) value).byName().keySet()).containsExactly("b", "a");
    }

    @Test
    void get_absentMember_isNull() throws JsonException {
        assertThat(((JsonValue.Members) read("{}")).get("a")).isEqualTo(JsonValue.Literal.NULL);
    }

    @Test
    void read_escapes_areDecoded() throws JsonException {
        assertThat(read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00é😀\""))
                .isEqualTo(new JsonValue.Text("\"\\/\b\f\n\r\té😀é😀"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "10", "1.0", "1e9", "1E-9", "123456789012345678901234567890"})
    void read_numeral_keepsItsLiteral(String literal) throws JsonException {
        assertThat(read(" " + literal + "\n")).isEqualTo(new JsonValue.Numeral(literal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "}",
                "\"",
                "\"\\",
                "\"\\u12",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1,}",
                "[1,]",
                "[,1]",
                "{a:1}",
                "{'a':1}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "[1 2]",
                "01",
                "+1",
                "-",
                "1.",
                ".5",
                "1e",
                "1e+",
                "0x1",
                "NaN",
                "Infinity",
                "tru",
                "True",
                "nul",
                "nulll",
                "1 2",
                "{} {}",
                "// c\n1",
                "\"\\x\"",
                "\"\\u00g0\"",
                "\"a\nb\"",
                "\"\u0000\"",
                "\"\\ud83d\"",
                "\"\\ude00\\ud83d\"",
                "\"\\ud83dx\"",
                "{\"a\":1,\"a\":2}",
                "\uFEFF{}",
                "\"\\u００００\""
            })
    void read_textThatIsNotJson_isRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(JsonException.class).hasMessageContaining("at character");
    }

    @Test
    void read_bytesThatAreNotUtf8_areRefused() {
        byte[] overlong = {'"', (byte) 0xC0, (byte) 0xAF, '"'};

        assertThatThrownBy(() -> JsonReader.read(overlong)).isInstanceOf(JsonException.class);
    }

    @Test
    void read_encodedSurrogate_isRefused() {
        byte[] surrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};

        assertThatThrownBy(() -> JsonReader.read(surrogate)).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void read_deepNesting_isRefusedWithoutOverflow(String opening) {
        assertThatThrownBy(() -> read(opening.repeat(150_000)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("deeper");
    }

    @Test
    void read_allowedNesting_isRead() throws JsonException {
        assertThat(read("[".repeat(64) + "]".repeat(64))).isInstanceOf(JsonValue.Elements.class);
    }

    @Test
    void read_siblings_doNotCountAsDepth() throws JsonException {
        assertThat(((JsonValue.Elements) read("[" + "[],".repeat(1000) + "[]]")).values())
                .hasSize(1001);
    }

    @Test
    void read_tooManyBytes_areRefused() {
        byte[] large = new byte[JsonReader.MAXIMUM_BYTES + 1];

        assertThatThrownBy(() -> JsonReader.read(large))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("bytes");
    }

    @Test
    void read_longNumeral_isRefused() {
        assertThatThrownBy(() -> read("1".repeat(65))).isInstanceOf(JsonException.class);
    }

    @Test
    void read_problem_doesNotQuoteTheText() {
        assertThatThrownBy(() -> read("{\"token\":\"s3cret\" s3cret}"))
                .isInstanceOf(JsonException.class)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void read_anyMutationOfAText_isReadOrRefused() {
        Random random = new Random(42);
        byte[] valid = "{\"createTokenWithScopes\":[\"chat\",\"\\u00e9\"],\"expiresInMinutes\":60}"
                .getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = valid.clone();
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            try {
                assertThat(JsonReader.read(mutated)).isNotNull();
            } catch (JsonException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static JsonValue read(String text) throws JsonException {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
