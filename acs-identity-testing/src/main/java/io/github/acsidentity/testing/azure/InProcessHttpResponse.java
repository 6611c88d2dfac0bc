/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import io.github.acsidentity.testing.internal.wire.WireResponse;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An answer of the fake service as the SDK sees it. */
final class InProcessHttpResponse extends HttpResponse {

    private final int status;
    private final HttpHeaders headers = new HttpHeaders();
    private final Mono<byte[]> body;

    /**
     * Creates an answer.
     *
     * @param body what comes of its body, and when
     */
    InProcessHttpResponse(HttpRequest request, WireResponse response, Mono<byte[]> body) {
        super(request);
        this.status = response.status();
        this.body = body;
        response.headers()
                .forEach(header -> headers.add(HttpHeaderName.fromString(header.getKey()), header.getValue()));
        headers.set(HttpHeaderName.CONTENT_LENGTH, Integer.toString(response.body().length));
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
        return body.map(bytes -> ByteBuffer.wrap(bytes).asReadOnlyBuffer()).flux();
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
        return body.map(byte[]::clone);
    }

    @Override
    public Mono<String> getBodyAsString() {
        return getBodyAsString(StandardCharsets.UTF_8);
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
        return body.map(bytes -> new String(bytes, charset));
    }

    @Override
    public BinaryData getBodyAsBinaryData() {
        return BinaryData.fromBytes(InProcessHttpClient.await(body));
    }
}
