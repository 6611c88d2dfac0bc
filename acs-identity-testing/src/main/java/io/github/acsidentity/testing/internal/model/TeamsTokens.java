/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.model;

import io.github.acsidentity.testing.internal.json.JsonWriter;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Entra tokens of Teams users that the model accepts for an exchange. */
final class TeamsTokens {

    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final String tenant;

    TeamsTokens(Random random) {
        tenant = Guids.random(random);
    }

    /** What an Entra token was issued for. */
    record Grant(String clientId, String userObjectId, Instant expiresAt) {}

    void register(String entraToken, Grant grant) {
        grants.put(entraToken, grant);
    }

    String mint(Grant grant, Instant issuedAt) {
        String token = Jwt.sign(JsonWriter.object()
                .text("aud", "https://auth.msft.communication.azure.com")
                .text("iss", "https://sts.windows.net/" + tenant + "/")
                .number("iat", issuedAt.getEpochSecond())
                .number("nbf", issuedAt.getEpochSecond())
                .number("exp", grant.expiresAt().getEpochSecond())
                .text("appid", grant.clientId())
                .text("oid", grant.userObjectId())
                .text("scp", "Teams.ManageCalls Teams.ManageChats")
                .text("tid", tenant)
                .text("uti", "fake-" + numbers.incrementAndGet())
                .text("ver", "1.0"));
        register(token, grant);
        return token;
    }

    /** Checks an exchange in the order of the service: the token, then what is missing, malformed, and different. */
    Grant check(String entraToken, @Nullable String clientId, @Nullable String userObjectId, long millis) {
        Grant grant = grants.get(entraToken);
        if (grant == null || millis >= grant.expiresAt().toEpochMilli()) {
            throw Refusal.of(401, "InvalidAccessToken", "The Entra token is not valid.")
                    .byFramework()
                    .exception();
        }
        requirePresent("AppId", "appId", clientId);
        requirePresent("UserId", "userId", userObjectId);
        requireGuid("appId", clientId);
        requireGuid("userId", userObjectId);
        if (!grant.clientId().equalsIgnoreCase(clientId)) {
            throw Refusal.invalid("appId", "The Entra token was not issued for the application in appId.")
                    .exception();
        }
        if (!grant.userObjectId().equalsIgnoreCase(userObjectId)) {
            throw Refusal.invalid("userId", "The Entra token was not issued for the user in userId.")
                    .exception();
        }
        return grant;
    }

    private static void requirePresent(String target, String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw Refusal.invalid(target, target + ": The field " + field + " is required.")
                    .byFramework()
                    .exception();
        }
    }

    private static void requireGuid(String field, @Nullable String value) {
        if (value == null || !GUID.matcher(value).matches()) {
            throw Refusal.invalid(field, "The format of " + field + " is invalid: it must be a GUID.")
                    .exception();
        }
    }
}
