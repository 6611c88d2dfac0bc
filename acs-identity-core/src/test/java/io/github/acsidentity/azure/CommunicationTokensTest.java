/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.communication.common.CommunicationTokenCredential;
import com.azure.core.credential.AccessToken;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.Samples;
import io.github.acsidentity.UserNotFoundException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class CommunicationTokensTest {

    @RegisterExtension
    static final Wire wire = new Wire();

    @Test
    void credential_asksTheManagerWhenATokenIsNeededAndHoldsItWhileItLives() throws Exception {
        String token = jwt(Instant.now().plus(Duration.ofHours(20)));
        wire.answer(tokenAnswer(token));

        try (CommunicationTokenCredential credential =
                CommunicationTokens.credential(wire.manager(), Samples.USER, Samples.REQUEST)) {
            assertThat(wire.requests()).isEmpty();
            assertThat(tokenOf(credential)).isEqualTo(token);
            assertThat(tokenOf(credential)).isEqualTo(token);
        }
        assertThat(wire.requests()).hasSize(1);
        assertThat(wire.requests().get(0).getUrl()).contains(Samples.USER.rawId());
    }

    @Test
    void credential_failing_reportsTheExceptionOfTheManager() throws Exception {
        wire.answer(Wire.error(401, "IdentityNotOwned"));

        try (CommunicationTokenCredential credential =
                CommunicationTokens.credential(wire.manager(), Samples.USER, Samples.REQUEST)) {
            assertThatThrownBy(() -> tokenOf(credential)).isInstanceOfSatisfying(UserNotFoundException.class, e -> {
                assertThat(e.operation()).contains(IdentityOperation.GET_TOKEN);
                assertThat(e.user()).contains(Samples.USER);
            });
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void credential_null_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> CommunicationTokens.credential(null, Samples.USER, Samples.REQUEST));
        assertThatNullPointerException()
                .isThrownBy(() -> CommunicationTokens.credential(wire.manager(), null, Samples.REQUEST));
        assertThatNullPointerException()
                .isThrownBy(() -> CommunicationTokens.credential(wire.manager(), Samples.USER, null));
    }

    private static @Nullable String tokenOf(CommunicationTokenCredential credential) {
        return credential.getToken().map(AccessToken::getToken).block(Duration.ofSeconds(10));
    }

    private static ResponseDefinitionBuilder tokenAnswer(String token) {
        return Wire.json(200, "{\"token\":\"" + token + "\",\"expiresOn\":\"2026-03-03T09:05:07Z\"}");
    }

    private static String jwt(Instant expiry) {
        return "e30."
                + Base64.getEncoder()
                        .encodeToString(("{\"exp\":" + expiry.getEpochSecond() + "}").getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }
}
