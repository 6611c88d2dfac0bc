/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.testing;

import static io.github.acsidentity.IdentityOperation.CREATE_USER;
import static io.github.acsidentity.IdentityOperation.CREATE_USER_WITH_TOKEN;
import static io.github.acsidentity.IdentityOperation.DELETE_USER;
import static io.github.acsidentity.IdentityOperation.GET_TOKEN;
import static io.github.acsidentity.IdentityOperation.GET_TOKEN_FOR_TEAMS_USER;
import static io.github.acsidentity.IdentityOperation.REVOKE_TOKENS;
import static java.util.Objects.requireNonNull;

import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.FailureDetails;
import io.github.acsidentity.IdentityException;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.TokenScope;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import io.github.acsidentity.testing.internal.model.Call;
import io.github.acsidentity.testing.internal.model.Caller;
import io.github.acsidentity.testing.internal.model.Delivery;
import io.github.acsidentity.testing.internal.model.Refusal;
import io.github.acsidentity.testing.internal.model.Resource;
import io.github.acsidentity.testing.internal.model.Served;
import io.github.acsidentity.testing.internal.model.ServiceModel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** The identity API straight on the model. */
final class AsyncFakeIdentityManager implements AsyncIdentityManager, AutoCloseable {

    /** The default of the real manager. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final ServiceModel model;
    private final Resource resource;
    /** Ends the operations that still wait for an answer. */
    private final Set<Runnable> endings = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    AsyncFakeIdentityManager(ServiceModel model, Resource resource) {
        this.model = model;
        this.resource = resource;
    }

    @Override
    public CompletableFuture<UserId> createUser() {
        return perform(FailureDetails.of(CREATE_USER), 201, model::createUser);
    }

    @Override
    public CompletableFuture<UserId> createUser(UUID requestId) {
        return perform(FailureDetails.of(CREATE_USER).withRequestId(requestId.toString()), 201, model::createUser);
    }

    @Override
    public CompletableFuture<UserWithToken> createUserWithToken(TokenRequest request) {
        List<String> scopes = scopes(request);
        int minutes = minutes(request);
        return perform(
                FailureDetails.of(CREATE_USER_WITH_TOKEN),
                201,
                (call, caller) -> model.createUserWithToken(call, caller, scopes, minutes));
    }

    @Override
    public CompletableFuture<AccessToken> getToken(UserId user, TokenRequest request) {
        List<String> scopes = scopes(request);
        int minutes = minutes(request);
        return perform(
                FailureDetails.of(GET_TOKEN).withUser(user),
                200,
                (call, caller) -> model.issueToken(call, caller, user, scopes, minutes));
    }

    @Override
    public CompletableFuture<AccessToken> getTokenForTeamsUser(TeamsTokenRequest request) {
        requireNonNull(request, "request");
        return perform(
                FailureDetails.of(GET_TOKEN_FOR_TEAMS_USER),
                200,
                (call, caller) -> model.exchangeTeamsToken(
                        caller, request.entraToken(), request.clientId(), request.userObjectId()));
    }

    @Override
    public CompletableFuture<Void> revokeTokens(UserId user) {
        return perform(
                FailureDetails.of(REVOKE_TOKENS).withUser(user),
                204,
                (call, caller) -> model.revokeTokens(call, caller, user),
                (result, revoked) -> result.complete(null));
    }

    @Override
    public CompletableFuture<Void> deleteUser(UserId user) {
        return perform(
                FailureDetails.of(DELETE_USER).withUser(user),
                204,
                (call, caller) -> model.deleteUser(call, caller, user),
                (result, deleted) -> result.complete(null));
    }

    @Override
    public void close() {
        closed = true;
        endings.forEach(Runnable::run);
    }

    private <T> CompletableFuture<T> perform(FailureDetails details, int status, BiFunction<Call, Caller, T> work) {
        return perform(details, status, work, CompletableFuture::complete);
    }

    private <T, R> CompletableFuture<R> perform(
            FailureDetails details,
            int status,
            BiFunction<Call, Caller, T> work,
            BiConsumer<CompletableFuture<R>, T> completion) {
        if (closed) {
            throw new IllegalStateException("This identity manager is closed");
        }
        String requestId = details.requestId().orElseGet(model::randomId);
        Call call = new Call(details.operation().orElseThrow(), requestId);
        details.user().ifPresent(call::concerns);
        Served<T> served = model.serve(
                call,
                () -> new Caller(resource, resource.primary()),
                caller -> {
                    model.admit(call, resource);
                    return work.apply(call, caller);
                },
                value -> status);
        return answer(served, completion, details.withRequestId(requestId), status);
    }

    private <T, R> CompletableFuture<R> answer(
            Served<T> served, BiConsumer<CompletableFuture<R>, T> completion, FailureDetails details, int status) {
        CompletableFuture<R> result = new CompletableFuture<>();
        Runnable ending = () -> fail(result, served, Failures.closed(details));
        endings.add(ending);
        CompletableFuture<R> unused = result.whenComplete((value, failure) -> {
            endings.remove(ending);
            served.end().accept(Delivery.GIVEN_UP);
        });
        if (closed) {
            ending.run();
        }
        Duration delay =
                served.body() instanceof Served.Slow slow ? served.delay().plus(slow.time()) : served.delay();
        if (served.outcome() instanceof Served.Hung || delay.compareTo(DEADLINE) >= 0) {
            model.delays().after(DEADLINE, () -> fail(result, served, Failures.deadline(details, DEADLINE)));
        } else {
            model.delays().after(delay, () -> complete(result, served, completion, details, status));
        }
        return result;
    }

    private static <T, R> void complete(
            CompletableFuture<R> result,
            Served<T> served,
            BiConsumer<CompletableFuture<R>, T> completion,
            FailureDetails details,
            int status) {
        boolean malformed = served.body() instanceof Served.Malformed;
        if (served.body() instanceof Served.Truncated || served.outcome() instanceof Served.Dropped) {
            fail(result, served, Failures.noAnswer(details));
        } else if (served.outcome() instanceof Served.Refused<T> refused) {
            Refusal refusal = malformed ? refused.refusal().withoutBody() : refused.refusal();
            fail(result, served, Failures.refused(refusal, details));
        } else if (malformed) {
            fail(result, served, Failures.unreadable(details.withHttpStatus(status)));
        } else if (served.outcome() instanceof Served.Done<T> done) {
            served.end().accept(Delivery.SENT);
            completion.accept(result, done.value());
        }
    }

    /** Fails an operation; it is over before anyone who waits for it can start the next one. */
    private static void fail(CompletableFuture<?> result, Served<?> served, IdentityException failure) {
        served.end().accept(Delivery.GIVEN_UP);
        result.completeExceptionally(failure);
    }

    private static List<String> scopes(TokenRequest request) {
        return request.scopes().stream().map(TokenScope::value).toList();
    }

    private static int minutes(TokenRequest request) {
        return request.validity().map(Duration::toMinutes).map(Math::toIntExact).orElse(ServiceModel.DEFAULT_MINUTES);
    }
}
