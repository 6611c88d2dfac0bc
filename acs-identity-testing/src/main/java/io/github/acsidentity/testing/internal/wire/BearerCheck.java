/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import static io.github.acsidentity.testing.internal.wire.Authenticator.denied;

import io.github.acsidentity.testing.internal.json.JsonException;
import io.github.acsidentity.testing.internal.json.JsonReader;
import io.github.acsidentity.testing.internal.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/** Checks bearer tokens as far as the settings ask for it; signatures are not verified. */
final class BearerCheck {

    private static final Set<JsonValue> AUDIENCES = Set.of(
            new JsonValue.Text("https://communication.azure.com"),
            new JsonValue.Text("https://communication.azure.com/"));

    private final WireSettings settings;

    BearerCheck(WireSettings settings) {
        this.settings = settings;
    }

    void check(String token) {
        if (token.isEmpty()) {
            throw denied("the bearer token is empty");
        }
        if (settings.bearerAudienceChecked() && !isForService(claims(token).get("aud"))) {
            throw denied("the audience of the bearer token is not https://communication.azure.com/");
        }
        if (settings.bearerExpiryChecked() && isExpired(claims(token).get("exp"))) {
            throw denied("the bearer token has expired, or has no expiry");
        }
    }

    private static boolean isForService(JsonValue audience) {
        return AUDIENCES.contains(audience)
                || (audience instanceof JsonValue.Elements several
                        && several.values().stream().anyMatch(AUDIENCES::contains));
    }

    private boolean isExpired(JsonValue expiry) {
        return !(expiry instanceof JsonValue.Numeral seconds)
                || new BigDecimal(seconds.literal())
                                .movePointRight(3)
                                .compareTo(BigDecimal.valueOf(
                                        settings.transportTime().millis()))
                        <= 0;
    }

    private static JsonValue.Members claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length == 3) {
            try {
                byte[] payload = Base64.getUrlDecoder().decode(parts[1].getBytes(StandardCharsets.ISO_8859_1));
                if (JsonReader.read(payload) instanceof JsonValue.Members claims) {
                    return claims;
                }
            } catch (JsonException | IllegalArgumentException e) {
                throw denied("the bearer token is not a JWT");
            }
        }
        throw denied("the bearer token is not a JWT");
    }
}
