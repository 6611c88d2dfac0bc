/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A transport without a socket, for what needs thousands of answers or an exception that a network does not give. */
final class StubTransport implements HttpClient {

    private final List<HttpRequest> requests = new CopyOnWriteArrayList<>();
    private final Function<HttpRequest, Mono<HttpResponse>> behaviour;

    StubTransport(Function<HttpRequest, Mono<HttpResponse>> behaviour) {
        this.behaviour = behaviour;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.defer(() -> {
            requests.add(request);
            return behaviour.apply(request);
        });
    }

    /** Returns the requests that were sent, in their order. */
    List<HttpRequest> requests() {
        return requests;
    }

    static HttpResponse response(HttpRequest request, int status, String body) {
        return new StubResponse(request, status, Mono.just(body.getBytes(StandardCharsets.UTF_8)));
    }

    static HttpResponse truncatedResponse(HttpRequest request, int status) {
        return new StubResponse(request, status, Mono.error(new IOException("EOF reached while reading")));
    }

    private static final class StubResponse extends HttpResponse {

        private final int status;
        private final Mono<byte[]> body;
        private final HttpHeaders headers = new HttpHeaders().set(HttpHeaderName.CONTENT_TYPE, "application/json");

        StubResponse(HttpRequest request, int status, Mono<byte[]> body) {
            super(request);
            this.status = status;
            this.body = body;
        }

        @Override
        public int getStatusCode() {
            return status;
        }

        @Override
        @Deprecated
        public @Nullable String getHeaderValue(String name) {
            return headers.getValue(HttpHeaderName.fromString(name));
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public Flux<ByteBuffer> getBody() {
            return body.map(ByteBuffer::wrap).flux();
        }

        @Override
        public Mono<byte[]> getBodyAsByteArray() {
            return body;
        }

        @Override
        public Mono<String> getBodyAsString() {
            return getBodyAsString(StandardCharsets.UTF_8);
        }

        @Override
        public Mono<String> getBodyAsString(Charset charset) {
            return body.map(bytes -> new String(bytes, charset));
        }
    }
}
