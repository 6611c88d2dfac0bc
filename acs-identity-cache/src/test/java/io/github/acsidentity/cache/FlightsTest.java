/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import java.time.Instant;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FlightsTest {

    private static final TokenRequest CHAT = TokenRequest.of(TokenScope.CHAT);
    private static final HeldToken TOKEN = new HeldToken(new AccessToken("token", Instant.EPOCH), CHAT, 0, 0, 0, 0);

    private final ConcurrentMap<String, HeldToken> tokens =
            Caffeine.newBuilder().maximumSize(100).<String, HeldToken>build().asMap();
    private final Flights<String> flights = new Flights<>(tokens);

    @Test
    void fenceAll_whileAFlightKeepsTheFirstTokenOfItsOwner_takesItAway() throws InterruptedException {
        Flight<String> flight = begin();
        Thread fencing = new Thread(flights::fenceAll);

        flights.keep(flight, first -> startedAndEndedOrBlocked(fencing));
        fencing.join();

        assertThat(tokens).isEmpty();
    }

    @Test
    void close_whileAFlightKeepsTheFirstTokenOfItsOwner_takesItAway() throws InterruptedException {
        Flight<String> flight = begin();
        Thread closing = new Thread(flights::close);

        flights.keep(flight, first -> startedAndEndedOrBlocked(closing));
        closing.join();

        assertThat(tokens).isEmpty();
    }

    @Test
    void keepWithoutFlight_fencedSinceItWasAskedFor_keepsNothing() {
        int epoch = flights.epoch();
        flights.fenceAll();

        flights.keepWithoutFlight("owner", epoch, first -> TOKEN);

        assertThat(tokens).isEmpty();
    }

    @Test
    void keepWithoutFlight_closed_keepsNothing() {
        flights.close();

        flights.keepWithoutFlight("owner", flights.epoch(), first -> TOKEN);

        assertThat(tokens).isEmpty();
    }

    private Flight<String> begin() {
        return ((Flights.Boarding.Begun<String>) flights.board("owner", CHAT, held -> true, false)).flight();
    }

    /** Lets a thread run as far as it gets while the update goes on. */
    private static HeldToken startedAndEndedOrBlocked(Thread thread) {
        thread.start();
        while (thread.isAlive() && thread.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }
        return TOKEN;
    }
}
