/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.Samples;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.ThrottledException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** What policies, credentials and deadlines may do: no user is created twice, and none without anybody being told. */
@Timeout(60)
class AtMostOnceTest {

    private static final String USER_CREATED = "{\"identity\":{\"id\":\"8:acs:resource_1\"}}";

    private final StubTransport service =
            new StubTransport(request -> Mono.just(StubTransport.response(request, 201, USER_CREATED)));

    static Stream<Exception> afterTheAnswer() {
        return Stream.of(
                new ServiceUnavailableException("the circuit is open", FailureDetails.NONE),
                new ThrottledException("slow down", FailureDetails.NONE),
                new IOException("fallback failed", new ConnectException("refused")),
                new ConnectException("refused"));
    }

    @ParameterizedTest
    @MethodSource("afterTheAnswer")
    void aPolicyThatThrowsAfterTheAnswer_leavesDoubtAndNothingIsRepeated(Exception thrown) {
        AcsIdentityManager manager = manager((context, next) -> next.process().flatMap(answer -> Mono.error(thrown)));

        IdentityException e = catchThrowableOfType(IdentityException.class, manager::createUser);

        assertThat(e.outcomeUnknown()).isTrue();
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void aPolicyThatThrowsBeforeTheRequestIsSent_isReportedAsItIs() {
        ServiceUnavailableException open = new ServiceUnavailableException("the circuit is open", FailureDetails.NONE);
        AcsIdentityManager manager = manager((context, next) -> Mono.error(open));

        IdentityException e = catchThrowableOfType(IdentityException.class, manager::createUser);

        assertThat(e).isSameAs(open);
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void aPolicyThatRepeatsACreate_isStopped() {
        AcsIdentityManager manager = manager(new Repeating());

        IdentityException e = catchThrowableOfType(IdentityException.class, manager::createUser);

        assertThat(e.outcomeUnknown()).isTrue();
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void aCredentialThatComesAfterTheDeadline_sendsNothing() throws Exception {
        CountDownLatch deadline = new CountDownLatch(1);
        CountDownLatch tooLate = new CountDownLatch(1);
        AcsIdentityManager manager = AcsIdentityManager.builder()
                .endpoint("https://contoso.communication.azure.com")
                .credential(request -> Mono.fromCallable(() -> {
                    boolean struck = deadline.await(30, TimeUnit.SECONDS);
                    assertThat(struck).isTrue();
                    return new AccessToken("bearer", OffsetDateTime.parse("2100-01-01T00:00:00Z"));
                }))
                .addPolicy((context, next) -> {
                    tooLate.countDown();
                    return next.process();
                })
                .httpClient(service)
                .operationTimeout(Duration.ofMillis(50))
                .build();

        IdentityException e = catchThrowableOfType(IdentityException.class, manager::createUser);
        deadline.countDown();

        assertThat(e).hasMessageContaining("it did not end within 50 ms");
        assertThat(e.outcomeUnknown()).isFalse();
        boolean arrived = tooLate.await(200, TimeUnit.MILLISECONDS);
        assertThat(service.requests())
                .as("the policy was " + (arrived ? "" : "not ") + "reached")
                .isEmpty();
    }

    @Test
    void theNextAttempt_doesNotRunOnTheThreadOfTheTimer() {
        List<String> threads = new CopyOnWriteArrayList<>();
        StubTransport failing = new StubTransport(request -> {
            threads.add(Thread.currentThread().getName());
            return Mono.just(StubTransport.response(request, 503, ""));
        });
        AcsIdentityManager manager = AcsIdentityManager.builder()
                .endpoint("https://contoso.communication.azure.com")
                .accessKey(Wire.ACCESS_KEY)
                .httpClient(failing)
                .retryDelays(Duration.ofMillis(1), Duration.ofMillis(1))
                .build();

        IdentityException e =
                catchThrowableOfType(IdentityException.class, () -> Samples.call(manager, IdentityOperation.GET_TOKEN));

        assertThat(e.httpStatus()).hasValue(503);
        assertThat(threads).hasSize(4).noneMatch(name -> name.contains("acs-identity-timer"));
    }

    private AcsIdentityManager manager(HttpPipelinePolicy policy) {
        return AcsIdentityManager.builder()
                .endpoint("https://contoso.communication.azure.com")
                .accessKey(Wire.ACCESS_KEY)
                .addPolicy(policy)
                .httpClient(service)
                .retryDelays(Duration.ofMillis(1), Duration.ofMillis(1))
                .build();
    }

    /** Sends each request twice, as a retry policy may. */
    private static final class Repeating implements HttpPipelinePolicy {

        @Override
        public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
            HttpPipelineNextPolicy again = next.clone();
            return next.process().flatMap(answer -> again.process());
        }
    }
}
