/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJSUzI1NiJ9.eyJzZWNyZXQiOjF9.c2VjcmV0",
                "token eyJhbGciOiJSUzI1NiJ9.eyJzZWNyZXQiOjF9.c2VjcmV0 rejected",
                "x=eyJhbGciOiJSUzI1NiJ9.eyJzZWNyZXQiOjF9.c2VjcmV0&y",
                "(eyJhbGciOiJSUzI1NiJ9.eyJzZWNyZXQiOjF9.c2VjcmV0)",
                "Authorization: Bearer c2VjcmV0",
                "authorization:bearer   c2VjcmV0 and more",
                "accesskey=c2VjcmV0",
                "AccessKey = c2VjcmV0;endpoint=x",
                "endpoint=https://contoso/;accesskey=c2VjcmV0",
                "SignedHeaders=x-ms-date;host&Signature=c2VjcmV0=",
                "client_secret=c2VjcmV0",
                "client_secret: c2VjcmV0",
                "password=c2VjcmV0",
                "client_assertion=c2VjcmV0",
                "SharedAccessKey=c2VjcmV0",
                "access_token=c2VjcmV0",
                "accessToken=c2VjcmV0",
                "refresh_token=c2VjcmV0",
                "{\"token\":\"c2VjcmV0\"}",
                "{\"token\" : \"c2VjcmV0\"}",
                "{\"access_token\":\"c2VjcmV0\",\"expires_in\":1}",
                "{\"client_secret\":\"c2VjcmV0\"}",
                "{'token':'c2VjcmV0'}",
                "c2VjcmV0LWtleS1mb3ItdGVzdHMgYW5kIG5vdGhpbmcgZWxzZQ==",
                "key (c2VjcmV0LWtleS1mb3ItdGVzdHMgYW5kIG5vdGhpbmcgZWxzZQ)"
            })
    void scrub_aTextWithASecret_takesItOut(String text) {
        assertThat(Redaction.scrub(text, 300)).contains("<redacted>").doesNotContain("c2Vj", "eyJ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection reset",
                "contoso.communication.azure.com: Name or service not known",
                "The ExpiresInMinutes field must be in [60, 1440], but was 59",
                "AADSTS70011: the scope is not valid",
                "8:acs:0b1c2d3e-1111-4222-8333-444455556666 is not known",
                ""
            })
    void scrub_aTextWithoutSecrets_leavesItAlone(String text) {
        assertThat(Redaction.scrub(text, 300)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "'a\r\nb', a b",
        "'a\u0000\u0007b', a b",
        "'a\tb', a b",
        "'a\u0085b', a b",
        "'a\u2028b', a b",
        "'a\u202eb', a b"
    })
    void scrub_controlCharacters_becomeABlank(String text, String expected) {
        assertThat(Redaction.scrub(text, 300)).isEqualTo(expected);
    }

    @Test
    void scrub_secretsThatAreKnown_areTakenOutWhateverTheyLookLike() {
        assertThat(Redaction.scrub("the value 'opaque-1' is wrong: opaque-1", 300, List.of("opaque-1")))
                .isEqualTo("the value '<redacted>' is wrong: <redacted>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\\\"accessToken\\\":\\\"abcSecret\\\"}",
                "Bearer:abcSecret",
                "bearer \"abcSecret\"",
                "client secret provided: abcSecret"
            })
    void scrub_secretsInUnusualForms_areTakenOut(String text) {
        assertThat(Redaction.scrub(text, 300)).contains("<redacted>").doesNotContain("abcSecret");
    }

    @Test
    void scrub_manyDots_needNoStack() {
        assertThat(Redaction.scrub("eyJ" + ".a".repeat(4_990), 300)).isEqualTo("<redacted>");
    }

    @Test
    void scrub_aLongText_isCutAfterTheSecretsWereTakenOut() {
        String text = "x ".repeat(50) + "eyJhbGciOiJSUzI1NiJ9.eyJzZWNyZXQiOjF9.c2VjcmV0";

        assertThat(Redaction.scrub(text, 105))
                .hasSize(106)
                .doesNotContain("eyJ")
                .endsWith("…");
    }

    @Test
    @Timeout(10)
    void scrub_aHostileText_takesNoTime() {
        String[] hostile = {
            "a".repeat(1_000_000),
            "eyJ".repeat(300_000),
            "token=".repeat(200_000),
            "bearer ".repeat(200_000),
            "eyJ.".repeat(300_000),
            "token ".repeat(200_000),
            "secret\t".repeat(200_000)
        };
        long start = System.nanoTime();

        for (String text : hostile) {
            assertThat(Redaction.scrub(text, 300)).hasSizeLessThanOrEqualTo(301);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
