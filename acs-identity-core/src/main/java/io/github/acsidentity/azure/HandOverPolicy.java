/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.util.BinaryData;
import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stands between the last policy and the transport: here it is decided whether a request is sent.
 *
 * <p>The creation of a user is handed over with a body that can be read once only. A transport that repeats requests by
 * itself, as OkHttp does after some answers and with some addresses, cannot repeat that one.
 */
enum HandOverPolicy implements HttpPipelinePolicy {
    INSTANCE;

    private static final String BEARER = "Bearer ";

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return Mono.deferContextual(view -> {
            Call call = view.get(Call.class);
            HttpRequest request = context.getHttpRequest();
            String authorization = request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION);
            if (authorization != null && authorization.startsWith(BEARER)) {
                call.addSecret(authorization.substring(BEARER.length()));
            }
            if (!call.send()) {
                return Mono.error(new IllegalStateException(
                        "The request was not sent: the call had been given up, or a policy repeated it"));
            }
            BinaryData body = request.getBodyAsBinaryData();
            if (call.createsUser() && body != null) {
                request.setBody(Flux.just(ByteBuffer.wrap(body.toBytes())));
            }
            return next.process().doOnNext(response -> call.answerArrived());
        });
    }
}
