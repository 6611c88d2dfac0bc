/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.testing.internal.model.QuotaLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How many calls a resource of the {@link FakeIdentityService} takes; one more is answered 429 {@code TooManyRequests}.
 * Immutable.
 *
 * <p>A limit looks at the time just past: a call is refused if there were as many calls as allowed within the window
 * that ends with it. Refused calls count, as the documentation of the service says, so a caller that goes on without a
 * pause stays locked out. Time is that of the ticks of {@link FakeIdentityService#clock()}; each resource has its own
 * counters; calls that a fault strikes before they are carried out, and those with a wrong credential or version, do
 * not count.
 */
public final class Quotas {

    private static final Quotas NONE = new Quotas(List.of());
    private static final Quotas PUBLISHED = NONE.withPublished(1000, IdentityOperation.CREATE_USER)
            .withPublished(1000, IdentityOperation.CREATE_USER_WITH_TOKEN)
            .withPublished(1000, IdentityOperation.GET_TOKEN)
            .withPublished(500, IdentityOperation.DELETE_USER)
            .withPublished(500, IdentityOperation.REVOKE_TOKENS)
            .withPublished(500, IdentityOperation.GET_TOKEN_FOR_TEAMS_USER);

    private final List<QuotaLimit> limits;

    private Quotas(List<QuotaLimit> limits) {
        this.limits = limits;
    }

    /**
     * Returns no limits at all.
     *
     * @return the quotas
     */
    public static Quotas none() {
        return NONE;
    }

    /**
     * Returns the limits that the service publishes: in 30 seconds 1000 users created, 1000 created with a token, 1000
     * tokens issued, 500 users deleted, 500 revocations and 500 exchanges of Teams tokens.
     *
     * @return the quotas
     */
    public static Quotas published() {
        return PUBLISHED;
    }

    /**
     * Returns a copy with one limit more. A call has to keep all the limits of its operation, so a limit can be
     * tightened like this, but not loosened.
     *
     * @param calls how many calls are allowed within the window, at least 1
     * @param window how long the window is, more than nothing
     * @param operations which operations count, together; none means all
     * @return the copy
     * @throws IllegalArgumentException if {@code calls} is less than 1 or {@code window} is not positive
     */
    public Quotas withLimit(int calls, Duration window, IdentityOperation... operations) {
        if (calls < 1) {
            throw new IllegalArgumentException("calls must be at least 1, but was " + calls);
        }
        if (window.isZero() || window.isNegative()) {
            throw new IllegalArgumentException("window must be more than nothing, but was " + window);
        }
        List<QuotaLimit> more = new ArrayList<>(limits);
        more.add(new QuotaLimit(calls, window, Set.of(operations)));
        return new Quotas(List.copyOf(more));
    }

    private Quotas withPublished(int calls, IdentityOperation... operations) {
        return withLimit(calls, Duration.ofSeconds(30), operations);
    }

    /** Returns the limits. */
    @Override
    public String toString() {
        return "Quotas" + limits;
    }

    List<QuotaLimit> limits() {
        return limits;
    }
}
