/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.emulator;

import static java.util.Objects.requireNonNull;

import io.github.acsidentity.TimeSource;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.FakeResource;
import io.github.acsidentity.testing.internal.model.ModelAccess;
import io.github.acsidentity.testing.internal.wire.WireProtocol;
import io.github.acsidentity.testing.internal.wire.WireSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FakeIdentityService} that listens: unmodified SDKs of any language talk to it over HTTPS, and over HTTP if
 * they accept that.
 *
 * <p>It listens on the loopback address 127.0.0.1 only, and answers to that address, to {@code localhost} and to the
 * {@linkplain FakeResource#host() hosts} of the resources; a request under any other name is refused, strikes no fault
 * and is not recorded, because a web page can give this machine a name of its own. HTTPS uses a certificate that each
 * emulator makes for itself when it starts; clients trust it through {@link #sslContext()}, {@link #trustStore(Path,
 * String)} or {@link #caPem()}.
 *
 * <p>Both doors have a web page at {@code /}, which shows users, live tokens and calls and moves the clock, and
 * endpoints below {@code /__emulator/} that do the same for tests in other languages: {@code health}, {@code time},
 * {@code faults}, {@code calls}, {@code state}, {@code reset} and {@code ca.pem}. The guide documents their JSON. They
 * show no secrets, are not recorded as calls, and refuse requests from web pages of other origins.
 *
 * <p>The HTTP server of the JDK, on which it is built, refuses by itself what it cannot take for a path below
 * {@code /}: targets such as {@code *} and {@code //identities}, and those with a malformed percent sign, are answered
 * 400 or 404 with a line of HTML, and not recorded.
 *
 * <pre>{@code
 * try (AcsEmulator emulator = AcsEmulator.start()) {
 *     HttpClient http = new JdkHttpClientBuilder(
 *             java.net.http.HttpClient.newBuilder().sslContext(emulator.sslContext())).build();
 *     CommunicationIdentityClient client = new CommunicationIdentityClientBuilder()
 *             .connectionString(emulator.connectionString())
 *             .httpClient(http)
 *             .buildClient();
 * }
 * }</pre>
 *
 * <p>Instances are safe for use by concurrent threads and independent of each other, but for one thing: when the first
 * one of a JVM starts, the system property {@code sun.net.httpserver.nodelay} is set to {@code true} unless it has a
 * value already. Without it the HTTP server of the JDK takes 45 ms for each request on a kept connection. All threads
 * are daemons.
 */
public final class AcsEmulator implements AutoCloseable {

    private final FakeIdentityService service;
    private final SelfSignedCertificate certificate;
    private final Doors doors;
    private final URI https;
    private final @Nullable URI http;

    private AcsEmulator(Builder builder) {
        this.service = builder.service != null ? builder.service : FakeIdentityService.create();
        Listening listening = builder.listening;
        WireSettings settings = builder.settings.withOwnNames(listening.allNames());
        this.certificate = SelfSignedCertificate.create(
                Instant.ofEpochMilli(settings.transportTime().millis()), listening.allNames());
        this.doors = new Doors(
                new AdminDoor(
                        new Admin(service, builder.faults, certificate.pem()),
                        new AdminGuard(listening.allNames(), this::isHostOfResource),
                        new WireProtocol(service, settings, AdminDoor.routes())::handle),
                listening,
                ModelAccess.modelOf(service).delays().scheduler());
        try {
            this.https = doors.openHttps(builder.httpsPort, certificate.serverContext());
            this.http = builder.httpPort == null ? null : doors.openHttp(builder.httpPort);
        } catch (RuntimeException e) {
            doors.close();
            throw e;
        }
    }

    /**
     * Starts an emulator with the defaults of its builder.
     *
     * @return the emulator, listening
     * @throws java.io.UncheckedIOException if it cannot listen
     */
    public static AcsEmulator start() {
        return builder().start();
    }

    /**
     * Returns a builder of emulators.
     *
     * @return a builder for an emulator of a new service, with an HTTPS door on a free port
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the service that the emulator opens to the outside: its users, tokens, clock, faults and recorded calls.
     *
     * @return the service, always the same
     */
    public FakeIdentityService service() {
        return service;
    }

    /**
     * Returns where the emulator listens for HTTPS.
     *
     * @return the endpoint, without a path
     */
    public URI endpoint() {
        return https;
    }

    /**
     * Returns where the emulator listens for HTTP.
     *
     * @return the endpoint, without a path
     * @throws IllegalStateException if the emulator was started without an HTTP door
     */
    public URI httpEndpoint() {
        if (http == null) {
            throw new IllegalStateException("This emulator has no HTTP door: start it with httpPort(…)");
        }
        return http;
    }

    /**
     * Returns the connection string of the service's first resource, for HTTPS.
     *
     * @return the connection string; it holds an access key
     */
    public String connectionString() {
        return connectionString(service.resource());
    }

    /**
     * Returns the connection string of a resource, for HTTPS.
     *
     * @param resource a resource of {@link #service()}
     * @return the connection string; it holds the primary access key of the resource as it is now
     */
    public String connectionString(FakeResource resource) {
        return connectionString(endpoint(), resource);
    }

    /**
     * Returns the connection string of the service's first resource, for HTTP.
     *
     * @return the connection string; it holds an access key
     * @throws IllegalStateException if the emulator was started without an HTTP door
     */
    public String httpConnectionString() {
        return httpConnectionString(service.resource());
    }

    /**
     * Returns the connection string of a resource, for HTTP.
     *
     * @param resource a resource of {@link #service()}
     * @return the connection string; it holds the primary access key of the resource as it is now
     * @throws IllegalStateException if the emulator was started without an HTTP door
     */
    public String httpConnectionString(FakeResource resource) {
        return connectionString(httpEndpoint(), resource);
    }

    /**
     * Returns the certificate to trust, as Node.js takes it from the file that {@code NODE_EXTRA_CA_CERTS} names.
     *
     * @return the certificate in PEM form
     */
    public String caPem() {
        return certificate.pem();
    }

    /**
     * Returns a context for clients that trust this emulator and nobody else.
     *
     * @return a new context
     */
    public SSLContext sslContext() {
        return certificate.clientContext();
    }

    /**
     * Writes a PKCS #12 trust store for clients that trust this emulator and nobody else, such as a JVM that is started
     * with {@code -Djavax.net.ssl.trustStore=…}.
     *
     * @param file where the store goes; a file that exists is replaced
     * @param password the password of the store
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public void trustStore(Path file, String password) {
        certificate.writeTrustStore(file, password);
    }

    /**
     * Stops listening, cuts all connections, and gives back the ports and the threads. Requests that are waiting for an
     * answer get none. Closing again has no effect.
     */
    @Override
    public void close() {
        doors.close();
    }

    private boolean isHostOfResource(String name) {
        return service.resources().stream().anyMatch(resource -> resource.host().equalsIgnoreCase(name));
    }

    private static String connectionString(URI endpoint, FakeResource resource) {
        return "endpoint=" + endpoint + ";accesskey=" + resource.primaryKey();
    }

    /** Builds {@link AcsEmulator} instances. A builder is not safe for use by concurrent threads. */
    public static final class Builder {

        private static final int HIGHEST_PORT = 65_535;

        private @Nullable FakeIdentityService service;
        private int httpsPort;
        private @Nullable Integer httpPort;
        private WireSettings settings = WireSettings.DEFAULTS;
        private Listening listening = Listening.LOOPBACK;
        private List<FaultOrder> faults = List.of();

        private Builder() {}

        /**
         * Sets the service that the emulator opens to the outside. The default is a new one.
         *
         * @param service the service; it may have other doors as well
         * @return this builder
         */
        public Builder service(FakeIdentityService service) {
            this.service = requireNonNull(service, "service");
            return this;
        }

        /**
         * Sets the port of the HTTPS door. The default is 0: any port that is free.
         *
         * @param httpsPort the port, 0 to 65535
         * @return this builder
         * @throws IllegalArgumentException if the port is out of range
         */
        public Builder httpsPort(int httpsPort) {
            this.httpsPort = requirePort("httpsPort", httpsPort);
            return this;
        }

        /**
         * Opens an HTTP door too. By default there is none.
         *
         * @param httpPort the port, 0 to 65535; 0 is any port that is free
         * @return this builder
         * @throws IllegalArgumentException if the port is out of range
         */
        public Builder httpPort(int httpPort) {
            this.httpPort = requirePort("httpPort", httpPort);
            return this;
        }

        /**
         * Sets how far the date of a signed request may be from the time of the system. The default is 15 minutes.
         *
         * @param maximumDateSkew the difference allowed in either direction, not negative
         * @return this builder
         * @throws IllegalArgumentException if the difference is negative
         */
        public Builder maximumDateSkew(Duration maximumDateSkew) {
            if (maximumDateSkew.isNegative()) {
                throw new IllegalArgumentException("maximumDateSkew must not be negative, but was " + maximumDateSkew);
            }
            this.settings = settings.withDateSkew(maximumDateSkew);
            return this;
        }

        /**
         * Sets whether signatures, content hashes and dates of requests with an access key are verified. The default is
         * {@code true}.
         *
         * @param verifySignatures whether they are verified
         * @return this builder
         */
        public Builder verifySignatures(boolean verifySignatures) {
            this.settings = settings.withHmacVerified(verifySignatures);
            return this;
        }

        /**
         * Sets whether bearer tokens of Entra ID are checked. By default any is accepted.
         *
         * @param audience whether a token must be a JWT for the audience of the service
         * @param expiry whether a token must be a JWT that has not expired by the time of the system
         * @return this builder
         */
        public Builder checkBearerTokens(boolean audience, boolean expiry) {
            this.settings = settings.withBearerChecks(audience, expiry);
            return this;
        }

        /**
         * Sets the time that dates of requests and bearer tokens are judged by, and that the certificate starts at. The
         * default is the time of the system, because that is what clients sign with. It is not the time of the
         * service's users and tokens.
         *
         * @param transportTime the time source
         * @return this builder
         */
        public Builder transportTime(TimeSource transportTime) {
            this.settings = settings.withTransportTime(requireNonNull(transportTime, "transportTime"));
            return this;
        }

        /** Sets where the doors are; for the program, which may be told to listen beyond the loopback interface. */
        Builder listening(Listening listening) {
            this.listening = listening;
            return this;
        }

        /** Sets what goes wrong from the beginning, and after a reset. */
        Builder faults(List<FaultOrder> faults) {
            this.faults = List.copyOf(faults);
            return this;
        }

        /**
         * Starts an emulator.
         *
         * @return the emulator, listening
         * @throws java.io.UncheckedIOException if it cannot listen, because a port is taken for instance
         */
        public AcsEmulator start() {
            return new AcsEmulator(this);
        }

        private static int requirePort(String name, int port) {
            if (port < 0 || port > HIGHEST_PORT) {
                throw new IllegalArgumentException(name + " must be from 0 to " + HIGHEST_PORT + ", but was " + port);
            }
            return port;
        }
    }
}
