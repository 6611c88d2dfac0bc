/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpClient;
import com.azure.core.util.Context;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.InvalidRequestException;
import io.github.acsidentity.Samples;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.UserId;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** What a network does: and however it ends, no user is created twice. */
@Timeout(60)
class FaultTest {

    @RegisterExtension
    static final Wire wire = new Wire();

    static Stream<Arguments> lossesOfEveryOperation() {
        return Stream.of(IdentityOperation.values())
                .flatMap(operation -> Stream.of(
                                Fault.EMPTY_RESPONSE, Fault.CONNECTION_RESET_BY_PEER, Fault.RANDOM_DATA_THEN_CLOSE)
                        .flatMap(loss -> Stream.of(true, false).map(warm -> Arguments.of(operation, loss, warm))));
    }

    @ParameterizedTest
    @MethodSource("lossesOfEveryOperation")
    void aLostAnswer_isRepeatedUnlessAUserMayHaveBeenCreated(
            IdentityOperation operation, Fault loss, boolean onAConnectionInUse) {
        AcsIdentityManager manager = manager(Transports.fresh(), wire.endpoint());
        if (onAConnectionInUse) {
            wire.answer(Wire.success(operation));
            Samples.call(manager, operation);
            wire.server().resetAll();
        }
        wire.answer(aResponse().withFault(loss));

        IdentityException e = failure(manager, operation);

        assertThat(e).isExactlyInstanceOf(ServiceUnavailableException.class);
        assertThat(e).hasMessageContaining("the answer was lost");
        assertThat(e.outcomeUnknown()).isTrue();
        assertThat(e.httpStatus()).isEmpty();
        assertThat(e.requestId()).contains(wire.requests().get(0).getHeader("x-ms-client-request-id"));
        assertThat(wire.requests()).hasSize(creates(operation) ? 1 : 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_USER", "CREATE_USER_WITH_TOKEN", "GET_TOKEN", "GET_TOKEN_FOR_TEAMS_USER"})
    void aTruncatedAnswer_isLost(IdentityOperation operation) {
        wire.answer(Wire.success(operation).withHeader("Content-Length", "2000"));

        IdentityException e = failure(manager(Transports.fresh(), wire.endpoint()), operation);

        assertThat(e).isExactlyInstanceOf(ServiceUnavailableException.class);
        assertThat(e.outcomeUnknown()).isTrue();
        assertThat(wire.requests()).hasSize(creates(operation) ? 1 : 2);
        Texts.assertNoneHolds(e, Wire.TOKEN, Wire.ACCESS_KEY);
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenChunk_neverCreatesASecondUser(IdentityOperation operation) {
        wire.answer(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));

        IdentityException e = failure(manager(Transports.fresh(), wire.endpoint()), operation);

        assertThat(e).isExactlyInstanceOf(ServiceUnavailableException.class);
        assertThat(e.outcomeUnknown()).isTrue();
        if (creates(operation)) {
            assertThat(wire.requests()).hasSize(1);
        }
    }

    /** The transport reads the body before it hands over the status. */
    @ParameterizedTest
    @EnumSource
    void aTruncatedError_isLost(IdentityOperation operation) {
        wire.answer(Wire.error(429, "SomeCode").withHeader("Content-Length", "2000"));

        IdentityException e = failure(manager(Transports.fresh(), wire.endpoint()), operation);

        assertThat(e).isExactlyInstanceOf(ServiceUnavailableException.class);
        assertThat(e.outcomeUnknown()).isTrue();
        assertThat(wire.requests()).hasSize(creates(operation) ? 1 : 2);
    }

    @ParameterizedTest
    @EnumSource
    void aTruncatedError_ofATransportThatStreams_keepsItsStatus(IdentityOperation operation) {
        StubTransport transport =
                new StubTransport(request -> Mono.just(StubTransport.truncatedResponse(request, 400)));

        IdentityException e = failure(manager(transport, wire.endpoint()), operation);

        assertThat(e).isExactlyInstanceOf(InvalidRequestException.class);
        assertThat(e.httpStatus()).hasValue(400);
        assertThat(transport.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_USER_WITH_TOKEN", "GET_TOKEN"})
    void aSlowAnswer_isReadToItsEnd(IdentityOperation operation) {
        wire.answer(Wire.success(operation).withChunkedDribbleDelay(4, 40));

        assertThat(Samples.call(manager(Transports.fresh(), wire.endpoint()), operation))
                .isNotNull();
        assertThat(wire.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_USER_WITH_TOKEN", "GET_TOKEN"})
    void anAnswerThatIsTooSlow_isGivenUpAtTheDeadline(IdentityOperation operation) throws Exception {
        wire.answer(Wire.success(operation).withChunkedDribbleDelay(4, 2_000).withTransformers(Wire.Gate.NAME));
        CompletableFuture<?> call =
                Samples.start(manager(Transports.fresh(), wire.endpoint()).async(), operation);
        wire.gate().awaitArrival();

        wire.scheduler().passDeadlines();

        assertGivenUp(call);
    }

    @ParameterizedTest
    @EnumSource
    void noAnswer_isGivenUpAtTheDeadline(IdentityOperation operation) throws Exception {
        wire.gate().close();
        wire.answer(Wire.success(operation).withTransformers(Wire.Gate.NAME));
        CompletableFuture<?> call =
                Samples.start(manager(Transports.fresh(), wire.endpoint()).async(), operation);
        wire.gate().awaitArrival();
        assertThat(call).isNotDone();

        wire.scheduler().passDeadlines();

        assertGivenUp(call);
        wire.gate().open();
    }

    @ParameterizedTest
    @EnumSource
    void noAnswer_toABlockingCall_isGivenUpAtTheDeadline(IdentityOperation operation) throws Exception {
        wire.gate().close();
        wire.answer(Wire.success(operation).withTransformers(Wire.Gate.NAME));
        AcsIdentityManager manager = manager(Transports.fresh(), wire.endpoint());
        CompletableFuture<?> call = CompletableFuture.supplyAsync(() -> failure(manager, operation));
        wire.gate().awaitArrival();

        wire.scheduler().passDeadlines();

        assertThat(call)
                .succeedsWithin(10, TimeUnit.SECONDS)
                .isInstanceOfSatisfying(
                        ServiceUnavailableException.class,
                        e -> assertThat(e.outcomeUnknown()).isTrue());
        wire.gate().open();
    }

    @Test
    void aDeadline_ofRealTime_isKept() {
        wire.gate().close();
        wire.answer(Wire.success(IdentityOperation.CREATE_USER).withTransformers(Wire.Gate.NAME));
        try (AcsIdentityManager manager = wire.builder()
                .endpoint(wire.endpoint())
                .accessKey(Wire.ACCESS_KEY)
                .httpClient(Transports.fresh())
                .operationTimeout(Duration.ofMillis(50))
                .build()) {
            IdentityException e = failure(manager, IdentityOperation.CREATE_USER);

            assertThat(e).hasMessage("Creating a user failed: it did not end within 50 ms");
        }
        wire.gate().open();
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedConnection_isTriedAgainAndLeavesNoDoubt(IdentityOperation operation) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        IdentityException e = failure(manager(Transports.fresh(), "https://127.0.0.1:" + port), operation);

        assertNeverSent(e);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_USER", "GET_TOKEN"})
    void anUnknownHost_isTriedAgainAndLeavesNoDoubt(IdentityOperation operation) {
        assertNeverSent(failure(manager(Transports.fresh(), "https://acs-identity.invalid"), operation));
    }

    @ParameterizedTest
    @EnumSource
    void anUntrustedCertificate_failsAtOnceAndLeavesNoDoubt(IdentityOperation operation) {
        HttpClient transport = Transports.thatTrustsPublicAuthoritiesOnly();

        IdentityException e = failure(manager(transport, wire.endpoint()), operation);

        assertThat(e).isExactlyInstanceOf(ServiceUnavailableException.class);
        assertThat(e).hasMessageContaining("could not be reached: its certificate is not trusted");
        assertThat(e.outcomeUnknown()).isFalse();
        assertThat(wire.scheduler().waits()).isEmpty();
        assertThat(wire.requests()).isEmpty();
    }

    static Stream<Exception> beforeTheRequestIsSent() {
        return Stream.of(
                new ConnectException("refused"),
                new NoRouteToHostException("no route"),
                new UnknownHostException("contoso.communication.azure.com"),
                new UnresolvedAddressException(),
                new HttpConnectTimeoutException("connect timed out"),
                new SSLHandshakeException("no common cipher"),
                new UncheckedIOException(new ConnectException("refused")),
                new IllegalStateException(new IOException(new UnknownHostException("contoso"))));
    }

    @ParameterizedTest
    @MethodSource("beforeTheRequestIsSent")
    void afterAnAttemptThatWasNotSent_aUserIsCreatedOnce(Exception thrown) {
        wire.answer(Wire.success(IdentityOperation.CREATE_USER));
        HttpClient real = Transports.fresh();
        AtomicInteger attempts = new AtomicInteger();
        HttpClient transport =
                request -> attempts.incrementAndGet() < 2 ? Mono.error(thrown) : real.send(request, Context.NONE);

        UserId user = manager(transport, wire.endpoint()).createUser();

        assertThat(user).isEqualTo(Samples.USER);
        assertThat(attempts).hasValue(2);
        assertThat(wire.requests()).hasSize(1);
    }

    static Stream<Throwable> perhapsAfterTheRequestWasSent() {
        return Stream.of(
                new IOException("EOF reached while reading"),
                new EOFException(),
                new SocketException("Connection reset"),
                new ClosedChannelException(),
                new HttpTimeoutException("request timed out"),
                new SocketTimeoutException("Read timed out"),
                new SSLException("closing inbound before receiving peer's close_notify"),
                new TimeoutException("no answer"),
                new IllegalStateException("what is this?"),
                new AssertionError("nor this"));
    }

    @ParameterizedTest
    @MethodSource("perhapsAfterTheRequestWasSent")
    void afterAnyOtherFailure_nobodyIsCreatedAgain(Throwable thrown) {
        StubTransport transport = new StubTransport(request -> Mono.error(thrown));

        for (IdentityOperation operation :
                new IdentityOperation[] {IdentityOperation.CREATE_USER, IdentityOperation.CREATE_USER_WITH_TOKEN}) {
            transport.requests().clear();
            IdentityException e = failure(manager(transport, wire.endpoint()), operation);

            assertThat(e).isExactlyInstanceOf(ServiceUnavailableException.class);
            assertThat(e.outcomeUnknown()).isTrue();
            assertThat(transport.requests()).hasSize(1);
        }
    }

    @Test
    void aTransportThatThrows_insteadOfReturning_isAFailureLikeAnyOther() {
        StubTransport transport = new StubTransport(request -> {
            throw new IllegalStateException("thrown with " + Wire.JSON_WEB_TOKEN);
        });

        IdentityException e = failure(manager(transport, wire.endpoint()), IdentityOperation.CREATE_USER);

        assertThat(e).isExactlyInstanceOf(ServiceUnavailableException.class);
        assertThat(e.outcomeUnknown()).isTrue();
        Texts.assertNoneHolds(e, Wire.JSON_WEB_TOKEN);
    }

    @Test
    void aTransportThatReturnsNothing_isAFailureLikeAnyOther() {
        StubTransport transport = new StubTransport(request -> Mono.empty());

        IdentityException e = failure(manager(transport, wire.endpoint()), IdentityOperation.CREATE_USER);

        assertThat(e).isExactlyInstanceOf(ServiceUnavailableException.class);
        assertThat(e.outcomeUnknown()).isTrue();
        assertThat(transport.requests()).hasSize(1);
    }

    private static void assertGivenUp(CompletableFuture<?> call) {
        assertThat(call.<Throwable>handle((result, thrown) -> thrown))
                .succeedsWithin(10, TimeUnit.SECONDS)
                .isInstanceOfSatisfying(ServiceUnavailableException.class, e -> {
                    assertThat(e).hasMessageContaining("it did not end within 30000 ms");
                    assertThat(e.outcomeUnknown()).isTrue();
                    assertThat(e.httpStatus()).isEmpty();
                    assertThat(e.requestId()).isPresent();
                });
    }

    private static void assertNeverSent(IdentityException e) {
        assertThat(e).isExactlyInstanceOf(ServiceUnavailableException.class);
        assertThat(e).hasMessageContaining("could not be reached");
        assertThat(e.outcomeUnknown()).isFalse();
        assertThat(e.getCause()).isNotNull();
        assertThat(wire.scheduler().waits()).hasSize(1);
        Texts.assertNoneHolds(e, Wire.ACCESS_KEY);
    }

    private static boolean creates(IdentityOperation operation) {
        return operation == IdentityOperation.CREATE_USER || operation == IdentityOperation.CREATE_USER_WITH_TOKEN;
    }

    private static AcsIdentityManager manager(HttpClient transport, String endpoint) {
        return wire.managerOf(
                endpoint,
                builder ->
                        builder.accessKey(Wire.ACCESS_KEY).httpClient(transport).maximumRetries(1));
    }

    private static IdentityException failure(AcsIdentityManager manager, IdentityOperation operation) {
        return catchThrowableOfType(IdentityException.class, () -> Samples.call(manager, operation));
    }
}
