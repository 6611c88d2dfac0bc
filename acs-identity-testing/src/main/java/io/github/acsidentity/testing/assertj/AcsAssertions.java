/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.assertj;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import org.assertj.core.annotation.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * Entry point of the assertions, to be imported statically beside those of AssertJ.
 *
 * <pre>{@code
 * assertThat(fake).issued(1).tokensFor(user).hasNotCalled(CREATE_USER).hasNoOrphans();
 * assertThat(token).isAcceptedBy(fake).accordingTo(clock).expiresIn(Duration.ofHours(1));
 * }</pre>
 *
 * <p>Messages show the calls that the service saw, and no secrets. As in AssertJ, an actual value that is {@code null}
 * fails the first assertion about it.
 */
@CheckReturnValue
public final class AcsAssertions {

    private AcsAssertions() {}

    /**
     * Starts assertions about a service.
     *
     * @param service the service
     * @return the assertions
     */
    public static FakeIdentityAssert assertThat(@Nullable FakeIdentityService service) {
        return new FakeIdentityAssert(service);
    }

    /**
     * Starts assertions about the service behind a manager: all of it, whoever called.
     *
     * @param manager the manager
     * @return the assertions
     */
    public static FakeIdentityAssert assertThat(@Nullable FakeIdentityManager manager) {
        return new FakeIdentityAssert(manager == null ? null : manager.service());
    }

    /**
     * Starts assertions about an access token.
     *
     * @param token the token
     * @return the assertions
     */
    public static AccessTokenAssert assertThat(@Nullable AccessToken token) {
        return new AccessTokenAssert(token);
    }
}
