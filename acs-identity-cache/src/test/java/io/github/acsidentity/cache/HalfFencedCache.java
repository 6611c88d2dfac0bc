/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A cache with single flight and a fence that is almost right. The stress test must find it wrong. */
final class HalfFencedCache implements IdentityManager {

    /** What is wrong. */
    enum Mistake {
        /** A token whose issue began before the service revoked, but after the fence, is kept. */
        FENCES_BEFORE_THE_CALL_ONLY,
        /** A revocation may come between the look for its mark and the update. */
        LOOKS_FOR_THE_MARK_OUTSIDE_THE_UPDATE
    }

    private final IdentityManager delegate;
    private final TimeSource time;
    private final Mistake mistake;
    private final ConcurrentMap<UserId, HeldToken> tokens = new ConcurrentHashMap<>();
    private final Flights<UserId> flights = new Flights<>(tokens);

    HalfFencedCache(IdentityManager delegate, TimeSource time, Mistake mistake) {
        this.delegate = delegate;
        this.time = time;
        this.mistake = mistake;
    }

    @Override
    public AccessToken getToken(UserId user, TokenRequest request) {
        HeldToken held = tokens.get(user);
        while (held == null || !isEnough(held)) {
            held = board(user, request);
        }
        return held.token();
    }

    @Override
    public void revokeTokens(UserId user) {
        revoke(user, delegate::revokeTokens);
    }

    @Override
    public void deleteUser(UserId user) {
        revoke(user, delegate::deleteUser);
    }

    void invalidate(UserId user) {
        flights.beginRevocation(user);
        flights.endRevocation(user);
    }

    void invalidateAll() {
        flights.fenceAll();
    }

    private void revoke(UserId user, Consumer<UserId> operation) {
        flights.beginRevocation(user);
        if (mistake == Mistake.FENCES_BEFORE_THE_CALL_ONLY) {
            flights.endRevocation(user);
            operation.accept(user);
        } else {
            operation.accept(user);
            flights.endRevocation(user);
        }
    }

    private @Nullable HeldToken board(UserId user, TokenRequest request) {
        Flights.Boarding<UserId> boarding = flights.board(user, request, this::isEnough, false);
        if (boarding instanceof Flights.Boarding.Held<UserId> held) {
            return held.held();
        }
        if (boarding instanceof Flights.Boarding.Begun<UserId> begun) {
            return tokenOf(carryOut(begun.flight()));
        }
        if (boarding instanceof Flights.Boarding.Joined<UserId> joined) {
            return tokenOf(joined.flight().landing().join());
        }
        ((Flights.Boarding.Wait<UserId>) boarding).end().join();
        return null;
    }

    private Flight.Landing carryOut(Flight<UserId> flight) {
        AccessToken token = delegate.getToken(flight.owner(), flight.request());
        long expiresAt = token.expiresAt().toEpochMilli();
        HeldToken fresh = new HeldToken(token, flight.request(), expiresAt, expiresAt, 0, Integer.MAX_VALUE);
        Flight.Landing landing = keep(flight, fresh) ? new Flight.Landing.Issued(fresh) : new Flight.Landing.Fenced();
        flights.land(flight, landing);
        return landing;
    }

    private boolean keep(Flight<UserId> flight, HeldToken fresh) {
        if (mistake != Mistake.LOOKS_FOR_THE_MARK_OUTSIDE_THE_UPDATE) {
            return flights.keep(flight, first -> fresh);
        }
        if (flight.isFenced()) {
            return false;
        }
        // a busy machine pauses here by itself, now and then
        LockSupport.parkNanos(10_000);
        tokens.put(flight.owner(), fresh);
        return true;
    }

    private boolean isEnough(HeldToken held) {
        return time.millis() < held.expiresAt();
    }

    private static @Nullable HeldToken tokenOf(Flight.Landing landing) {
        return landing instanceof Flight.Landing.Issued issued ? issued.held() : null;
    }

    @Override
    public UserId createUser() {
        return delegate.createUser();
    }

    @Override
    public UserWithToken createUserWithToken(TokenRequest request) {
        return delegate.createUserWithToken(request);
    }

    @Override
    public AccessToken getTokenForTeamsUser(TeamsTokenRequest request) {
        return delegate.getTokenForTeamsUser(request);
    }

    @Override
    public void close() {
        delegate.close();
    }
}
