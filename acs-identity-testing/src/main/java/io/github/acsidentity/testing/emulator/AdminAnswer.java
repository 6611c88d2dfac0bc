/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.acsidentity.testing.internal.json.JsonWriter;
import io.github.acsidentity.testing.internal.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers of the emulator about itself. */
final class AdminAnswer {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;

    private AdminAnswer() {}

    static WireResponse ok(JsonWriter json) {
        return of(OK, "application/json", json.toString());
    }

    static WireResponse created(JsonWriter json) {
        return of(CREATED, "application/json", json.toString());
    }

    static WireResponse done() {
        return of(NO_CONTENT, "", "");
    }

    static WireResponse refused(int status, String code, String message) {
        JsonWriter error = JsonWriter.object().text("code", code).text("message", message);
        return of(
                status,
                "application/json",
                JsonWriter.object().object("error", error).toString());
    }

    static WireResponse wrongMethod(String allow) {
        WireResponse answer = refused(405, "MethodNotAllowed", "Only " + allow + " can be used here.");
        return with(answer, "Allow", allow);
    }

    static WireResponse of(int status, String contentType, String body) {
        List<Map.Entry<String, String>> headers = new ArrayList<>(
                List.of(Map.entry("Cache-Control", "no-store"), Map.entry("X-Content-Type-Options", "nosniff")));
        if (!contentType.isEmpty()) {
            headers.add(Map.entry("Content-Type", contentType));
        }
        return new WireResponse(status, headers, body.getBytes(UTF_8));
    }

    /** Returns a copy with one more header. */
    static WireResponse with(WireResponse answer, String name, String value) {
        List<Map.Entry<String, String>> headers = new ArrayList<>(answer.headers());
        headers.add(Map.entry(name, value));
        return new WireResponse(answer.status(), headers, answer.body());
    }
}
