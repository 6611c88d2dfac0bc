/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import java.time.Instant;

/** Values that tests of single parts need. */
final class Values {

    static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);

    private Values() {}

    static UserId user(int number) {
        return new UserId("8:acs:resource_" + number);
    }

    /** Returns a request like no other with another number. */
    static TokenRequest request(int number) {
        return TokenRequest.of(TokenScope.of("scope" + number));
    }

    static AccessToken token(long expiresAt) {
        return new AccessToken("token-until-" + expiresAt, Instant.ofEpochMilli(expiresAt));
    }

    static HeldToken held(TokenRequest request, long expiresAt) {
        return new HeldToken(token(expiresAt), request, 0, expiresAt, 0, Integer.MAX_VALUE);
    }

    static FailureDetails details() {
        return FailureDetails.of(IdentityOperation.GET_TOKEN);
    }
}
