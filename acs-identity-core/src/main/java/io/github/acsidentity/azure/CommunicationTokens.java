/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static java.util.Objects.requireNonNull;

import com.azure.communication.common.CommunicationTokenCredential;
import com.azure.communication.common.CommunicationTokenRefreshOptions;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import reactor.core.publisher.Mono;

/** Brings access tokens to the other SDKs of Azure Communication Services, such as those for chat. */
public final class CommunicationTokens {

    private CommunicationTokens() {}

    /**
     * Returns a credential that takes its tokens from a manager.
     *
     * <p>The credential asks the manager when it has no token or when the one it holds has expired, and holds a token
     * until then: it does not notice a revocation. It does not refresh proactively, because that costs a thread for
     * each credential; over a manager that caches, asking again is cheap. A failure of the manager reaches the caller
     * of {@link CommunicationTokenCredential#getToken()} as the {@link io.github.acsidentity.IdentityException} that it
     * is.
     *
     * @param manager where tokens come from; it stays the caller's to close
     * @param user the user to act as
     * @param request the scopes and the validity asked for
     * @return the credential, safe for use by concurrent threads
     */
    // The constructor is deprecated in favour of one that the older lines of the SDK do not have, and that blocks.
    @SuppressWarnings("deprecation")
    public static CommunicationTokenCredential credential(IdentityManager manager, UserId user, TokenRequest request) {
        requireNonNull(manager, "manager");
        requireNonNull(user, "user");
        requireNonNull(request, "request");
        return new CommunicationTokenCredential(new CommunicationTokenRefreshOptions(
                () -> Mono.fromFuture(() -> manager.async().getToken(user, request))
                        .map(AccessToken::value),
                false));
    }
}
