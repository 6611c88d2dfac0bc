/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache.assertj;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.cache.RefreshPolicy;
import java.time.Duration;
import java.util.Locale;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions about a {@link RefreshPolicy}. Not safe for use by concurrent threads. */
@SuppressWarnings("exports")
public final class RefreshPolicyAssert extends AbstractAssert<RefreshPolicyAssert, RefreshPolicy> {

    RefreshPolicyAssert(@Nullable RefreshPolicy actual) {
        super(actual, RefreshPolicyAssert.class);
    }

    /**
     * Verifies that tokens are handed out with at least so much life left while the service answers.
     *
     * <p>In an outage, a policy with {@link RefreshPolicy.Outage#SERVE_UNTIL_EXPIRY} goes below that; and of a short
     * life never more than half is kept.
     *
     * @param remaining what must be left
     * @return this
     * @see RefreshPolicy#minimumRemaining()
     */
    public RefreshPolicyAssert keepsAtLeast(Duration remaining) {
        isNotNull();
        requireNonNull(remaining, "remaining");
        if (actual.minimumRemaining().compareTo(remaining) < 0) {
            failWithMessage(
                    "Expected a policy that hands out tokens with at least %s left, but it does so down to %s",
                    remaining, actual.minimumRemaining());
        }
        return this;
    }

    /**
     * Verifies that the budget of background refreshes suffices for so many users, each with one token of the
     * {@linkplain RefreshPolicy#tokenLifetime() policy's lifetime}.
     *
     * @param users how many users
     * @return this
     * @see #sustains(long, Duration)
     */
    public RefreshPolicyAssert sustains(long users) {
        isNotNull();
        return sustains(users, actual.tokenLifetime());
    }

    /**
     * Verifies that the budget of background refreshes suffices for so many users, each with one token of this lifetime
     * that is asked for again and again: in all {@linkplain RefreshPolicy#replicas() replicas} together.
     *
     * @param users how many users
     * @param lifetime the lifetime of their tokens, whole minutes from 60 minutes to 24 hours
     * @return this
     * @throws IllegalArgumentException if {@code lifetime} is out of range
     * @see RefreshPolicy#sustainableUsers(Duration)
     */
    public RefreshPolicyAssert sustains(long users, Duration lifetime) {
        isNotNull();
        long sustained = actual.sustainableUsers(lifetime);
        if (sustained < users) {
            failWithMessage(
                    "%s",
                    String.format(
                            Locale.ROOT,
                            "Expected a policy that sustains %,d users with tokens of %s, but it sustains %,d"
                                    + " with %s refreshes per second",
                            users,
                            lifetime,
                            sustained,
                            actual.refreshesPerSecond()));
        }
        return this;
    }
}
