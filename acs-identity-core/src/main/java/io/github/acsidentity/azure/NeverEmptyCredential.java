/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import reactor.core.publisher.Mono;

/**
 * Fails where a credential returns nothing. The token cache of azure-core asks such a credential again and again, on
 * the thread of the caller and without end.
 */
record NeverEmptyCredential(TokenCredential credential) implements TokenCredential {

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return credential
                .getToken(request)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("The credential returned no token")));
    }
}
