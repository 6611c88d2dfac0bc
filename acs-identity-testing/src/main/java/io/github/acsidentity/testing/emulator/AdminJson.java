/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.FakeResource;
import io.github.acsidentity.testing.RecordedCall;
import io.github.acsidentity.testing.internal.json.JsonWriter;
import io.github.acsidentity.testing.internal.model.Holdings;
import io.github.acsidentity.testing.internal.model.IssuedToken;
import io.github.acsidentity.testing.internal.model.ModelAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Writes calls, users and tokens as JSON, without secrets. */
final class AdminJson {

    private AdminJson() {}

    static JsonWriter call(RecordedCall call) {
        JsonWriter json = JsonWriter.object()
                .text("time", call.time().toString())
                .text("operation", call.operation().name());
        call.user().ifPresent(user -> json.text("user", user.rawId()));
        call.resourceId().ifPresent(id -> json.text("resourceId", id));
        call.requestId().ifPresent(id -> json.text("requestId", id));
        call.status().ifPresent(status -> json.number("status", status));
        call.errorCode().ifPresent(code -> json.text("errorCode", code));
        return json.bool("answered", call.answered());
    }

    /**
     * Writes what there is, the newest first.
     *
     * @param limit how many users and tokens are written at most
     */
    static JsonWriter state(FakeIdentityService service, int limit) {
        Instant now = service.clock().instant();
        Holdings holdings = ModelAccess.modelOf(service).holdings(limit);
        return JsonWriter.object()
                .text("now", now.toString())
                .texts(
                        "resources",
                        service.resources().stream().map(FakeResource::id).toList())
                .number(
                        "callCount",
                        Arrays.stream(IdentityOperation.values())
                                .mapToLong(service::callCount)
                                .sum())
                .number("userCount", holdings.userCount())
                .objects(
                        "users",
                        holdings.users().stream()
                                .map(user -> JsonWriter.object()
                                        .text("id", user.id().rawId())
                                        .number("liveTokens", user.liveTokens()))
                                .toList())
                .number("liveTokenCount", holdings.liveTokenCount())
                .objects(
                        "liveTokens",
                        holdings.liveTokens().stream()
                                .map(token -> token(token, now))
                                .toList());
    }

    private static JsonWriter token(IssuedToken token, Instant now) {
        JsonWriter json = JsonWriter.object();
        token.userId().ifPresent(user -> json.text("user", user.rawId()));
        Instant expiresAt = Instant.ofEpochMilli(token.expiresAtMillis());
        return json.text("resourceId", token.caller().resource().id())
                .texts("scopes", token.scopes().stream().map(TokenScope::value).toList())
                .text("expiresAt", expiresAt.toString())
                .number(
                        "remainingSeconds",
                        Math.max(0, Duration.between(now, expiresAt).toSeconds()));
    }
}
