/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import io.github.acsidentity.testing.internal.json.JsonReader;
import io.github.acsidentity.testing.internal.json.JsonValue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Sends requests to the endpoints of an emulator. */
final class AdminClient {

    private final HttpClient client;
    private final URI endpoint;

    AdminClient(AcsEmulator emulator, URI endpoint) {
        this.client = HttpClient.newBuilder().sslContext(emulator.sslContext()).build();
        this.endpoint = endpoint;
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> post(String path, String json) throws Exception {
        return send("POST", path, json, "Content-Type", "application/json");
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonValue json(String path) throws Exception {
        return JsonReader.read(get(path).body().getBytes(StandardCharsets.UTF_8));
    }
}
