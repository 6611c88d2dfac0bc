/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.http.HttpHeaderName;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.Samples;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.UserId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

@Timeout(60)
class RetryTest {

    @RegisterExtension
    static final Wire wire = new Wire();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "CREATE.*")
    void aFailedAttempt_ofAnOperationThatCreatesNobody_isRepeated(IdentityOperation operation) {
        for (int status : new int[] {408, 429, 500, 502, 503, 504, 599}) {
            wire.server().resetAll();
            wire.answers(aResponse().withStatus(status), aResponse().withStatus(status), Wire.success(operation));

            Samples.call(retrying(3), operation);

            assertThat(wire.requests()).as("status %d", status).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "CREATE.*")
    void aFailedAttempt_toCreateAUser_isRepeatedAfter429Only(IdentityOperation operation) {
        for (int status :
                new int[] {200, 202, 204, 302, 307, 400, 401, 403, 404, 408, 409, 429, 500, 501, 502, 503, 504, 505, 599
                }) {
            wire.server().resetAll();
            wire.answers(aResponse().withStatus(status), Wire.success(operation));
            AcsIdentityManager manager = retrying(3);

            IdentityException e = catchThrowableOfType(IdentityException.class, () -> Samples.call(manager, operation));

            assertThat(wire.requests()).as("status %d", status).hasSize(status == 429 ? 2 : 1);
            assertThat(e == null).as("success after %d", status).isEqualTo(status == 429);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 302, 307, 400, 401, 403, 404, 409, 412, 501, 505})
    void aRefusal_isNotRepeated(int status) {
        wire.answer(aResponse().withStatus(status));
        AcsIdentityManager manager = retrying(3);

        IdentityException e = catchThrowableOfType(
                IdentityException.class, () -> Samples.call(manager, IdentityOperation.DELETE_USER));

        assertThat(e.httpStatus()).hasValue(status);
        assertThat(wire.requests()).hasSize(1);
        assertThat(wire.scheduler().waits()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 10})
    void maximumRetries_boundsTheAttempts(int maximum) {
        wire.answer(aResponse().withStatus(503));
        AcsIdentityManager manager = wire.manager(builder -> builder.accessKey(Wire.ACCESS_KEY)
                .maximumRetries(maximum)
                .retryDelays(Duration.ofMillis(1), Duration.ofMillis(2)));

        IdentityException e =
                catchThrowableOfType(IdentityException.class, () -> Samples.call(manager, IdentityOperation.GET_TOKEN));

        assertThat(e).isInstanceOf(ServiceUnavailableException.class);
        assertThat(wire.requests()).hasSize(maximum + 1);
    }

    @Test
    void waits_doubleUpToTheMaximumAndAreHalfRandom() {
        wire.answer(aResponse().withStatus(503));
        AcsIdentityManager least = wire.manager(builder -> builder.accessKey(Wire.ACCESS_KEY)
                .maximumRetries(5)
                .retryDelays(Duration.ofMillis(100), Duration.ofMillis(700))
                .random(() -> 0L));
        assertThatThrownBy(() -> least.deleteUser(Samples.USER)).isInstanceOf(ServiceUnavailableException.class);

        assertThat(wire.scheduler().waits())
                .containsExactly(
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(350),
                        Duration.ofMillis(350));
    }

    @Test
    void waits_byDefault_areTheDocumentedOnesAtMost() {
        wire.answer(aResponse().withStatus(503));
        AcsIdentityManager most = wire.manager(
                builder -> builder.accessKey(Wire.ACCESS_KEY).maximumRetries(4).random(() -> -1L));
        assertThatThrownBy(() -> most.deleteUser(Samples.USER)).isInstanceOf(ServiceUnavailableException.class);

        assertThat(wire.scheduler().waits())
                .extracting(wait -> Math.round(wait.toNanos() / 1e6))
                .containsExactly(800L, 1600L, 3200L, 6400L);
    }

    @Test
    void aWait_thatDoesNotFitIntoTheDeadline_isNotBegun() {
        wire.answer(aResponse().withStatus(503));
        AcsIdentityManager manager = wire.manager(builder -> builder.accessKey(Wire.ACCESS_KEY)
                .maximumRetries(10)
                .retryDelays(Duration.ofSeconds(16), Duration.ofHours(1))
                .random(() -> -1L));

        IdentityException e = catchThrowableOfType(IdentityException.class, () -> manager.deleteUser(Samples.USER));

        assertThat(wire.requests()).hasSize(2);
        assertThat(wire.scheduler().waits()).hasSize(1);
        assertThat(e.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(31), Duration.ofSeconds(32));
        assertThat(e.httpStatus()).hasValue(503);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_USER", "GET_TOKEN", "DELETE_USER"})
    void theRequestId_isTheSameOverAllAttemptsAndInTheException(IdentityOperation operation) {
        wire.answer(aResponse().withStatus(429).withHeader("Retry-After", "1"));
        AcsIdentityManager manager = retrying(2);

        IdentityException first = catchThrowableOfType(IdentityException.class, () -> Samples.call(manager, operation));
        IdentityException second =
                catchThrowableOfType(IdentityException.class, () -> Samples.call(manager, operation));

        assertThat(wire.requests())
                .extracting(request -> request.getHeader("x-ms-client-request-id"))
                .startsWith(id(first), id(first), id(first))
                .endsWith(id(second), id(second), id(second))
                .hasSize(6);
        assertThat(first.requestId()).isNotEqualTo(second.requestId());
    }

    @Test
    void aGivenRequestId_isSentByAllAttemptsAndInTheException() {
        UUID requestId = UUID.fromString("a1b2c3d4-0000-4000-8000-00000000000f");
        wire.answer(aResponse().withStatus(429));
        AcsIdentityManager manager = retrying(2);

        IdentityException blocking = catchThrowableOfType(IdentityException.class, () -> manager.createUser(requestId));
        CompletableFuture<UserId> future = manager.async().createUser(requestId);

        assertThat(blocking.requestId()).contains(requestId.toString());
        assertThat(future)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingCause()
                .satisfies(e -> assertThat(((IdentityException) e).requestId()).contains(requestId.toString()));
        assertThat(wire.requests())
                .hasSize(6)
                .allSatisfy(request -> assertThat(
                                request.header("x-ms-client-request-id").values())
                        .containsExactly(requestId.toString()));
    }

    @Test
    void aGivenRequestId_ofACreationThatWasNeverSent_isInTheException() {
        UUID requestId = UUID.randomUUID();
        AcsIdentityManager manager = wire.manager(
                builder -> builder.credential(context -> Mono.error(new IllegalStateException("no credential today"))));

        IdentityException e = catchThrowableOfType(IdentityException.class, () -> manager.createUser(requestId));

        assertThat(e.requestId()).contains(requestId.toString());
        assertThat(wire.requests()).isEmpty();
    }

    @Test
    void eachAttempt_isSignedWithTheKeyOfThatMoment() throws Exception {
        AzureKeyCredential credential = new AzureKeyCredential(Wire.ACCESS_KEY);
        wire.answers(aResponse().withStatus(503), aResponse().withStatus(204));
        AcsIdentityManager manager = wire.manager(
                builder -> builder.credential(credential).maximumRetries(1).addPolicy((context, next) -> {
                    credential.update(Wire.OTHER_KEY);
                    return next.process();
                }));

        manager.deleteUser(Samples.USER);

        List<LoggedRequest> attempts = wire.requests();
        assertThat(attempts).hasSize(2);
        assertThat(attempts.get(0).getHeaders().getHeader("Authorization").values())
                .containsExactly(Signature.authorization(Wire.ACCESS_KEY, attempts.get(0)));
        assertThat(attempts.get(1).getHeaders().getHeader("Authorization").values())
                .containsExactly(Signature.authorization(Wire.OTHER_KEY, attempts.get(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "Retry-After, 3, 3000",
        "Retry-After, ' 3 ', 3000",
        "retry-after, 0, 0",
        "Retry-After, 'Tue, 03 Mar 2026 09:00:07 GMT', 7000",
        "Retry-After, 'Tue, 3 Mar 2026 09:00:07 GMT', 7000",
        "Retry-After, 'Tue, 03 Mar 2026 08:59:59 GMT', 0",
        "retry-after-ms, 1500, 1500",
        "x-ms-retry-after-ms, 2500, 2500"
    })
    void retryAfter_isWaitedFor_blockingAndAsync(String header, String value, long millis) {
        for (IdentityOperation operation : new IdentityOperation[] {
            IdentityOperation.CREATE_USER, IdentityOperation.GET_TOKEN, IdentityOperation.DELETE_USER
        }) {
            wire.server().resetAll();
            ResponseDefinitionBuilder busy = aResponse().withStatus(429).withHeader(header, value);
            wire.answers(busy, Wire.success(operation), busy, Wire.success(operation));
            SkippingScheduler scheduler = new SkippingScheduler();
            AcsIdentityManager manager = wire.manager(builder -> builder.accessKey(Wire.ACCESS_KEY)
                    .maximumRetries(1)
                    .scheduler(scheduler)
                    .timeSource(scheduler));

            Samples.call(manager, operation);
            assertThat(scheduler.waits()).containsExactly(Duration.ofMillis(millis));

            scheduler.restart();
            assertThat(Samples.start(manager.async(), operation)).succeedsWithin(10, TimeUnit.SECONDS);
            assertThat(scheduler.waits()).containsExactly(Duration.ofMillis(millis));
            assertThat(wire.requests()).hasSize(4);
        }
    }

    @Test
    void retryAfter_inSeveralHeaders_isTakenFromTheMostSpecific() {
        wire.answers(
                aResponse()
                        .withStatus(503)
                        .withHeader("Retry-After", "9")
                        .withHeader("retry-after-ms", "2000")
                        .withHeader("x-ms-retry-after-ms", "1000"),
                aResponse().withStatus(503).withHeader("Retry-After", "9").withHeader("retry-after-ms", "2000"),
                aResponse().withStatus(503).withHeader("Retry-After", "9").withHeader("retry-after-ms", "soon"),
                aResponse().withStatus(204));

        retrying(3).deleteUser(Samples.USER);

        assertThat(wire.scheduler().waits())
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "2026-03-03T09:00:07Z", "99999999999999999999", "１"})
    void retryAfter_thatCannotBeRead_countsAsAbsent(String value) {
        wire.answers(
                aResponse().withStatus(429).withHeader("Retry-After", value),
                aResponse().withStatus(204));
        AcsIdentityManager manager = wire.manager(
                builder -> builder.accessKey(Wire.ACCESS_KEY).maximumRetries(1).random(() -> 0L));

        manager.deleteUser(Samples.USER);

        assertThat(wire.scheduler().waits()).containsExactly(Duration.ofMillis(400));
    }

    @ParameterizedTest
    @CsvSource({
        "30, PT30S",
        "31, PT31S",
        "86400, PT24H",
        "999999999, PT999999999S",
        "'Tue, 03 Mar 2026 09:01:00 GMT', PT1M",
        "'Fri, 31 Dec 9999 23:59:59 GMT', PT69897158H59M59S"
    })
    void retryAfter_thatDoesNotFitIntoTheDeadline_failsAtOnceAndSaysSo(String value, Duration expected) {
        for (IdentityOperation operation : IdentityOperation.values()) {
            for (int status : new int[] {429, 503}) {
                wire.server().resetAll();
                wire.answer(aResponse().withStatus(status).withHeader("Retry-After", value));
                AcsIdentityManager manager = retrying(3);

                IdentityException e =
                        catchThrowableOfType(IdentityException.class, () -> Samples.call(manager, operation));

                assertThat(e)
                        .isExactlyInstanceOf(
                                status == 429 ? ThrottledException.class : ServiceUnavailableException.class);
                assertThat(e.retryAfter()).contains(expected);
                assertThat(e.httpStatus()).hasValue(status);
                assertThat(wire.requests()).hasSize(1);
                assertThat(wire.scheduler().waits()).isEmpty();
            }
        }
    }

    @Test
    void retryAfter_ofTheLastAttempt_isInTheException() {
        wire.answer(aResponse().withStatus(429).withHeader("Retry-After", "2"));

        AcsIdentityManager manager = retrying(2);
        IdentityException e = catchThrowableOfType(IdentityException.class, manager::createUser);

        assertThat(e)
                .isInstanceOfSatisfying(
                        ThrottledException.class,
                        throttled -> assertThat(throttled.isLocal()).isFalse());
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(2));
        assertThat(e.outcomeUnknown()).isFalse();
        assertThat(wire.requests()).hasSize(3);
    }

    @Test
    void aLostOutcome_isRememberedOverLaterAttempts() {
        wire.answers(aResponse().withStatus(503), aResponse().withStatus(404));
        AcsIdentityManager manager = retrying(1);

        IdentityException e = catchThrowableOfType(IdentityException.class, () -> manager.deleteUser(Samples.USER));

        assertThat(e.httpStatus()).hasValue(404);
        assertThat(e.outcomeUnknown()).isTrue();
    }

    @Test
    void eachAttempt_startsFromTheRequestAsItWas() {
        wire.answers(
                aResponse().withStatus(503),
                aResponse().withStatus(503),
                aResponse().withStatus(204));
        AcsIdentityManager manager = wire.manager(builder -> builder.accessKey(Wire.ACCESS_KEY)
                .maximumRetries(3)
                .addPolicy((context, next) -> {
                    context.getHttpRequest().getHeaders().add(HttpHeaderName.fromString("x-added"), "once");
                    return next.process();
                }));

        manager.deleteUser(Samples.USER);

        assertThat(wire.requests())
                .hasSize(3)
                .allSatisfy(request -> assertThat(
                                request.getHeaders().getHeader("x-added").values())
                        .containsExactly("once"));
    }

    @Test
    void eachAttempt_sendsTheSameBody() {
        wire.answers(
                aResponse().withStatus(503), aResponse().withStatus(503), Wire.success(IdentityOperation.GET_TOKEN));

        retrying(3).getToken(Samples.USER, Samples.REQUEST.withValidity(Duration.ofHours(1)));

        assertThat(wire.requests())
                .hasSize(3)
                .extracting(LoggedRequest::getBodyAsString)
                .containsOnly("{\"scopes\":[\"voip\"],\"expiresInMinutes\":60}");
    }

    private static String id(IdentityException e) {
        return e.requestId().orElseThrow();
    }

    private AcsIdentityManager retrying(int times) {
        return wire.manager(builder -> builder.accessKey(Wire.ACCESS_KEY).maximumRetries(times));
    }
}
