/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.policy.AddHeadersPolicy;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.Samples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The service as a WireMock server that speaks https on loopback, one for all test classes, and managers that call it.
 */
final class Wire implements BeforeEachCallback, AfterEachCallback {

    static final String ACCESS_KEY = key("no real key, it was made up for these tests");
    static final String OTHER_KEY = key("another key, likewise made up for these tests");

    /** The secret part of all answers with a token: opaque, so nothing can tell that it is a secret by its looks. */
    static final String TOKEN = "opaque+token";

    /** A token as it looks today. */
    static final String JSON_WEB_TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzZWNyZXQiOiJ0b2tlbiJ9.c2lnbmF0dXJl";

    static final String TOKEN_ANSWER =
            "{\"token\":\"" + TOKEN + "\",\"expiresOn\":\"2026-03-03T09:05:07.1234567+00:00\"}";
    static final String USER_ANSWER = "{\"identity\":{\"id\":\"" + Samples.USER.rawId() + "\"}}";
    static final String USER_AND_TOKEN_ANSWER =
            "{\"identity\":{\"id\":\"" + Samples.USER.rawId() + "\"},\"accessToken\":" + TOKEN_ANSWER + "}";

    private static final HttpHeaderName MARK = HttpHeaderName.fromString("x-test");
    private static final HttpClient SHARED_TRANSPORT = Transports.fresh();

    private SkippingScheduler scheduler = new SkippingScheduler();
    private final List<AcsIdentityManager> managers = Collections.synchronizedList(new ArrayList<>());
    private String mark = "";
    private Gate gate = new Gate();
    private WireMockServer server = new WireMockServer(options().dynamicPort());

    @Override
    public void beforeEach(ExtensionContext context) {
        RunningServer running = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Wire.class))
                .computeIfAbsent("server", key -> new RunningServer(), RunningServer.class);
        server = running.server;
        gate = running.gate;
        server.resetAll();
        scheduler = new SkippingScheduler();
        mark = context.getUniqueId();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        managers.forEach(AcsIdentityManager::close);
        managers.clear();
        gate.open();
        gate.arrivals.drainPermits();
        scheduler.shutdownNow();
    }

    WireMockServer server() {
        return server;
    }

    /** Returns the scheduler and clock of the managers. */
    SkippingScheduler scheduler() {
        return scheduler;
    }

    String endpoint() {
        return "https://127.0.0.1:" + server.httpsPort();
    }

    /** Returns a manager of the server that does not wait, and never tries again unless told so. */
    AcsIdentityManager manager() {
        return manager(builder -> builder.accessKey(ACCESS_KEY));
    }

    /** Returns a manager of the server as {@link #manager()}, without a credential but for what is added. */
    AcsIdentityManager manager(UnaryOperator<AcsIdentityManager.Builder> options) {
        return managerOf(endpoint(), options);
    }

    /** Returns a manager of another server, otherwise as {@link #manager(UnaryOperator)}. */
    AcsIdentityManager managerOf(String endpoint, UnaryOperator<AcsIdentityManager.Builder> options) {
        AcsIdentityManager manager = options.apply(builder()
                        .endpoint(endpoint)
                        .httpClient(SHARED_TRANSPORT)
                        .maximumRetries(0)
                        .scheduler(scheduler)
                        .timeSource(scheduler))
                .build();
        managers.add(manager);
        return manager;
    }

    /** Returns a builder with nothing but a mark on its requests, by which {@link #requests()} knows them. */
    AcsIdentityManager.Builder builder() {
        return AcsIdentityManager.builder().addPolicy(new AddHeadersPolicy(new HttpHeaders().set(MARK, mark)));
    }

    /** Lets the server answer every request like this. */
    void answer(ResponseDefinitionBuilder response) {
        server.stubFor(any(anyUrl()).willReturn(response));
    }

    /** Lets the server answer one request after the other like this, and all further ones like the last. */
    void answers(ResponseDefinitionBuilder... responses) {
        for (int i = 0; i < responses.length; i++) {
            server.stubFor(any(anyUrl())
                    .inScenario("answers")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "answer " + i)
                    .willSetStateTo("answer " + Math.min(i + 1, responses.length - 1))
                    .willReturn(responses[i]));
        }
    }

    /** Returns the gate at which responses {@linkplain Gate#NAME that say so} are held. */
    Gate gate() {
        return gate;
    }

    /**
     * Returns the requests of this test that the server has answered or started to answer, in their order. One that an
     * earlier test has given up may still be on its way.
     */
    List<LoggedRequest> requests() {
        List<LoggedRequest> requests = new ArrayList<>();
        for (ServeEvent event : server.getAllServeEvents()) {
            if (mark.equals(event.getRequest().getHeader(MARK.getCaseInsensitiveName()))) {
                requests.add(0, event.getRequest());
            }
        }
        return requests;
    }

    /** Returns the answer that the service gives when the operation succeeds. */
    static ResponseDefinitionBuilder success(IdentityOperation operation) {
        return switch (operation) {
            case CREATE_USER -> json(201, USER_ANSWER);
            case CREATE_USER_WITH_TOKEN -> json(201, USER_AND_TOKEN_ANSWER);
            case GET_TOKEN, GET_TOKEN_FOR_TEAMS_USER -> json(200, TOKEN_ANSWER);
            case REVOKE_TOKENS, DELETE_USER -> aResponse().withStatus(204);
        };
    }

    static ResponseDefinitionBuilder error(int status, String code) {
        return json(
                status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"What happened.\",\"target\":\"scopes\"}}");
    }

    static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json; charset=utf-8")
                .withBody(body);
    }

    private static String key(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Holds answers back. A request has been received and processed when it arrives here. */
    static final class Gate implements ResponseDefinitionTransformerV2 {

        static final String NAME = "gate";

        private final Semaphore arrivals = new Semaphore(0);
        private volatile CountDownLatch open = new CountDownLatch(0);

        void close() {
            open = new CountDownLatch(1);
        }

        void open() {
            open.countDown();
        }

        void awaitArrival() throws InterruptedException {
            assertThat(arrivals.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            arrivals.release();
            try {
                open.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return event.getResponseDefinition();
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public String getName() {
            return NAME;
        }
    }

    private static final class RunningServer implements AutoCloseable {

        private final Gate gate = new Gate();
        private final WireMockServer server = new WireMockServer(options()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort()
                .extensions(gate)
                .containerThreads(20)
                .asynchronousResponseEnabled(true)
                .jettyStopTimeout(100L));

        RunningServer() {
            server.start();
        }

        @Override
        public void close() {
            server.stop();
        }
    }
}
