/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdTest {

    private static final String GUID = "0b1c2d3e-1111-4222-8333-444455556666";

    @ParameterizedTest
    @CsvSource({
        "8:acs:0b1c2d3e-1111-4222-8333-444455556666_0000001f-2a3b-4c5d-6e7f-8a9b0c0d0e0f,"
                + " 0b1c2d3e-1111-4222-8333-444455556666",
        "8:dod-acs:0b1c2d3e-1111-4222-8333-444455556666_x, 0b1c2d3e-1111-4222-8333-444455556666",
        "8:gcch-acs:0b1c2d3e-1111-4222-8333-444455556666_x, 0b1c2d3e-1111-4222-8333-444455556666",
        "8:spool:res_user, res",
        "8:acs:res_wf_tenant_oid, res",
        "8:acs:r_u, r",
        "8:acs:azAZ09_azAZ09, azAZ09",
        "8:acs:R-1_U_2-, R-1",
        "8:acs:r__, r",
    })
    void constructor_knownForm_keepsTheIdAndFindsTheResource(String rawId, String resourceId) {
        UserId user = new UserId(rawId);

        assertThat(user.rawId()).isEqualTo(rawId);
        assertThat(user.resourceId()).isEqualTo(resourceId);
        assertThat(user).hasToString(rawId);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "8",
                "8:",
                "8:acs",
                "acs:r_u",
                "r_u",
                " 8:acs:r_u",
                "8:ACS:r_u",
                "８:acs:r_u",
                "4:+4912345",
                "8:orgid:0b1c2d3e-1111-4222-8333-444455556666",
                "8:teamsvisitor:r_u",
                "28:orgid:0b1c2d3e-1111-4222-8333-444455556666",
                "8:acsx:r_u"
            })
    void constructor_otherPrefix_saysWhichAreKnown(String rawId) {
        assertThatThrownBy(() -> new UserId(rawId))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rawId must start with one of [8:acs:, 8:dod-acs:, 8:gcch-acs:, 8:spool:]")
                .hasMessageContaining("(" + rawId.length() + " characters)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8:acs:", "8:acs:_", "8:acs:_u", "8:acs:r", "8:acs:r_", "8:acs:__u", "8:spool:ru"})
    void constructor_withoutResourceOrUser_saysTheForm(String rawId) {
        assertThatThrownBy(() -> new UserId(rawId))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be of the form 8:acs:<resource id>_<user>");
    }

    @Test
    void constructor_pieceOfAKeyAfterThePrefix_isNotRepeated() {
        assertThatThrownBy(() -> new UserId("8:acs:pU3KGCUwux1tEyze1iN7LtkeP3Ifyxlx"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("but was \"8:acs:…\" (38 characters)");
    }

    static Stream<String> charactersThatAreNotAllowed() {
        Stream<String> ascii = IntStream.rangeClosed(0, 0x7f)
                .filter(c -> !Character.isLetterOrDigit(c) && c != '-' && c != '_')
                .mapToObj(Character::toString);
        Stream<String> others = Stream.of(
                "\u0080", "\u0085", "\u00a0", "é", "ß", "\u0660", "\u200b", "\u202e", "\u2028", "\ufeff", "Ａ", "\ud800",
                "😀");
        return Stream.concat(ascii, others);
    }

    @ParameterizedTest
    @MethodSource("charactersThatAreNotAllowed")
    void constructor_otherCharacter_isRefusedWhereverItStands(String character) {
        for (String rawId : new String[] {
            "8:acs:" + character + "r_u",
            "8:acs:r" + character + "_u",
            "8:acs:r_" + character + "u",
            "8:acs:r_u" + character
        }) {
            Throwable thrown = catchThrowable(() -> new UserId(rawId));

            assertThat(thrown)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ASCII letters, digits, '-' and '_'");
            assertThat(thrown.getMessage()).as("printable").matches("[ -~…]+");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8:acs:r_u/../x",
                "8:acs:r_u%2f",
                "8:acs:..%2f_u",
                "8:acs:r_u?api-version=1",
                "8:acs:r_u#",
                "8:acs:r_u\\",
                "8:acs:r_u\r\nHost: x",
                "8:acs:r_u\u0000",
                "8:acs:r:x_u"
            })
    void constructor_whatWouldChangeTheUrl_isRefused(String rawId) {
        assertThatThrownBy(() -> new UserId(rawId)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void constructor_256Characters_isAccepted() {
        String longest = "8:acs:r_" + "u".repeat(248);

        assertThat(new UserId(longest).rawId()).hasSize(256);
    }

    @Test
    void constructor_257Characters_saysTheBound() {
        String tooLong = "8:acs:r_" + "u".repeat(249);

        assertThatThrownBy(() -> new UserId(tooLong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rawId must have at most 256 characters, but has 257");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c2VjcmV0LWtleS1mb3ItdGVzdHM=",
                "eyJhbGciOiJSUzI1NiJ9.eyJzZWNyZXQiOjF9.c2VjcmV0",
                "8:acs:eyJhbGciOiJSUzI1NiJ9.eyJzZWNyZXQiOjF9.c2VjcmV0",
                "endpoint=https://contoso.communication.azure.com/;accesskey=c2VjcmV0LWtleS1mb3ItdGVzdHM=",
                "8:acs:endpoint=https://contoso.communication.azure.com/;accesskey=c2VjcmV0LWtleS1mb3ItdGVzdHM=",
                "secret:c2VjcmV0LWtleS1mb3ItdGVzdHM="
            })
    void constructor_aSecretGivenByMistake_isNotEchoed(String secret) {
        assertThatThrownBy(() -> new UserId(secret))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("c2Vjcm", "eyJ", "accesskey", "contoso");
    }

    @Test
    @SuppressWarnings("NullAway")
    void constructor_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> new UserId(null));
    }

    @Test
    void equals_isCaseSensitiveEqualityOfTheRawId() {
        UserId user = new UserId("8:acs:" + GUID + "_u");

        assertThat(user)
                .isEqualTo(new UserId(new String(user.rawId().toCharArray())))
                .hasSameHashCodeAs(new UserId("8:acs:" + GUID + "_u"))
                .isNotEqualTo(new UserId("8:acs:" + GUID + "_U"))
                .isNotEqualTo(new UserId("8:spool:" + GUID + "_u"))
                .isNotEqualTo(user.rawId())
                .isNotEqualTo(null);
    }
}
