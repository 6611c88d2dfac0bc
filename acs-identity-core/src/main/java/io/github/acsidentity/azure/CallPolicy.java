/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static java.util.Objects.requireNonNull;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.RetryPolicy;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.ServiceUnavailableException;
import io.github.acsidentity.ThrottledException;
import io.github.acsidentity.TimeSource;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Carries a {@link Call} through its attempts and turns everything but the expected answer into an
 * {@link IdentityException}.
 *
 * <p>It takes the place of the SDK's retry policy, because there each attempt is signed afresh, and because the SDK's
 * own would repeat the creation of a user after a lost answer.
 */
final class CallPolicy extends RetryPolicy {

    private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("x-ms-client-request-id");

    private final Retries retries;
    private final TimeSource timeSource;
    private final ScheduledExecutorService scheduler;

    CallPolicy(Retries retries, TimeSource timeSource, ScheduledExecutorService scheduler) {
        this.retries = retries;
        this.timeSource = timeSource;
        this.scheduler = scheduler;
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        HttpRequest request = context.getHttpRequest();
        return Mono.deferContextual(view -> {
            Call call = view.get(Call.class);
            if (call.joinScopes()) {
                JoinScopes.chooseApiVersion(request);
            }
            String requestId = call.requiredRequestId();
            if (requestId != null) {
                request.setHeader(REQUEST_ID, requestId);
            }
            return attempt(call, 0, request, context, next);
        });
    }

    private Mono<HttpResponse> attempt(
            Call call, int number, HttpRequest request, HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return Mono.defer(() -> {
                    context.setHttpRequest(request.copy());
                    call.attemptStarted(request.getHeaders().getValue(REQUEST_ID));
                    return next.clone().process();
                })
                .flatMap(response -> receive(call, response))
                .onErrorMap(CredentialFailure.class, CredentialFailure::original)
                .onErrorResume(
                        Exception.class,
                        thrown -> Mono.just(
                                new Attempt(null, Failures.ofAttempt(call, thrown), Failures.isLasting(thrown))))
                .flatMap(attempt -> {
                    if (attempt.response() != null) {
                        return Mono.just(attempt.response());
                    }
                    IdentityException failure = requireNonNull(attempt.failure());
                    if (attempt.lasting() || !mayBeRepeated(call, number, failure)) {
                        return Mono.error(failure);
                    }
                    Duration delay = failure.retryAfter().orElseGet(() -> retries.delay(number));
                    if (delay.compareTo(Duration.ofNanos(call.nanosLeft(timeSource.nanos()))) >= 0) {
                        return Mono.error(withRetryAfter(failure, delay));
                    }
                    // The timer's thread is not for policies and transports, which may block.
                    return wait(delay)
                            .onErrorMap(RejectedExecutionException.class, closed -> failure)
                            .publishOn(Schedulers.boundedElastic())
                            .then(attempt(call, number + 1, request, context, next));
                });
    }

    private Mono<Attempt> receive(Call call, HttpResponse response) {
        if (response.getStatusCode() == call.expectedStatus()) {
            HttpResponse whole = response.buffer();
            return whole.getBodyAsByteArray().then(Mono.fromSupplier(() -> {
                call.wholeAnswerArrived();
                return new Attempt(whole, null, false);
            }));
        }
        return response.getBodyAsString()
                .onErrorReturn("")
                .defaultIfEmpty("")
                .map(body -> new Attempt(
                        null,
                        Failures.ofAnswer(
                                call,
                                response.getStatusCode(),
                                ServiceError.parse(body, call.secrets()),
                                RetryAfter.read(response.getHeaders(), timeSource.millis())),
                        false));
    }

    /** A create is repeated only while it is certain that the service has done nothing. */
    private boolean mayBeRepeated(Call call, int number, IdentityException failure) {
        if (number >= retries.maximum() || !failure.isTransient() || (call.createsUser() && failure.outcomeUnknown())) {
            return false;
        }
        int status = failure.httpStatus().orElse(503);
        return status >= 400 && status != 501 && status != 505;
    }

    private Mono<Void> wait(Duration delay) {
        return Mono.create(sink -> {
            Future<?> timer = scheduler.schedule(() -> sink.success(), delay.toNanos(), TimeUnit.NANOSECONDS);
            sink.onDispose(() -> timer.cancel(false));
        });
    }

    private static IdentityException withRetryAfter(IdentityException failure, Duration delay) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        FailureDetails details = failure.details().withRetryAfter(delay);
        return failure instanceof ThrottledException
                ? new ThrottledException(message, details, failure.getCause())
                : new ServiceUnavailableException(message, details, failure.getCause());
    }

    /**
     * How an attempt has ended.
     *
     * @param lasting whether the failure is certain to come again
     */
    private record Attempt(
            @Nullable HttpResponse response, @Nullable IdentityException failure, boolean lasting) {}
}
