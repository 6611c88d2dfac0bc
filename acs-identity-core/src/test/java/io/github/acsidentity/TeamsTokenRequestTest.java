/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamsTokenRequestTest {

    private static final String CLIENT = "11111111-2222-4333-8444-555566667777";
    private static final String OID = "99999999-8888-4777-8666-aaaabbbbcccc";

    @ParameterizedTest
    @ValueSource(strings = {CLIENT, "00000000-0000-0000-0000-000000000000", "ABCDEFab-CDEF-abcd-EFAB-cdefABCDEFab"})
    void constructor_guids_areTakenAsTheyAre(String guid) {
        TeamsTokenRequest request = new TeamsTokenRequest("secret", guid, guid);

        assertThat(request.entraToken()).isEqualTo("secret");
        assertThat(request.clientId()).isEqualTo(guid);
        assertThat(request.userObjectId()).isEqualTo(guid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "secret.value",
                "eyJhbGciOiJSUzI1NiJ9.eyJzZWNyZXQiOjF9.c2VjcmV0",
                "1111111-2222-4333-8444-555566667777",
                "111111111-2222-4333-8444-555566667777",
                "11111111-2222-4333-8444-55556666777",
                "11111111-2222-4333-8444-5555666677778",
                "11111111-2222-4333-8444-55556666777g",
                "11111111222243338444555566667777",
                "{11111111-2222-4333-8444-555566667777}",
                " 11111111-2222-4333-8444-555566667777",
                "11111111-2222-4333-8444-555566667777\n",
                "١1111111-2222-4333-8444-555566667777"
            })
    void constructor_noGuid_saysWhichArgumentWithoutEcho(String value) {
        assertThatThrownBy(() -> new TeamsTokenRequest("secret", value, OID))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clientId must be a GUID such as 00000000-0000-0000-0000-000000000000, but is a text of "
                        + value.length() + " characters");
        assertThatThrownBy(() -> new TeamsTokenRequest("secret", CLIENT, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "userObjectId must be a GUID such as 00000000-0000-0000-0000-000000000000, but is a text of "
                                + value.length() + " characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\r\n", "\u2003"})
    void constructor_blankToken_isRefused(String token) {
        assertThatThrownBy(() -> new TeamsTokenRequest(token, CLIENT, OID))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("entraToken must not be blank");
    }

    @Test
    @SuppressWarnings("NullAway")
    void constructor_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> new TeamsTokenRequest(null, CLIENT, OID));
        assertThatNullPointerException().isThrownBy(() -> new TeamsTokenRequest("secret", null, OID));
        assertThatNullPointerException().isThrownBy(() -> new TeamsTokenRequest("secret", CLIENT, null));
    }

    @Test
    void toString_showsTheIdsButNotTheToken() {
        assertThat(new TeamsTokenRequest("secret", CLIENT, OID))
                .hasToString(
                        "TeamsTokenRequest[entraToken=<redacted>, clientId=" + CLIENT + ", userObjectId=" + OID + "]");
    }

    @Test
    void equals_coversTheWholeToken() {
        TeamsTokenRequest request = new TeamsTokenRequest("secret", CLIENT, OID);

        assertThat(request)
                .isEqualTo(new TeamsTokenRequest("secret", CLIENT, OID))
                .hasSameHashCodeAs(new TeamsTokenRequest("secret", CLIENT, OID))
                .isNotEqualTo(new TeamsTokenRequest("secret2", CLIENT, OID))
                .isNotEqualTo(new TeamsTokenRequest("secret", OID, OID))
                .isNotEqualTo(new TeamsTokenRequest("secret", CLIENT, CLIENT));
    }
}
