/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import static io.github.acsidentity.testing.internal.wire.Authenticator.denied;

import io.github.acsidentity.testing.internal.json.JsonException;
import io.github.acsidentity.testing.internal.json.JsonReader;
import io.github.acsidentity.testing.internal.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/** Checks bearer tokens as far as the settings ask for it; signatures are not verified. */
final class BearerCheck {

    private static final Set<JsonValue> AUDIENCES = Set.of(
            new JsonValue.Text("https://communication.azure.com"),
            new JsonValue.Text("https://communication.azure.com/"));

    /** The end of the year 9999, in seconds. */
    private static final double LATEST_EXPIRY = 253_402_300_799d;

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
            throw denied("the bearer token has expired, or has no valid expiry");
        }
    }

    private static boolean isForService(JsonValue audience) {
        return AUDIENCES.contains(audience)
                || (audience instanceof JsonValue.Elements several
                        && several.values().stream().anyMatch(AUDIENCES::contains));
    }

    private boolean isExpired(JsonValue expiry) {
        if (!(expiry instanceof JsonValue.Numeral numeral)) {
            return true;
        }
        // whatever JSON takes for a number is one here: at worst zero or infinity
        double seconds = Double.parseDouble(numeral.literal());
        return seconds > LATEST_EXPIRY
                || seconds * 1000 <= settings.transportTime().millis();
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
