/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.verification.chaos;

import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is known of one user; its own lock guards all fields. */
final class Watched {

    private static final int LENGTH = 120;

    final UserId id;
    final List<Call> inFlight = new ArrayList<>();

    /** By request, the token that a get has returned and that was asked for last. */
    final Map<TokenRequest, Get.HandedOut> handedOut = new HashMap<>();

    final List<Get> open = new ArrayList<>();

    int fencesUnderWay;
    long lastFenceBegun = -1;
    long lastFenceEnded = -1;

    /** Tokens asked for before this are not to be handed out to gets that begin now. */
    long fencedUntil = -1;

    private final Deque<String> history = new ArrayDeque<>();

    Watched(UserId id) {
        this.id = id;
    }

    synchronized void note(String event) {
        if (history.size() == LENGTH) {
            history.removeFirst();
        }
        history.addLast(event);
    }

    synchronized String history() {
        return String.join("\n  ", history);
    }

    /** Returns whether anything may have taken away a token since it was asked for. */
    synchronized boolean mayBeFenced(Call token) {
        return fencesUnderWay > 0 || lastFenceBegun > token.number() || lastFenceEnded > token.number();
    }
}
