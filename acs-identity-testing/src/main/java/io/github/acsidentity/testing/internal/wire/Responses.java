/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.internal.wire;

import io.github.acsidentity.TimeSource;
import io.github.acsidentity.testing.internal.json.JsonWriter;
import io.github.acsidentity.testing.internal.model.Refusal;
import io.github.acsidentity.testing.internal.model.ServiceModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes answers with the headers that the service is known to send. */
final class Responses {

    private static final String REQUEST_ID = "x-ms-client-request-id";
    private static final Predicate<String> SAFE =
            Pattern.compile("[\\x21-\\x7e]{1,256}").asMatchPredicate();
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final ServiceModel model;
    private final TimeSource time;

    Responses(ServiceModel model, TimeSource time) {
        this.model = model;
        this.time = time;
    }

    WireResponse success(WireRequest request, Route route, Success success, long startedAt) {
        List<Map.Entry<String, String>> headers = common(request, startedAt);
        headers.add(Map.entry("api-supported-versions", ApiVersion.supported(route)));
        return response(success.status(), headers, "application/json; charset=utf-8", success.json());
    }

    WireResponse refusal(WireRequest request, @Nullable Route route, Refusal refusal, long startedAt) {
        List<Map.Entry<String, String>> headers = common(request, startedAt);
        if (route != null && !refusal.fromFramework()) {
            headers.add(Map.entry("api-supported-versions", ApiVersion.supported(route)));
        }
        if (refusal.retryAfter() != null) {
            headers.add(Map.entry("Retry-After", wholeSeconds(refusal.retryAfter())));
        }
        return response(refusal.status(), headers, "application/json", body(refusal));
    }

    WireResponse wrongMethod(WireRequest request, Refusal refusal, String allow, long startedAt) {
        List<Map.Entry<String, String>> headers = common(request, startedAt);
        headers.add(Map.entry("Allow", allow));
        return response(refusal.status(), headers, "application/json", body(refusal));
    }

    private List<Map.Entry<String, String>> common(WireRequest request, long startedAt) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("Date", DATE.format(Instant.ofEpochMilli(time.millis()))));
        headers.add(Map.entry("Request-Context", "appId="));
        headers.add(Map.entry("MS-CV", correlation().substring(0, 22) + ".0"));
        headers.add(Map.entry("X-Azure-Ref", "0" + correlation()));
        headers.add(Map.entry("X-Cache", "CONFIG_NOCACHE"));
        headers.add(Map.entry(
                "X-Processing-Time", Duration.ofNanos(time.nanos() - startedAt).toMillis() + "ms"));
        if (request.scheme().equals("https")) {
            headers.add(Map.entry("Strict-Transport-Security", "max-age=2592000"));
        }
        request.header(REQUEST_ID).filter(SAFE).ifPresent(id -> headers.add(Map.entry(REQUEST_ID, id)));
        return headers;
    }

    private static WireResponse response(
            int status, List<Map.Entry<String, String>> headers, String contentType, @Nullable String json) {
        if (json == null) {
            return new WireResponse(status, headers, new byte[0]);
        }
        headers.add(Map.entry("Content-Type", contentType));
        return new WireResponse(status, headers, json.getBytes(StandardCharsets.US_ASCII));
    }

    private static @Nullable String body(Refusal refusal) {
        if (refusal.code() == null) {
            return null;
        }
        JsonWriter error = JsonWriter.object().text("code", refusal.code()).text("message", refusal.message());
        if (refusal.target() != null) {
            error.text("target", refusal.target());
        }
        return JsonWriter.object().object("error", error).toString();
    }

    private static String wholeSeconds(Duration pause) {
        return Long.toString(pause.plusNanos(999_999_999).toSeconds());
    }

    private String correlation() {
        return model.randomId().replace("-", "");
    }
}
