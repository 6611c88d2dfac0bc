/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Gets and revocations of one user over {@link Flights}, without time, queues and timers: what a model checker can look
 * at in all its interleavings.
 *
 * <p>Issues and revocations are numbered by the service, in one sequence. The steps that can be done wrongly are
 * methods, for mutants to override.
 */
class FenceModel {

    private static final String OWNER = "owner";
    private static final TokenRequest REQUEST = TokenRequest.of(TokenScope.CHAT);
    private static final int MAXIMUM_BOARDINGS = 3;

    private final ConcurrentMap<String, HeldToken> tokens = new ConcurrentHashMap<>();
    private final Flights<String> flights = new Flights<>(tokens);
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger issues = new AtomicInteger();
    private final AtomicInteger revokedAt = new AtomicInteger();
    private volatile String violation = "";

    final ConcurrentMap<String, HeldToken> tokens() {
        return tokens;
    }

    final Flights<String> flights() {
        return flights;
    }

    /** Fails if something went wrong so far. */
    final void check() {
        if (!violation.isEmpty()) {
            throw new AssertionError(violation);
        }
    }

    final void checkCalls(int maximum) {
        if (issues.get() > maximum) {
            throw new AssertionError(issues + " calls were made");
        }
    }

    /** Gets a token as a caller does, and checks that no revocation that had returned before has ended it. */
    final void get() {
        int revocationKnown = revokedAt.get();
        HeldToken held = tokens.get(OWNER);
        for (int i = 0; held == null && i < MAXIMUM_BOARDINGS; i++) {
            held = board();
        }
        if (held != null && issueOf(held) < revocationKnown) {
            violation = "A get that started after revocation " + revocationKnown + " got the token of issue "
                    + issueOf(held);
        }
    }

    /** Revokes as the cache does: the service's part lies between the two halves of the fence. */
    final void revoke() {
        beginRevocation(OWNER);
        int event = events.incrementAndGet();
        endRevocation(OWNER);
        revokedAt.accumulateAndGet(event, Math::max);
    }

    boolean keep(Flight<String> flight, HeldToken fresh) {
        return flights.keep(flight, first -> fresh);
    }

    void beginRevocation(String owner) {
        flights.beginRevocation(owner);
    }

    void endRevocation(String owner) {
        flights.endRevocation(owner);
    }

    Flight.Landing carryOut(Flight<String> flight) {
        HeldToken fresh = call();
        Flight.Landing landing = keep(flight, fresh) ? new Flight.Landing.Issued(fresh) : new Flight.Landing.Fenced();
        flights.land(flight, landing);
        return landing;
    }

    final HeldToken call() {
        if (inFlight.incrementAndGet() > 1) {
            violation = "Two calls for one token were in flight";
        }
        issues.incrementAndGet();
        String issue = Integer.toString(events.incrementAndGet());
        inFlight.decrementAndGet();
        AccessToken token = new AccessToken(issue, Instant.EPOCH);
        return new HeldToken(token, REQUEST, 0, 0, 0, 0);
    }

    private @Nullable HeldToken board() {
        Flights.Boarding<String> boarding = flights.board(OWNER, REQUEST, held -> true, false);
        if (boarding instanceof Flights.Boarding.Held<String> other) {
            return other.held();
        }
        if (boarding instanceof Flights.Boarding.Begun<String> begun) {
            return tokenOf(carryOut(begun.flight()));
        }
        if (boarding instanceof Flights.Boarding.Joined<String> joined) {
            return tokenOf(joined.flight().landing().join());
        }
        ((Flights.Boarding.Wait<String>) boarding).end().join();
        return null;
    }

    private static @Nullable HeldToken tokenOf(Flight.Landing landing) {
        return landing instanceof Flight.Landing.Issued issued ? issued.held() : null;
    }

    private static int issueOf(HeldToken held) {
        return Integer.parseInt(held.token().value());
    }
}
