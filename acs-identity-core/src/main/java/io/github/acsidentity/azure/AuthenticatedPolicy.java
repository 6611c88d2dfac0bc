/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import reactor.core.publisher.Mono;

/** Notes that a request has got past its credential, which the SDK's pipeline asks just before the added policies. */
enum AuthenticatedPolicy implements HttpPipelinePolicy {
    INSTANCE;

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return Mono.deferContextual(view -> {
            view.get(Call.class).authenticated();
            return next.process();
        });
    }
}
