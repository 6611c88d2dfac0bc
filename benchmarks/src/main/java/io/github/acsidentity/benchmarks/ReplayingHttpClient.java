/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * A transport that asks another one once for each kind of request, and repeats the answer: what the service does for an
 * answer, such as signing a token, takes a hundred times as long as the client.
 */
final class ReplayingHttpClient implements HttpClient {

    private final HttpClient service;
    private final Map<String, HttpResponse> answers = new ConcurrentHashMap<>();

    ReplayingHttpClient(HttpClient service) {
        this.service = service;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromSupplier(() -> answer(request));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        return answer(request);
    }

    private HttpResponse answer(HttpRequest request) {
        return answers.computeIfAbsent(
                request.getHttpMethod() + " " + request.getUrl().getPath(),
                kind -> service.sendSync(request, Context.NONE).buffer());
    }
}
