/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import com.sun.net.httpserver.HttpExchange;
import io.github.acsidentity.testing.internal.model.Delays;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The requests that get no answer: each keeps its connection until it is released. Safe for use by concurrent threads.
 */
final class HungExchanges {

    /** Longer than clients wait, but not for ever: the server does not notice that a client has left. */
    static final Duration LIMIT = Duration.ofMinutes(5);

    private final Delays delays;
    private final Set<Runnable> releases = ConcurrentHashMap.newKeySet();

    HungExchanges(Delays delays) {
        this.delays = delays;
    }

    /**
     * Keeps a connection open.
     *
     * @param release closes it when it completes; completed here when the limit is over
     * @param end what is run before it closes
     */
    void keep(HttpExchange exchange, CompletableFuture<@Nullable Void> release, Runnable end) {
        Runnable closing = () -> release.complete(null);
        releases.add(closing);
        CompletableFuture<?> unused = release.thenRun(() -> {
            releases.remove(closing);
            end.run();
            exchange.close();
        });
        delays.after(LIMIT, closing);
    }

    /** Closes all the connections. */
    void close() {
        List.copyOf(releases).forEach(Runnable::run);
    }
}
