/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an access token shall allow, and for how long.
 *
 * <p>Requests are canonical: order and repetition of the scopes make no difference to {@link #equals(Object)}. Keep one
 * in a constant and use it for every call:
 *
 * <pre>{@code
 * static final TokenRequest CALLING = TokenRequest.of(TokenScope.VOIP).withValidity(Duration.ofHours(2));
 * }</pre>
 */
public final class TokenRequest {

    /** The shortest validity that the service grants: 60 minutes. */
    public static final Duration MINIMUM_VALIDITY = Duration.ofHours(1);

    /** The longest validity that the service grants, and its own default: 24 hours. */
    public static final Duration MAXIMUM_VALIDITY = Duration.ofHours(24);

    private final Set<TokenScope> scopes;
    private final @Nullable Duration validity;
    private final String canonical;

    private TokenRequest(Set<TokenScope> scopes, @Nullable Duration validity) {
        this.scopes = scopes;
        this.validity = validity;
        String joined = scopes.stream().map(TokenScope::value).collect(Collectors.joining(","));
        this.canonical = validity == null ? joined : joined + " for " + validity.toMinutes() + " min";
    }

    /**
     * Returns a request for a token with the given scopes and no validity of its own.
     *
     * @param scopes the scopes, at least one
     * @return the request
     * @throws IllegalArgumentException if there is no scope
     */
    public static TokenRequest of(TokenScope... scopes) {
        return of(Arrays.asList(scopes));
    }

    /**
     * Returns a request for a token with the given scopes and no validity of its own.
     *
     * @param scopes the scopes, at least one
     * @return the request
     * @throws IllegalArgumentException if there is no scope
     */
    public static TokenRequest of(Collection<TokenScope> scopes) {
        Set<TokenScope> sorted = new TreeSet<>(List.copyOf(scopes));
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("A token request needs at least one scope, such as TokenScope.VOIP");
        }
        return new TokenRequest(Collections.unmodifiableSet(sorted), null);
    }

    /**
     * Returns a copy of this request with the given validity.
     *
     * @param validity how long the token shall live: whole minutes from 60 to 1440
     * @return the copy
     * @throws IllegalArgumentException if {@code validity} is out of range or not a whole number of minutes
     */
    public TokenRequest withValidity(Duration validity) {
        if (validity.compareTo(MINIMUM_VALIDITY) < 0
                || validity.compareTo(MAXIMUM_VALIDITY) > 0
                || !validity.equals(Duration.ofMinutes(validity.toMinutes()))) {
            throw new IllegalArgumentException(
                    "validity must be whole minutes from 60 (1 h) to 1440 (24 h), but was " + validity);
        }
        return new TokenRequest(scopes, validity);
    }

    /**
     * Returns the scopes asked for.
     *
     * @return the scopes, at least one, iterated in their order; unmodifiable
     */
    public Set<TokenScope> scopes() {
        return scopes;
    }

    /**
     * Returns how long the token shall live.
     *
     * @return the validity, or nothing if it is left to the refresh policy in charge and else to the service (24 hours)
     */
    public Optional<Duration> validity() {
        return Optional.ofNullable(validity);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof TokenRequest that && canonical.equals(that.canonical));
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    /** Returns scopes and validity, such as {@code chat,voip for 90 min}. */
    @Override
    public String toString() {
        return canonical;
    }
}
