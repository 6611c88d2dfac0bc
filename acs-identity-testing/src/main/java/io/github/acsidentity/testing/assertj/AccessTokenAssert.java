/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.assertj;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.testing.FakeIdentityManager;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.internal.model.ModelAccess;
import io.github.acsidentity.testing.internal.report.CallLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions about an {@link AccessToken}. Not safe for use by concurrent threads. */
@SuppressWarnings("exports")
public final class AccessTokenAssert extends AbstractAssert<AccessTokenAssert, AccessToken> {

    private static final int MAXIMUM_CALLS = 20;

    private @Nullable InstantSource clock;
    private Duration tolerance = Duration.ofSeconds(10);

    AccessTokenAssert(@Nullable AccessToken actual) {
        super(actual, AccessTokenAssert.class);
    }

    /**
     * Names the clock that the following assertions go by. Without it they go by the time of the system, which is not
     * that of a fake whose clock was moved.
     *
     * @param clock the clock, such as that of the fake
     * @return this
     */
    public AccessTokenAssert accordingTo(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Sets by how much the following assertions about time may be missed. The default is 10 seconds.
     *
     * @param tolerance the difference allowed in either direction, not negative
     * @return this
     * @throws IllegalArgumentException if the difference is negative
     */
    public AccessTokenAssert withTolerance(Duration tolerance) {
        if (tolerance.isNegative()) {
            throw new IllegalArgumentException("tolerance must not be negative, but was " + tolerance);
        }
        this.tolerance = tolerance;
        return this;
    }

    /**
     * Verifies how long the token has still to live, give or take the {@linkplain #withTolerance tolerance}, by the
     * clock that {@link #accordingTo} named before, or else by the time of the system.
     *
     * @param remaining the time expected from now to the expiry
     * @return this
     */
    public AccessTokenAssert expiresIn(Duration remaining) {
        isNotNull();
        Instant now = now();
        Duration left = Duration.between(now, actual.expiresAt());
        if (left.minus(remaining).abs().compareTo(tolerance) > 0) {
            failWithMessage(
                    "Expected the token to expire in %s, give or take %s, but it %s at %s, and it is %s by %s",
                    remaining,
                    tolerance,
                    left.isNegative() ? "expired" : "expires",
                    actual.expiresAt(),
                    now,
                    clock != null
                            ? "the clock given"
                            : "the time of the system; name the clock of a fake with accordingTo(clock)");
        }
        return this;
    }

    /**
     * Verifies that chat and calling would accept the token now, by the clock of the service.
     *
     * @param service the service
     * @return this
     * @see FakeIdentityService#isAccepted(AccessToken)
     */
    public AccessTokenAssert isAcceptedBy(FakeIdentityService service) {
        isNotNull();
        if (!service.isAccepted(actual)) {
            boolean expired = actual.isExpiredAt(service.clock().instant());
            fail(
                    "Expected the token to be accepted, but "
                            + (expired
                                    ? "it has expired"
                                    : "it was revoked, its user deleted or its key regenerated,"
                                            + " or this service did not issue it"),
                    service);
        }
        return this;
    }

    /**
     * Verifies that chat and calling would accept the token now, by the clock of the service behind a manager.
     *
     * @param manager the manager
     * @return this
     */
    public AccessTokenAssert isAcceptedBy(FakeIdentityManager manager) {
        return isAcceptedBy(manager.service());
    }

    /**
     * Verifies that chat and calling would refuse the token now, by the clock of the service.
     *
     * @param service the service
     * @return this
     * @see FakeIdentityService#isAccepted(AccessToken)
     */
    public AccessTokenAssert isNotAcceptedBy(FakeIdentityService service) {
        isNotNull();
        if (service.isAccepted(actual)) {
            fail("Expected the token to be refused, but it is accepted", service);
        }
        return this;
    }

    /**
     * Verifies that chat and calling would refuse the token now, by the clock of the service behind a manager.
     *
     * @param manager the manager
     * @return this
     */
    public AccessTokenAssert isNotAcceptedBy(FakeIdentityManager manager) {
        return isNotAcceptedBy(manager.service());
    }

    private Instant now() {
        return clock != null
                ? clock.instant()
                : Instant.ofEpochMilli(TimeSource.system().millis());
    }

    private void fail(String message, FakeIdentityService service) {
        failWithMessage(
                "%s. It expires at %s, and it is %s by the clock of the service.%nThe service saw %s",
                message,
                actual.expiresAt(),
                service.clock().instant(),
                CallLog.of(ModelAccess.modelOf(service).calls(), MAXIMUM_CALLS));
    }
}
