/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.acsidentity.testing.internal.wire.WireProtocol.Handled;
import io.github.acsidentity.testing.internal.wire.WireRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The listening sockets of one emulator, and the threads that serve them. */
final class Doors implements AutoCloseable {

    private static final String NO_DELAY = "sun.net.httpserver.nodelay";
    /** Each request occupies one from its first byte to its last; beyond this many, connections are closed. */
    private static final int MAXIMUM_THREADS = 1024;

    private static final int IDLE_SECONDS = 10;
    private static final int GRACE_SECONDS = 1;

    static {
        // Read when the server's classes are loaded. Without it, each request on a kept connection takes 45 ms.
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private final Function<WireRequest, Handled> protocol;
    private final Listening listening;
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor timer;
    private final Waits waits;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    /**
     * Creates what has no doors yet.
     *
     * @param listening where they are
     * @param scheduler what waits out the latency of answers; {@code null} for a timer of its own
     */
    Doors(Function<WireRequest, Handled> protocol, Listening listening, @Nullable ScheduledExecutorService scheduler) {
        this.protocol = protocol;
        this.listening = listening;
        ThreadFactory daemons = daemons();
        this.workers = new ThreadPoolExecutor(
                0, MAXIMUM_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons);
        this.timer = new ScheduledThreadPoolExecutor(1, daemons);
        timer.setRemoveOnCancelPolicy(true);
        this.waits = new Waits(scheduler != null ? scheduler : timer);
    }

    /**
     * Opens an HTTPS door and returns its endpoint.
     *
     * @throws UncheckedIOException if the port cannot be opened
     */
    URI openHttps(int port, SSLContext context) {
        return open("https", port, socket -> {
            HttpsServer server = HttpsServer.create(socket, 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return server;
        });
    }

    /**
     * Opens an HTTP door and returns its endpoint.
     *
     * @throws UncheckedIOException if the port cannot be opened
     */
    URI openHttp(int port) {
        return open("http", port, socket -> HttpServer.create(socket, 0));
    }

    @Override
    public void close() {
        waits.close();
        servers.forEach(server -> server.stop(0));
        servers.clear();
        timer.shutdownNow();
        workers.shutdownNow();
        try {
            workers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private URI open(String scheme, int wantedPort, ServerFactory factory) {
        HttpServer server;
        try {
            server = factory.create(new InetSocketAddress(listening.address(), wantedPort));
        } catch (IOException e) {
            String where = listening.address().getHostAddress() + ":" + wantedPort;
            throw new UncheckedIOException("cannot listen on " + where + ": " + e.getMessage(), e);
        }
        servers.add(server);
        int port = server.getAddress().getPort();
        server.setExecutor(workers);
        server.createContext("/", new ExchangeHandler(protocol, scheme, port, waits));
        // Started by a daemon, the server's own thread is one too: a forgotten emulator keeps no JVM from ending.
        CompletableFuture.runAsync(server::start, workers).join();
        return URI.create(scheme + "://" + listening.host() + ":" + port);
    }

    private static ThreadFactory daemons() {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "acs-emulator-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private interface ServerFactory {

        HttpServer create(InetSocketAddress socket) throws IOException;
    }
}
