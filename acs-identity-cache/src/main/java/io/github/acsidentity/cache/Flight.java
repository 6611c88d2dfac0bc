/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.TokenRequest;
import java.util.concurrent.CompletableFuture;

/**
 * One call for a token, from boarding to landing, shared by everybody who waits for that token.
 *
 * @param <K> whose token it is
 */
final class Flight<K> {

    /** How a flight ends. */
    sealed interface Landing {

        /** A token was issued, and is held now. */
        record Issued(HeldToken held) implements Landing {}

        /** The user's tokens were revoked meanwhile: a token that was issued must not be used, and no call is made. */
        record Fenced() implements Landing {}

        /** No token was issued. */
        record Failed(Throwable failure) implements Landing {}

        /** No call was made, because nobody wanted the token any more. */
        record Withdrawn() implements Landing {}
    }

    private final K owner;
    private final TokenRequest request;
    private final boolean background;
    private final CompletableFuture<Landing> landing = new CompletableFuture<>();
    private volatile boolean fenced;
    private volatile boolean urgent;

    Flight(K owner, TokenRequest request, boolean background) {
        this.owner = owner;
        this.request = request;
        this.background = background;
    }

    K owner() {
        return owner;
    }

    TokenRequest request() {
        return request;
    }

    boolean isBackground() {
        return background;
    }

    /** Returns the future of the landing, which never fails; only code of this package may depend on it. */
    CompletableFuture<Landing> landing() {
        return landing;
    }

    /** Returns whether a caller waits for it. */
    boolean isUrgent() {
        return urgent;
    }

    void hurry() {
        urgent = true;
    }

    boolean isFenced() {
        return fenced;
    }

    void fence() {
        fenced = true;
    }
}
