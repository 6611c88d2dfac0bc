/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static io.github.acsidentity.IdentityOperation.CREATE_USER;
import static io.github.acsidentity.IdentityOperation.CREATE_USER_WITH_TOKEN;
import static io.github.acsidentity.IdentityOperation.DELETE_USER;
import static io.github.acsidentity.IdentityOperation.GET_TOKEN;
import static io.github.acsidentity.IdentityOperation.GET_TOKEN_FOR_TEAMS_USER;
import static io.github.acsidentity.IdentityOperation.REVOKE_TOKENS;
import static java.util.Objects.requireNonNull;

import com.azure.communication.common.CommunicationUserIdentifier;
import com.azure.communication.identity.CommunicationIdentityAsyncClient;
import com.azure.communication.identity.models.CommunicationTokenScope;
import com.azure.communication.identity.models.GetTokenForTeamsUserOptions;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.IdentityOperation;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * The operations on the SDK's asynchronous client.
 *
 * <p>The futures complete on the threads of the transport and of the scheduler: only code of this package may depend on
 * them.
 */
final class SdkOperations implements AsyncIdentityManager {

    private final CommunicationIdentityAsyncClient client;
    private final Target target;
    private final Duration timeout;
    private final TimeSource timeSource;
    private final ScheduledExecutorService scheduler;

    SdkOperations(
            CommunicationIdentityAsyncClient client,
            Target target,
            Duration timeout,
            TimeSource timeSource,
            ScheduledExecutorService scheduler) {
        this.client = client;
        this.target = target;
        this.timeout = timeout;
        this.timeSource = timeSource;
        this.scheduler = scheduler;
    }

    @Override
    public CompletableFuture<UserId> createUser() {
        return createUser(call(CREATE_USER, null));
    }

    @Override
    public CompletableFuture<UserId> createUser(UUID requestId) {
        Call call = call(CREATE_USER, null);
        call.requireRequestId(requestId.toString());
        return createUser(call);
    }

    private CompletableFuture<UserId> createUser(Call call) {
        return run(call, client.createUser().map(SdkOperations::toUserId));
    }

    @Override
    public CompletableFuture<UserWithToken> createUserWithToken(TokenRequest request) {
        return run(
                call(CREATE_USER_WITH_TOKEN, null, JoinScopes.isAskedForBy(request), List.of()),
                client.createUserAndToken(scopes(request), request.validity().orElse(null))
                        .map(result -> new UserWithToken(toUserId(result.getUser()), toToken(result.getUserToken()))));
    }

    @Override
    public CompletableFuture<AccessToken> getToken(UserId user, TokenRequest request) {
        return run(
                call(GET_TOKEN, user, JoinScopes.isAskedForBy(request), List.of()),
                client.getToken(
                                identifier(user),
                                scopes(request),
                                request.validity().orElse(null))
                        .map(SdkOperations::toToken));
    }

    @Override
    public CompletableFuture<AccessToken> getTokenForTeamsUser(TeamsTokenRequest request) {
        GetTokenForTeamsUserOptions options =
                new GetTokenForTeamsUserOptions(request.entraToken(), request.clientId(), request.userObjectId());
        return run(
                call(GET_TOKEN_FOR_TEAMS_USER, null, false, List.of(request.entraToken())),
                client.getTokenForTeamsUser(options).map(SdkOperations::toToken));
    }

    @Override
    public CompletableFuture<Void> revokeTokens(UserId user) {
        return runVoid(call(REVOKE_TOKENS, user), client.revokeTokens(identifier(user)));
    }

    @Override
    public CompletableFuture<Void> deleteUser(UserId user) {
        return runVoid(call(DELETE_USER, user), client.deleteUser(identifier(user)));
    }

    private Call call(IdentityOperation operation, @Nullable UserId user) {
        return call(operation, user, false, List.of());
    }

    private Call call(IdentityOperation operation, @Nullable UserId user, boolean joinScopes, List<String> secrets) {
        return new Call(target, operation, user, joinScopes, secrets, timeSource.nanos() + timeout.toNanos());
    }

    private CompletableFuture<Void> runVoid(Call call, Mono<Void> operation) {
        return run(call, operation.thenReturn(Boolean.TRUE)).thenAccept(done -> {});
    }

    private <T> CompletableFuture<T> run(Call call, Mono<T> operation) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Future<?> timer;
        try {
            timer = scheduler.schedule(
                    () -> result.completeExceptionally(Failures.ofDeadline(call, timeout)),
                    timeout.toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("This identity manager, or the scheduler given to it, is closed", e);
        }
        Disposable subscription = operation
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("The SDK returned nothing")))
                .contextWrite(context -> context.put(Call.class, call))
                .subscribe(
                        result::complete, thrown -> result.completeExceptionally(Failures.ofOperation(call, thrown)));
        return result.whenComplete((value, failure) -> {
            timer.cancel(false);
            subscription.dispose();
        });
    }

    private static CommunicationUserIdentifier identifier(UserId user) {
        return new CommunicationUserIdentifier(user.rawId());
    }

    private static List<CommunicationTokenScope> scopes(TokenRequest request) {
        return request.scopes().stream()
                .map(scope -> CommunicationTokenScope.fromString(scope.value()))
                .toList();
    }

    private static UserId toUserId(CommunicationUserIdentifier identifier) {
        return new UserId(identifier.getId());
    }

    private static AccessToken toToken(com.azure.core.credential.AccessToken token) {
        return new AccessToken(
                token.getToken(),
                requireNonNull(token.getExpiresAt(), "expiresOn").toInstant());
    }
}
