/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.communication.common.CommunicationTokenCredential;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tokens look like those of the service. */
class AccessTokenFormTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:05:07.123Z");

    private final MutableClock clock = MutableClock.startingAt(NOW);
    private final FakeIdentityService service =
            FakeIdentityService.builder().clock(clock).build();
    private final FakeIdentityManager manager = FakeIdentityManager.on(service);
    private final UserId user = manager.createUser();

    @Test
    void payload_hasTheClaimsInTheirOrder() {
        AccessToken token = manager.getToken(
                user, TokenRequest.of(TokenScope.VOIP, TokenScope.CHAT).withValidity(Duration.ofMinutes(90)));

        long iat = NOW.getEpochSecond();
        assertThat(Jwts.payload(token.value()))
                .isEqualTo("{\"skypeid\":\"" + user.rawId().substring(2) + "\",\"scp\":1792,\"csi\":\"" + iat
                        + "\",\"exp\":" + (iat + 5400)
                        + ",\"rgn\":\"amer\",\"acsScope\":\"chat,voip\",\"resourceId\":\""
                        + user.resourceId() + "\",\"resourceLocation\":\"unitedstates\",\"iat\":" + iat
                        + ",\"fakeTokenNumber\":1}");
        assertThat(token.expiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(90)));
    }

    @Test
    void header_hasTheMembersInTheirOrder() {
        String header = Jwts.header(token().value());

        assertThat(header)
                .matches("\\{\"alg\":\"RS256\",\"kid\":\"[0-9A-F]{40}\",\"x5t\":\"[\\w-]{27}\",\"typ\":\"JWT\"}");
    }

    @Test
    void signature_hasTheLengthOfAKeyOf2048Bits() {
        String token = token().value();

        assertThat(token.substring(token.lastIndexOf('.') + 1)).hasSize(342);
        assertThat(Jwts.signature(token)).hasSize(256);
        assertThat(token.length()).isBetween(790, 920);
    }

    @Test
    void payload_ofManyTokens_readsWithBasicBase64() {
        for (int i = 0; i < 200; i++) {
            clock.advance(Duration.ofSeconds(7919));
            String payload = manager.createUserWithToken(
                            TokenRequest.of(TokenScope.CHAT, TokenScope.CHAT_JOIN_LIMITED, TokenScope.VOIP_JOIN))
                    .token()
                    .value()
                    .split("\\.", -1)[1];

            assertThat(payload).doesNotContain("-", "_");
            assertThat(new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8))
                    .startsWith("{\"skypeid\":\"acs:");
        }
    }

    @Test
    void communicationTokenCredential_readsToken() throws Exception {
        AccessToken token = token();

        try (CommunicationTokenCredential credential = new CommunicationTokenCredential(token.value())) {
            var parsed = credential.getToken().block();

            assertThat(parsed).isNotNull();
            assertThat(parsed.getToken()).isEqualTo(token.value());
            assertThat(parsed.getExpiresAt())
                    .isEqualTo(Instant.ofEpochSecond(NOW.getEpochSecond())
                            .plus(Duration.ofHours(24))
                            .atOffset(ZoneOffset.UTC));
        }
    }

    @Test
    void tokens_atAClockThatStandsStill_areAllDifferent() {
        Set<String> values = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            values.add(token().value());
        }

        assertThat(values).hasSize(50);
    }

    private AccessToken token() {
        return manager.getToken(user, TokenRequest.of(TokenScope.CHAT));
    }
}
