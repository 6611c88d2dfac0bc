/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Asks a credential where it may block, and fails where it returns nothing, with no secret in the words of a failure.
 *
 * <p>The token cache of azure-core asks on the thread of the caller, asks a credential that returned nothing again and
 * again, without end, and logs what a credential threw.
 */
record CautiousCredential(TokenCredential credential) implements TokenCredential {

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.defer(() -> credential.getToken(request))
                .subscribeOn(Schedulers.boundedElastic())
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("The credential returned no token")))
                .onErrorMap(CredentialFailure::new);
    }
}
