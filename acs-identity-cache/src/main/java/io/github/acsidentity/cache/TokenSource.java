/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.TokenRequest;
import java.util.concurrent.CompletableFuture;

/**
 * Where the tokens of an owner come from.
 *
 * @param <K> whose tokens they are
 */
interface TokenSource<K> {

    /** Calls for a token; may throw what an asynchronous manager may throw at the call. */
    CompletableFuture<AccessToken> call(K owner, TokenRequest request);

    /** Returns the longest lifetime of a token that is trusted, in milliseconds. */
    long longestLifetime(TokenRequest request);

    /**
     * Returns whether a refresh may wait for its turn; not if this source has a secret that only a visitor presents.
     */
    default boolean mayStandInLine() {
        return true;
    }

    /** Returns what is known of a failure before anything has happened. */
    FailureDetails details(K owner);
}
