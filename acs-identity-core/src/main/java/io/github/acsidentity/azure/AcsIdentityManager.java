/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.azure;

import static java.util.Objects.requireNonNull;

import com.azure.communication.identity.CommunicationIdentityClientBuilder;
import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.AddHeadersPolicy;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.util.ClientOptions;
import com.azure.core.util.CoreUtils;
import io.github.acsidentity.AccessToken;
import io.github.acsidentity.AsyncIdentityManager;
import io.github.acsidentity.IdentityManager;
import io.github.acsidentity.TeamsTokenRequest;
import io.github.acsidentity.TimeSource;
import io.github.acsidentity.TokenRequest;
import io.github.acsidentity.UserId;
import io.github.acsidentity.UserWithToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An {@link IdentityManager} that calls Azure Communication Services through the official SDK.
 *
 * <p>Instances are safe for use by concurrent threads. Create one per resource and keep it for the life of the
 * application:
 *
 * <pre>{@code
 * IdentityManager manager = AcsIdentityManager.fromEnvironment();
 * UserId user = manager.createUser();
 * AccessToken token = manager.getToken(user, TokenRequest.of(TokenScope.VOIP));
 * }</pre>
 *
 * <p>Every operation ends by its deadline, 30 seconds unless configured. Within it, failed attempts are repeated: up to
 * three times after 408, 429, 5xx and lost answers, each attempt with a new signature and all under one request id. The
 * service's {@code Retry-After} is obeyed; a wait that does not fit into the deadline is not begun, the operation fails
 * at once and its exception says when to come back.
 *
 * <p><strong>Creating a user happens at most once.</strong> The service has no idempotency key, so an attempt is
 * repeated only if it is certain that the service did nothing: after 429, and when the request was not sent (no
 * connection, no TLS session, no credential). Any other failure is reported with
 * {@link io.github.acsidentity.IdentityException#outcomeUnknown()}.
 *
 * <p>Calls may be made from any thread, those of Reactor included. Tokens, keys and connection strings are in no
 * message, exception or log line of this class.
 */
public final class AcsIdentityManager implements IdentityManager {

    private static final String CONNECTION_STRING_VARIABLE = "COMMUNICATION_SERVICES_CONNECTION_STRING";

    private final AsyncIdentityManager async;
    private final @Nullable ScheduledExecutorService ownScheduler;

    /** {@code null} once closed, so that a transport that was made here, and its threads, can go. */
    private volatile @Nullable Operations operations;

    private AcsIdentityManager(Builder builder, CommunicationIdentityClientBuilder client, Target target) {
        ScheduledExecutorService given = builder.scheduler;
        ScheduledExecutorService scheduler = given == null ? newScheduler() : given;
        ownScheduler = given == null ? scheduler : null;
        Retries retries =
                new Retries(builder.maximumRetries, builder.retryDelay, builder.maximumRetryDelay, builder.random);
        SdkOperations raw = new SdkOperations(
                client.retryPolicy(new CallPolicy(retries, builder.timeSource, scheduler))
                        .buildAsyncClient(),
                target,
                builder.operationTimeout,
                builder.timeSource,
                scheduler);
        operations = new Operations(raw, IdentityManager.from(raw));
        async = new DispatchedOperations(() -> whileOpen().raw(), builder.executor);
    }

    /**
     * Returns a manager for the resource of a connection string, with the defaults of {@link #builder()}.
     *
     * @param connectionString {@code endpoint=https://…;accesskey=…}, as the Azure portal shows it
     * @return the manager
     * @throws IllegalArgumentException if the connection string cannot be used; the message says why, without repeating
     *     it
     */
    public static AcsIdentityManager fromConnectionString(String connectionString) {
        return builder().connectionString(connectionString).build();
    }

    /**
     * Returns a manager for the connection string in the environment variable
     * {@code COMMUNICATION_SERVICES_CONNECTION_STRING}, with the defaults of {@link #builder()}.
     *
     * @return the manager
     * @throws IllegalStateException if the variable is not set
     * @throws IllegalArgumentException if the connection string cannot be used; the message says why, without repeating
     *     it
     */
    public static AcsIdentityManager fromEnvironment() {
        return fromEnvironment(System::getenv);
    }

    static AcsIdentityManager fromEnvironment(UnaryOperator<@Nullable String> environment) {
        String connectionString = environment.apply(CONNECTION_STRING_VARIABLE);
        if (connectionString == null) {
            throw new IllegalStateException("The environment variable " + CONNECTION_STRING_VARIABLE + " is not set");
        }
        try {
            return fromConnectionString(connectionString);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(CONNECTION_STRING_VARIABLE + ": " + e.getMessage());
        }
    }

    /**
     * Returns a builder, which needs a connection string, or an endpoint and a credential.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public UserId createUser() {
        return whileOpen().blocking().createUser();
    }

    @Override
    public UserId createUser(UUID requestId) {
        requireNonNull(requestId, "requestId");
        return whileOpen().blocking().createUser(requestId);
    }

    @Override
    public UserWithToken createUserWithToken(TokenRequest request) {
        requireNonNull(request, "request");
        return whileOpen().blocking().createUserWithToken(request);
    }

    @Override
    public AccessToken getToken(UserId user, TokenRequest request) {
        requireNonNull(user, "user");
        requireNonNull(request, "request");
        return whileOpen().blocking().getToken(user, request);
    }

    @Override
    public AccessToken getTokenForTeamsUser(TeamsTokenRequest request) {
        requireNonNull(request, "request");
        return whileOpen().blocking().getTokenForTeamsUser(request);
    }

    @Override
    public void revokeTokens(UserId user) {
        requireNonNull(user, "user");
        whileOpen().blocking().revokeTokens(user);
    }

    @Override
    public void deleteUser(UserId user) {
        requireNonNull(user, "user");
        whileOpen().blocking().deleteUser(user);
    }

    @Override
    public AsyncIdentityManager async() {
        return async;
    }

    /**
     * Ends the use of this manager. Operations under way may still end well, but begin no further wait for another
     * attempt.
     *
     * <p>A scheduler, executor or HTTP client that was given is not closed.
     */
    @Override
    public void close() {
        operations = null;
        if (ownScheduler != null) {
            ownScheduler.shutdown();
        }
    }

    private Operations whileOpen() {
        Operations open = operations;
        if (open == null) {
            throw new IllegalStateException("This identity manager is closed");
        }
        return open;
    }

    private static ScheduledExecutorService newScheduler() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "acs-identity-timer");
            thread.setDaemon(true);
            return thread;
        });
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    /** The operations, for callers within this package and blocking. */
    private record Operations(SdkOperations raw, IdentityManager blocking) {}

    /**
     * Builds {@link AcsIdentityManager} instances. A builder is not safe for use by concurrent threads.
     *
     * <p>What can be wrong with the configuration is found by {@link #build()} or before, without a network call.
     */
    public static final class Builder {

        private @Nullable String endpoint;
        private final List<String> endpointsSet = new ArrayList<>();
        private final List<String> credentialsSet = new ArrayList<>();
        private @Nullable AzureKeyCredential keyCredential;
        private @Nullable TokenCredential tokenCredential;
        private @Nullable HttpClient httpClient;
        private final List<HttpPipelinePolicy> policies = new ArrayList<>();
        private @Nullable ClientOptions clientOptions;
        private @Nullable HttpLogOptions httpLogOptions;
        private Duration operationTimeout = Duration.ofSeconds(30);
        private int maximumRetries = 3;
        private Duration retryDelay = Duration.ofMillis(800);
        private Duration maximumRetryDelay = Duration.ofSeconds(8);
        private @Nullable ScheduledExecutorService scheduler;
        private TimeSource timeSource = TimeSource.system();
        private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        private Executor executor = new CompletableFuture<Void>().defaultExecutor();

        private Builder() {}

        /**
         * Sets endpoint and access key at once.
         *
         * @param connectionString {@code endpoint=https://…;accesskey=…}, as the Azure portal shows it; keys are
         *     case-insensitive and may come in any order
         * @return this builder
         * @throws IllegalArgumentException if the connection string cannot be used; the message says why, without
         *     repeating it
         */
        public Builder connectionString(String connectionString) {
            ConnectionString parsed = ConnectionString.parse(connectionString);
            endpoint = Endpoint.normalize(parsed.endpoint());
            endpointsSet.add("connectionString");
            keyCredential = checkedKey(new AzureKeyCredential(parsed.accessKey()));
            credentialsSet.add("connectionString");
            return this;
        }

        /**
         * Sets the endpoint of the resource.
         *
         * @param endpoint {@code https://} and the host, such as {@code https://contoso.communication.azure.com}
         * @return this builder
         * @throws IllegalArgumentException if {@code endpoint} is anything else; the message says why, without
         *     repeating it
         */
        public Builder endpoint(String endpoint) {
            this.endpoint = Endpoint.normalize(endpoint);
            endpointsSet.add("endpoint");
            return this;
        }

        /**
         * Sets one of the resource's two access keys.
         *
         * @param accessKey the key, in Base64 as the Azure portal shows it
         * @return this builder
         * @throws IllegalArgumentException if {@code accessKey} is empty or not Base64
         */
        public Builder accessKey(String accessKey) {
            if (accessKey.isBlank()) {
                throw new IllegalArgumentException("The access key cannot be used: it is empty");
            }
            keyCredential = checkedKey(new AzureKeyCredential(accessKey.strip()));
            credentialsSet.add("accessKey");
            return this;
        }

        /**
         * Sets an access key that can be rotated while the manager is in use, with
         * {@link AzureKeyCredential#update(String)}.
         *
         * @param credential the key; each attempt is signed with the one it holds at that moment
         * @return this builder
         * @throws IllegalArgumentException if the key is not Base64
         */
        public Builder credential(AzureKeyCredential credential) {
            keyCredential = checkedKey(credential);
            credentialsSet.add("credential(AzureKeyCredential)");
            return this;
        }

        /**
         * Sets a Microsoft Entra credential, such as one of the azure-identity library. Its identity needs the role
         * Contributor, or one made for the purpose, on the ACS resource.
         *
         * @param credential the credential; it is asked for the scope {@code https://communication.azure.com//.default}
         * @return this builder
         */
        public Builder credential(TokenCredential credential) {
            tokenCredential = requireNonNull(credential, "credential");
            credentialsSet.add("credential(TokenCredential)");
            return this;
        }

        /**
         * Sets the transport. The default is a new one on the HTTP client of the JDK, whose threads end some time after
         * the manager was closed.
         *
         * @param httpClient the transport, which must not block; it stays the caller's to close
         * @return this builder
         */
        public Builder httpClient(HttpClient httpClient) {
            this.httpClient = requireNonNull(httpClient, "httpClient");
            return this;
        }

        /**
         * Adds a policy to the pipeline; it sees every attempt, after the request was signed. It must not block, and
         * cannot repeat the creation of a user.
         *
         * @param policy the policy
         * @return this builder
         */
        public Builder addPolicy(HttpPipelinePolicy policy) {
            policies.add(requireNonNull(policy, "policy"));
            return this;
        }

        /**
         * Sets the application id, headers and tracing options of azure-core.
         *
         * @param clientOptions the options
         * @return this builder
         */
        public Builder clientOptions(ClientOptions clientOptions) {
            this.clientOptions = requireNonNull(clientOptions, "clientOptions");
            return this;
        }

        /**
         * Sets what azure-core logs of requests and answers. The default is nothing, whatever the environment variable
         * {@code AZURE_HTTP_LOG_DETAIL_LEVEL} says: <strong>logged bodies contain access tokens.</strong>
         *
         * @param httpLogOptions the options
         * @return this builder
         */
        public Builder httpLogOptions(HttpLogOptions httpLogOptions) {
            this.httpLogOptions = requireNonNull(httpLogOptions, "httpLogOptions");
            return this;
        }

        /**
         * Sets the deadline of an operation, all its attempts and waits included. The default is 30 seconds.
         *
         * @param operationTimeout more than zero, at most one hour
         * @return this builder
         * @throws IllegalArgumentException if {@code operationTimeout} is out of range
         */
        public Builder operationTimeout(Duration operationTimeout) {
            this.operationTimeout = checkedDuration("operationTimeout", operationTimeout);
            return this;
        }

        /**
         * Sets how often a failed attempt is repeated. The default is 3.
         *
         * @param maximumRetries from 0 (never) to 10
         * @return this builder
         * @throws IllegalArgumentException if {@code maximumRetries} is out of range
         */
        public Builder maximumRetries(int maximumRetries) {
            if (maximumRetries < 0 || maximumRetries > 10) {
                throw new IllegalArgumentException("maximumRetries must be from 0 to 10, but was " + maximumRetries);
            }
            this.maximumRetries = maximumRetries;
            return this;
        }

        /**
         * Sets the waits between attempts where the service does not say how long to wait: {@code first}, doubled with
         * each attempt up to {@code maximum}, half of it random. The defaults are 0.8 and 8 seconds.
         *
         * @param first the first wait, more than zero
         * @param maximum the longest wait, at least {@code first} and at most one hour
         * @return this builder
         * @throws IllegalArgumentException if a wait is out of range
         */
        public Builder retryDelays(Duration first, Duration maximum) {
            retryDelay = checkedDuration("first", first);
            maximumRetryDelay = checkedDuration("maximum", maximum);
            if (first.compareTo(maximum) > 0) {
                throw new IllegalArgumentException(
                        "first must not be longer than maximum, but was " + first + " with a maximum of " + maximum);
            }
            return this;
        }

        /**
         * Sets what runs deadlines and waits. The default is a daemon thread of the manager's own.
         *
         * @param scheduler the scheduler; it stays the caller's to close
         * @return this builder
         */
        public Builder scheduler(ScheduledExecutorService scheduler) {
            this.scheduler = requireNonNull(scheduler, "scheduler");
            return this;
        }

        /**
         * Sets where the time comes from by which deadlines and {@code Retry-After} dates are judged. The default is
         * {@link TimeSource#system()}. Requests are signed with the system's time in any case.
         *
         * @param timeSource the source, which must fit to the scheduler
         * @return this builder
         */
        public Builder timeSource(TimeSource timeSource) {
            this.timeSource = requireNonNull(timeSource, "timeSource");
            return this;
        }

        /**
         * Sets the source of the random part of waits. The default is {@link ThreadLocalRandom}.
         *
         * @param random the source, safe for use by concurrent threads
         * @return this builder
         */
        public Builder random(RandomGenerator random) {
            this.random = requireNonNull(random, "random");
            return this;
        }

        /**
         * Sets what runs the dependent stages of the futures of {@link AcsIdentityManager#async()}. The default is the
         * one of {@link CompletableFuture#defaultExecutor()}.
         *
         * @param executor the executor; it stays the caller's to close. A future completes on the thread at hand if the
         *     executor refuses
         * @return this builder
         */
        public Builder executor(Executor executor) {
            this.executor = requireNonNull(executor, "executor");
            return this;
        }

        /**
         * Builds the manager, without a network call.
         *
         * @return the manager
         * @throws IllegalArgumentException if endpoint or credential are missing or set more than once
         */
        public AcsIdentityManager build() {
            exactlyOne("endpoint", endpointsSet, "connectionString or endpoint");
            exactlyOne("credential", credentialsSet, "connectionString, accessKey or credential");
            CommunicationIdentityClientBuilder client = new CommunicationIdentityClientBuilder()
                    .endpoint(requireNonNull(endpoint))
                    .httpClient(httpClient == null ? new JdkHttpClientBuilder().build() : httpClient)
                    .httpLogOptions(
                            httpLogOptions == null
                                    ? new HttpLogOptions().setLogLevel(HttpLogDetailLevel.NONE)
                                    : httpLogOptions)
                    .addPolicy(AuthenticatedPolicy.INSTANCE);
            if (keyCredential != null) {
                client.credential(keyCredential);
            } else {
                client.credential(new CautiousCredential(requireNonNull(tokenCredential)));
            }
            if (clientOptions != null) {
                client.clientOptions(clientOptions);
                // The SDK itself takes no notice of them.
                HttpHeaders headers = CoreUtils.createHttpHeadersFromClientOptions(clientOptions);
                if (headers != null) {
                    client.addPolicy(new AddHeadersPolicy(headers));
                }
            }
            policies.forEach(client::addPolicy);
            client.addPolicy(HandOverPolicy.INSTANCE);
            return new AcsIdentityManager(this, client, target(requireNonNull(endpoint)));
        }

        private Target target(String checkedEndpoint) {
            String host = checkedEndpoint.substring("https://".length());
            AzureKeyCredential key = keyCredential;
            return key == null
                    ? new Target(host, "check the role of the identity on the resource", List::of)
                    : new Target(host, "check the access key, and this machine's clock", () -> List.of(key.getKey()));
        }

        private static AzureKeyCredential checkedKey(AzureKeyCredential credential) {
            byte[] key;
            try {
                key = Base64.getDecoder().decode(credential.getKey());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "The access key cannot be used: it is not Base64, as the Azure portal shows it");
            }
            if (key.length == 0) {
                throw new IllegalArgumentException("The access key cannot be used: it is empty");
            }
            return credential;
        }

        private static Duration checkedDuration(String name, Duration duration) {
            if (duration.isNegative() || duration.isZero() || duration.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException(
                        name + " must be more than zero and at most one hour, but was " + duration);
            }
            return duration;
        }

        private static void exactlyOne(String what, List<String> set, String how) {
            if (set.isEmpty()) {
                throw new IllegalArgumentException("The " + what + " is missing: set " + how);
            }
            if (set.size() > 1) {
                throw new IllegalArgumentException(
                        "The " + what + " is set more than once, by " + String.join(" and ", set) + "; set it once");
            }
        }
    }
}
