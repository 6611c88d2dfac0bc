/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

    @Test
    void toString_members_areCompactAndInOrder() {
        String json = JsonWriter.object()
                .text("b", "x")
                .number("a", -7)
                .object("c", JsonWriter.object())
                .toString();

        assertThat(json).isEqualTo("{\"b\":\"x\",\"a\":-7,\"c\":{}}");
    }

    @Test
    void toString_arraysAndTheLike_areCompactAndInOrder() {
        String json = JsonWriter.object()
                .bool("yes", true)
                .decimal("share", 0.25)
                .texts("none", List.of())
                .texts("texts", List.of("a\"", "b"))
                .objects("objects", List.of(JsonWriter.object().number("n", 1), JsonWriter.object()))
                .toString();

        assertThat(json)
                .isEqualTo("{\"yes\":true,\"share\":0.25,\"none\":[],\"texts\":[\"a\\\"\",\"b\"],"
                        + "\"objects\":[{\"n\":1},{}]}");
    }

    @Test
    void toString_anyCharacter_isAsciiAndReadsBack() throws JsonException {
        String text = "\"\\/\u0000\u001f\u007fé\u2028😀";

        String json = JsonWriter.object().text("t", text).toString();

        assertThat(json).matches("[ -~]*");
        JsonValue read = JsonReader.read(json.getBytes(StandardCharsets.US_ASCII));
        assertThat(((JsonValue.Members) read).get("t")).isEqualTo(new JsonValue.Text(text));
    }
}
