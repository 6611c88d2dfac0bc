/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.acsidentity.AccessDeniedException;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.Samples;
import io.github.acsidentity.ServiceUnavailableException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

@Timeout(60)
class TokenCredentialTest {

    private static final String BEARER = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJhY3MifQ.YmVhcmVy";
    private static final AccessToken ENTRA_TOKEN =
            new AccessToken(BEARER, OffsetDateTime.parse("2100-01-01T00:00:00Z"));

    @RegisterExtension
    static final Wire wire = new Wire();

    @ParameterizedTest
    @EnumSource
    void everyOperation_carriesTheTokenAndNoSignature(IdentityOperation operation) {
        List<String> scopes = new CopyOnWriteArrayList<>();
        wire.answer(Wire.success(operation));
        AcsIdentityManager manager = manager(request -> {
            scopes.addAll(request.getScopes());
            return Mono.just(ENTRA_TOKEN);
        });

        Samples.call(manager, operation);

        assertThat(wire.requests()).singleElement().satisfies(request -> {
            assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + BEARER);
            assertThat(request.getHeader("x-ms-content-sha256")).isNull();
        });
        assertThat(scopes).containsExactly("https://communication.azure.com//.default");
    }

    static Stream<Throwable> refusals() {
        HttpRequest request = new HttpRequest(HttpMethod.POST, "https://login.microsoftonline.com/token");
        return Stream.of(
                new ClientAuthenticationException("AADSTS7000215: invalid client secret " + BEARER, null),
                new ClientAuthenticationException(
                        "refused " + BEARER, StubTransport.response(request, 401, "{\"token\":\"" + BEARER + "\"}")),
                new HttpResponseException("refused", StubTransport.response(request, 400, "")),
                new HttpResponseException("no response", null),
                new IllegalStateException("not configured"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusal_isAccessDeniedWithoutARequestOrASecondAttempt(Throwable refusal) {
        for (IdentityOperation operation : IdentityOperation.values()) {
            AtomicInteger asked = new AtomicInteger();
            AcsIdentityManager manager = manager(request -> {
                asked.incrementAndGet();
                return Mono.error(refusal);
            });

            IdentityException e = failure(manager, operation);

            assertThat(e).isExactlyInstanceOf(AccessDeniedException.class);
            assertThat(e).hasMessageContaining("the credential was refused or cannot be used");
            assertThat(e.outcomeUnknown()).isFalse();
            assertThat(e.httpStatus()).isEmpty();
            assertThat(asked).hasValue(1);
            Texts.assertNoneHolds(e, BEARER);
        }
        assertThat(wire.requests()).isEmpty();
    }

    static Stream<Throwable> outages() {
        HttpRequest request = new HttpRequest(HttpMethod.POST, "https://login.microsoftonline.com/token");
        return Stream.of(
                new UnknownHostException("login.microsoftonline.com"),
                new IOException("connection reset with " + BEARER),
                new TimeoutException("no answer"),
                new ClientAuthenticationException("could not authenticate", null, new IOException("reset")),
                new HttpResponseException("trouble", StubTransport.response(request, 503, "")),
                new HttpResponseException("trouble", StubTransport.response(request, 429, "")));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void anOutage_isUnavailableAndTriedAgain(Throwable outage) {
        for (IdentityOperation operation : IdentityOperation.values()) {
            AtomicInteger asked = new AtomicInteger();
            AcsIdentityManager manager = manager(request -> {
                asked.incrementAndGet();
                return Mono.error(outage);
            });

            IdentityException e = failure(manager, operation);

            assertThat(e).isExactlyInstanceOf(ServiceUnavailableException.class);
            assertThat(e).hasMessageContaining("the credential could not be obtained");
            assertThat(e.outcomeUnknown()).isFalse();
            assertThat(asked).hasValue(4);
            Texts.assertNoneHolds(e, BEARER);
        }
        assertThat(wire.requests()).isEmpty();
    }

    @Test
    void anOutage_thatEnds_createsOneUser() {
        AtomicInteger asked = new AtomicInteger();
        wire.answer(Wire.success(IdentityOperation.CREATE_USER));
        AcsIdentityManager manager = manager(
                request -> asked.incrementAndGet() < 3 ? Mono.error(new IOException("reset")) : Mono.just(ENTRA_TOKEN));

        assertThat(manager.createUser()).isEqualTo(Samples.USER);
        assertThat(asked).hasValue(3);
        assertThat(wire.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_USER", "CREATE_USER_WITH_TOKEN"})
    void aLostAnswer_afterTheCredential_isNotRepeated(IdentityOperation operation) {
        wire.answer(aResponse().withFault(Fault.EMPTY_RESPONSE));

        IdentityException e = failure(manager(request -> Mono.just(ENTRA_TOKEN)), operation);

        assertThat(e).isExactlyInstanceOf(ServiceUnavailableException.class);
        assertThat(e.outcomeUnknown()).isTrue();
        assertThat(wire.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aCredentialThatHangs_isGivenUpAtTheDeadlineAndLeavesNoDoubt(IdentityOperation operation) throws Exception {
        AcsIdentityManager manager = manager(request -> Mono.never());
        CompletableFuture<?> call = Samples.start(manager.async(), operation);

        wire.scheduler().passDeadlines();

        assertThat(call.<Throwable>handle((result, thrown) -> thrown))
                .succeedsWithin(10, TimeUnit.SECONDS)
                .isInstanceOfSatisfying(
                        ServiceUnavailableException.class,
                        e -> assertThat(e.outcomeUnknown()).isFalse());
        assertThat(wire.requests()).isEmpty();
    }

    @Test
    void aCredentialThatThrows_insteadOfReturning_isAccessDenied() {
        AcsIdentityManager manager = manager(request -> {
            throw new IllegalStateException("broken");
        });

        assertThat(failure(manager, IdentityOperation.CREATE_USER)).isExactlyInstanceOf(AccessDeniedException.class);
    }

    /** The token cache of azure-core logs it. */
    @Test
    void whatACredentialThrows_goesThroughTheSdkWithoutSecrets() {
        Exception thrown = new IOException("refused assertion=" + BEARER, new IllegalStateException(BEARER));
        TokenCredential cautious = new CautiousCredential(request -> Mono.error(thrown));

        assertThatThrownBy(() -> cautious.getToken(new TokenRequestContext()).block())
                .satisfies(e -> Texts.assertNoneHolds(e, BEARER))
                .hasStackTraceContaining("IOException: refused <redacted>");
    }

    @Test
    void aCredentialWithoutAToken_isAFailureWithoutARequest() {
        IdentityException e = failure(manager(request -> Mono.empty()), IdentityOperation.CREATE_USER);

        assertThat(e.outcomeUnknown()).isFalse();
        assertThat(wire.requests()).isEmpty();
    }

    @Test
    void aTokenThatTheServiceRejects_isInNoText() {
        wire.answer(Wire.json(401, "{\"error\":{\"code\":\"Denied\",\"message\":\"bad token " + BEARER + "\"}}"));

        IdentityException e = failure(manager(request -> Mono.just(ENTRA_TOKEN)), IdentityOperation.GET_TOKEN);

        assertThat(e).isExactlyInstanceOf(AccessDeniedException.class);
        Texts.assertNoneHolds(e, BEARER);
    }

    @Test
    void aToken_isUsedForManyCalls() {
        AtomicInteger asked = new AtomicInteger();
        wire.answer(Wire.success(IdentityOperation.GET_TOKEN));
        AcsIdentityManager manager = manager(request -> {
            asked.incrementAndGet();
            return Mono.just(ENTRA_TOKEN);
        });

        for (int i = 0; i < 5; i++) {
            manager.getToken(Samples.USER, Samples.REQUEST);
        }

        assertThat(asked).hasValue(1);
    }

    private static AcsIdentityManager manager(TokenCredential credential) {
        return wire.manager(builder -> builder.credential(credential).maximumRetries(3));
    }

    private static IdentityException failure(AcsIdentityManager manager, IdentityOperation operation) {
        return catchThrowableOfType(IdentityException.class, () -> Samples.call(manager, operation));
    }
}
