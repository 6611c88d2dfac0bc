/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.github.acsidentity.testing.FakeIdentityService;
import io.github.acsidentity.testing.Fault;
import io.github.acsidentity.testing.ManualScheduler;
import io.github.acsidentity.testing.MutableClock;
import io.github.acsidentity.testing.emulator.AcsEmulator;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InProcessHttpClientTest {

    private final MutableClock clock = MutableClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final FakeIdentityService service =
            FakeIdentityService.builder().clock(clock).scheduler(scheduler).build();
    private final HttpClient client = InProcessHttpClient.on(service);

    @Test
    void send_request_carriesBodyHeadersAndAnswer() {
        HttpRequest request = create().setBody("{\"createTokenWithScopes\":[\"chat\"]}");

        HttpResponse response = client.sendSync(request, Context.NONE);

        assertThat(response.getStatusCode()).isEqualTo(201);
        assertThat(response.getRequest()).isSameAs(request);
        assertThat(response.getHeaders().getValue(HttpHeaderName.CONTENT_TYPE))
                .isEqualTo("application/json; charset=utf-8");
        String body = response.getBodyAsBinaryData().toString();
        assertThat(body).contains("accessToken").hasSize(length(response));
        assertThat(response.getBodyAsString().block()).isEqualTo(body);
        assertThat(response.getBodyAsByteArray().block()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
        assertThat(response.getBody().blockFirst()).isNotNull();
    }

    @Test
    void send_requestWithoutHostHeader_goesToTheHostOfTheUrl() {
        var other = service.addResource();
        HttpRequest request = new HttpRequest(HttpMethod.POST, other.endpoint() + "/identities?api-version=2022-10-01")
                .setHeader(HttpHeaderName.AUTHORIZATION, "Bearer x");

        assertThat(client.sendSync(request, Context.NONE).getStatusCode()).isEqualTo(201);
        assertThat(service.users()).allMatch(user -> user.resourceId().equals(other.id()));
    }

    @Test
    void send_urlWithoutPath_isNotFound() {
        HttpRequest request = new HttpRequest(HttpMethod.GET, service.resource().endpoint());

        assertThat(client.sendSync(request, Context.NONE).getStatusCode()).isEqualTo(404);
    }

    @Test
    void send_withoutASubscriber_doesNothing() {
        var unsent = client.send(create());

        assertThat(service.calls()).isEmpty();
        unsent.block();
        unsent.block();
        assertThat(service.calls()).hasSize(2);
    }

    @Test
    void send_latency_answersWhenTheTimeHasCome() {
        service.faults().on().next(Fault.latency(Duration.ofSeconds(10)));

        var answer = client.send(create()).toFuture();

        assertThat(answer).isNotDone();
        clock.advance(Duration.ofSeconds(10));
        assertThat(answer).isCompleted();
    }

    @Test
    void sendSync_droppedConnection_isAnUncheckedIoException() {
        service.faults().on().next(Fault.drop());

        assertThatThrownBy(() -> client.sendSync(create(), Context.NONE)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void sendSync_interrupted_restoresTheFlag() {
        service.faults().on().next(Fault.hang());
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> client.sendSync(create(), Context.NONE)).isInstanceOf(IllegalStateException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void builder_negativeSkew_isRefused() {
        assertThatThrownBy(() -> InProcessHttpClient.builder(service).maximumDateSkew(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void builder_options_areThoseOfTheEmulator() {
        assertThat(options(InProcessHttpClient.Builder.class, "build"))
                .isEqualTo(options(AcsEmulator.Builder.class, "service", "httpsPort", "httpPort", "start"))
                .isNotEmpty();
    }

    @Test
    void builder_verifySignaturesOff_acceptsAnySignature() {
        HttpClient lenient =
                InProcessHttpClient.builder(service).verifySignatures(false).build();
        HttpRequest request = create().setHeader(HttpHeaderName.AUTHORIZATION, "HMAC-SHA256 of something else");

        assertThat(client.sendSync(request, Context.NONE).getStatusCode()).isEqualTo(401);
        assertThat(lenient.sendSync(request, Context.NONE).getStatusCode()).isEqualTo(201);
    }

    /** Returns the methods of a builder with their parameters, but for some. */
    private static Set<String> options(Class<?> builder, String... others) {
        return Arrays.stream(builder.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> !List.of(others).contains(method.getName()))
                .map(method -> method.getName() + Arrays.toString(method.getParameterTypes()))
                .collect(Collectors.toSet());
    }

    private HttpRequest create() {
        return new HttpRequest(HttpMethod.POST, service.resource().endpoint() + "/identities?api-version=2022-10-01")
                .setHeader(HttpHeaderName.AUTHORIZATION, "Bearer x");
    }

    private static int length(HttpResponse response) {
        return Integer.parseInt(response.getHeaders().getValue(HttpHeaderName.CONTENT_LENGTH));
    }
}
