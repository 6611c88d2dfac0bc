/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.azure;

import static java.util.Objects.requireNonNull;

import com.azure.communication.identity.CommunicationIdentityClientBuilder;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.azure.core.util.FluxUtil;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.internal.model.Delays;
import io.github.acsidentity.testing.internal.model.Delivery;
import io.github.acsidentity.testing.internal.model.ModelAccess;
import io.github.acsidentity.testing.internal.wire.WireOutcome;
import io.github.acsidentity.testing.internal.wire.WireProtocol;
import io.github.acsidentity.testing.internal.wire.WireRequest;
import io.github.acsidentity.testing.internal.wire.WireSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * A transport of the Azure SDK that ends in a {@link FakeIdentityService} instead of a socket.
 *
 * <p>Everything above it is the real thing: the client, its serialisation, its signatures, its retries. The requests go
 * to the resource whose host is in their URL:
 *
 * <pre>{@code
 * CommunicationIdentityClient client = new CommunicationIdentityClientBuilder()
 *         .connectionString(service.resource().connectionString())
 *         .httpClient(InProcessHttpClient.on(service))
 *         .buildClient();
 * }</pre>
 *
 * <p>A request is handled on the thread that subscribes; a late answer comes on another one. A connection that a fault
 * breaks is an {@link IOException}, and a call that hangs can be cancelled. Safe for use by concurrent threads; there
 * is nothing to close.
 */
public final class InProcessHttpClient implements HttpClient {

    private static final int NO_PORT = -1;

    private final WireProtocol protocol;
    private final Delays delays;

    private InProcessHttpClient(Builder builder) {
        this.protocol = new WireProtocol(builder.service, builder.settings);
        this.delays = ModelAccess.modelOf(builder.service).delays();
    }

    /**
     * Returns a transport to a service, with the defaults of the builder.
     *
     * @param service the service
     * @return the transport
     */
    public static InProcessHttpClient on(FakeIdentityService service) {
        return builder(service).build();
    }

    /**
     * Returns a builder of SDK clients that call a service, with this transport and the primary key of its first
     * resource.
     *
     * @param service the service
     * @return a new builder, ready to build
     */
    public static CommunicationIdentityClientBuilder clientBuilder(FakeIdentityService service) {
        return new CommunicationIdentityClientBuilder()
                .connectionString(service.resource().connectionString())
                .httpClient(on(service));
    }

    /**
     * Returns a builder of transports to a service.
     *
     * @param service the service
     * @return the builder
     */
    public static Builder builder(FakeIdentityService service) {
        return new Builder(service);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.defer(() -> body(request)).flatMap(body -> exchange(request, body));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        CompletableFuture<@Nullable HttpResponse> answer =
                send(request, context).toFuture();
        try {
            return requireNonNull(answer.get(), "answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.cancel(true);
            throw new IllegalStateException("Interrupted while waiting for the answer", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException broken) {
                throw new UncheckedIOException(broken);
            }
            throw new IllegalStateException("The request could not be handled", e.getCause());
        }
    }

    private static Mono<byte[]> body(HttpRequest request) {
        Flux<ByteBuffer> body = request.getBody();
        return body == null ? Mono.just(new byte[0]) : FluxUtil.collectBytesInByteBufferStream(body);
    }

    private Mono<HttpResponse> exchange(HttpRequest request, byte[] body) {
        return Mono.create(sink -> {
            WireProtocol.Handled handled = protocol.handle(wireRequest(request, body));
            sink.onCancel(() -> handled.end().accept(Delivery.GIVEN_UP));
            delays.after(handled.delay(), () -> emit(request, handled, sink));
        });
    }

    /** Hands an outcome on: an answer when its body is complete, because the SDK has its transports wait for that. */
    private void emit(HttpRequest request, WireProtocol.Handled handled, MonoSink<HttpResponse> sink) {
        WireOutcome outcome = handled.outcome();
        if (outcome instanceof WireOutcome.Answer answer) {
            handled.end().accept(Delivery.SENT);
            sink.success(new InProcessHttpResponse(request, answer.response()));
        } else if (outcome instanceof WireOutcome.Slow slow) {
            delays.after(slow.time(), () -> {
                handled.end().accept(Delivery.SENT);
                sink.success(new InProcessHttpResponse(request, slow.response()));
            });
        } else if (outcome instanceof WireOutcome.Truncated) {
            handled.end().accept(Delivery.SENT);
            sink.error(new IOException("The connection was closed in the middle of the answer"));
        } else if (outcome instanceof WireOutcome.Drop) {
            handled.end().accept(Delivery.SENT);
            sink.error(new IOException("The connection was closed before the answer"));
        }
    }

    private static WireRequest wireRequest(HttpRequest request, byte[] body) {
        URL url = request.getUrl();
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (HttpHeader header : request.getHeaders()) {
            header.getValuesList().forEach(value -> headers.add(Map.entry(header.getName(), value)));
        }
        if (headers.stream().noneMatch(header -> header.getKey().equalsIgnoreCase("host"))) {
            headers.add(Map.entry("Host", url.getAuthority()));
        }
        String file = url.getFile();
        return new WireRequest(
                request.getHttpMethod().toString(),
                file.startsWith("/") ? file : "/" + file,
                headers,
                body,
                url.getProtocol(),
                NO_PORT);
    }

    /** Builds {@link InProcessHttpClient} instances. A builder is not safe for use by concurrent threads. */
    public static final class Builder {

        private final FakeIdentityService service;
        private WireSettings settings = WireSettings.DEFAULTS;

        private Builder(FakeIdentityService service) {
            this.service = requireNonNull(service, "service");
        }

        /**
         * Sets how far the date of a signed request may be from the transport time. The default is 15 minutes.
         *
         * @param maximumDateSkew the difference allowed in either direction, not negative
         * @return this builder
         * @throws IllegalArgumentException if the difference is negative
         */
        public Builder maximumDateSkew(Duration maximumDateSkew) {
            if (maximumDateSkew.isNegative()) {
                throw new IllegalArgumentException("maximumDateSkew must not be negative, but was " + maximumDateSkew);
            }
            settings = settings.withDateSkew(maximumDateSkew);
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
            settings = settings.withHmacVerified(verifySignatures);
            return this;
        }

        /**
         * Sets whether bearer tokens of Entra ID are checked. By default any is accepted.
         *
         * @param audience whether a token must be a JWT for the audience of the service
         * @param expiry whether a token must be a JWT that has not expired by the transport time
         * @return this builder
         */
        public Builder checkBearerTokens(boolean audience, boolean expiry) {
            settings = settings.withBearerChecks(audience, expiry);
            return this;
        }

        /**
         * Sets the time by which dates and bearer tokens of requests are judged. The default is the system's, which the
         * SDK uses as well; it has nothing to do with the clock of the service.
         *
         * @param transportTime the time source
         * @return this builder
         */
        public Builder transportTime(TimeSource transportTime) {
            settings = settings.withTransportTime(requireNonNull(transportTime, "transportTime"));
            return this;
        }

        /**
         * Builds the transport.
         *
         * @return the transport
         */
        public InProcessHttpClient build() {
            return new InProcessHttpClient(this);
        }
    }
}
