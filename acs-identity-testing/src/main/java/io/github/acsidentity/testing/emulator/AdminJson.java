/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.FakeResource;
import io.github.acsidentity.testing.LiveToken;
import io.github.acsidentity.testing.RecordedCall;
import io.github.acsidentity.testing.internal.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

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
        List<UserId> users = newestFirst(service.users());
        List<LiveToken> tokens = newestFirst(service.liveTokens());
        Map<UserId, Long> tokensOf = tokens.stream()
                .flatMap(token -> token.user().stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
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
                .number("userCount", users.size())
                .objects(
                        "users",
                        users.stream()
                                .limit(limit)
                                .map(user -> JsonWriter.object()
                                        .text("id", user.rawId())
                                        .number("liveTokens", tokensOf.getOrDefault(user, 0L)))
                                .toList())
                .number("liveTokenCount", tokens.size())
                .objects(
                        "liveTokens",
                        tokens.stream()
                                .limit(limit)
                                .map(token -> token(token, now))
                                .toList());
    }

    private static JsonWriter token(LiveToken token, Instant now) {
        JsonWriter json = JsonWriter.object();
        token.user().ifPresent(user -> json.text("user", user.rawId()));
        return json.text("resourceId", token.resourceId())
                .texts("scopes", token.scopes().stream().map(TokenScope::value).toList())
                .text("expiresAt", token.expiresAt().toString())
                .number(
                        "remainingSeconds",
                        Math.max(0, Duration.between(now, token.expiresAt()).toSeconds()));
    }

    private static <T> List<T> newestFirst(Iterable<T> oldestFirst) {
        List<T> all = new ArrayList<>();
        oldestFirst.forEach(all::add);
        Collections.reverse(all);
        return all;
    }
}
